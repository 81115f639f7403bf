import { balanceMarkdown } from '../run/balance-markdown.js';
import { byteLength, cutToBytes } from '../run/utf8.js';

/** What GitHub takes, in bytes: it counts characters in some places, and there are never fewer bytes than characters. */
export const limits = {
  comment: 65_536,
  /** Of a check run, its summary and its text each. */
  checkText: 65_535,
  annotation: 64 * 1_024,
  title: 255,
} as const;

const restIsElsewhere = '_This is cut: the rest is in the job summary._';

/** Markdown as it is, or its first part with what the cut left open closed and a line that says where the rest is. */
export function fitMarkdown(markdown: string, most: number): string {
  if (byteLength(markdown) <= most) return markdown;
  for (let room = most - byteLength(restIsElsewhere) - 3; room > 0; room = Math.floor(room * 0.8) - 16) {
    const cut = cutToBytes(markdown, room);
    const end = cut.lastIndexOf('\n');
    const text = `${balanceMarkdown(end > cut.length / 2 ? cut.slice(0, end) : cut)}\n\n${restIsElsewhere}`;
    if (byteLength(text) <= most) return text;
  }
  return cutToBytes(restIsElsewhere, most);
}

const dots = '…';

/** Text that is no markdown: its end marked where something is missing. */
export function fitPlain(text: string, most: number): string {
  return byteLength(text) <= most ? text : `${cutToBytes(text, most - byteLength(dots))}${dots}`;
}
