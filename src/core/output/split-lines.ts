import { RESET_LENGTH, cleanLine } from './clean-line.js';
import type { Colours } from './clean-line.js';
import { cutText } from './cut-text.js';

/** Bytes of a program's output in, lines for people out, as soon as they are complete. */
export interface LineSplitter {
  readonly push: (bytes: Uint8Array) => readonly string[];
  /** The last line, if it has no end. */
  readonly end: () => readonly string[];
}

/** Room for any character, however it is shown. */
const SHORTEST_LIMIT = 32;

/**
 * A line ends where a runner ends it: at a line feed, a carriage return, or both. One that takes more than `limit`
 * bytes comes in pieces, and no more than that is ever kept.
 */
export function createLineSplitter(limit = 4096, colours: Colours = 'removed'): LineSplitter {
  const most = Math.max(SHORTEST_LIMIT, limit);
  const room = most - RESET_LENGTH;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let kept = '';
  /** A carriage return came last: a line feed after it ends nothing more, but for an empty line. */
  let returned: 'no' | 'after text' | 'after nothing' = 'no';

  const read = (text: string): readonly string[] => {
    const lines: string[] = [];
    const show = (line: string): void => {
      const clean = cleanLine(line, colours);
      if (clean === '') return;
      if (clean.length * 3 <= most || Buffer.byteLength(clean) <= most) {
        lines.push(clean);
        return;
      }
      // What is hidden takes more room once it is shown.
      const half = cutText(line, Math.ceil(Buffer.byteLength(line) / 2));
      show(half);
      show(line.slice(half.length));
    };
    const take = (piece: string): void => {
      kept += piece;
      while (kept.length > room || (kept.length * 3 > room && Buffer.byteLength(kept) > room)) {
        const cut = cutText(kept, room);
        show(cut);
        kept = kept.slice(cut.length);
      }
    };
    let from = 0;
    for (const match of text.matchAll(/[\r\n]/gu)) {
      const isFirst = match.index === from;
      take(text.slice(from, match.index));
      from = match.index + 1;
      const before = isFirst ? returned : 'no';
      const isNew = kept !== '' || before !== 'after text';
      const shown = lines.length;
      show(kept);
      if (match[0] === '\n') {
        // A return at the start of a line is how a bar is drawn anew, and no empty line.
        if (isNew && shown === lines.length) lines.push('');
        returned = 'no';
      } else {
        returned = shown < lines.length || !isNew ? 'after text' : 'after nothing';
      }
      kept = '';
    }
    if (from < text.length) returned = 'no';
    take(text.slice(from));
    return lines;
  };

  return {
    push: (bytes) => read(decoder.decode(bytes, { stream: true })),
    end: () => {
      const lines = [...read(decoder.decode())];
      return kept === '' ? lines : [...lines, ...read('\n')];
    },
  };
}
