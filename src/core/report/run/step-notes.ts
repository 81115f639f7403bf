import { counted } from '../plan-words.js';
import { balanceMarkdown } from './balance-markdown.js';
import { escapeMarkdown } from './escape-markdown.js';
import { byteLength, cutToBytes } from './utf8.js';

/** Markdown that a step wrote for the summary, secrets masked already. */
export interface StepNote {
  readonly step: string;
  readonly markdown: string;
}

const cutSentence = '_The rest of this note had no room here._';
/** Less than this of a note says nothing. */
const least = 400;

export function renderNotes(notes: readonly StepNote[]): readonly string[] {
  return notes.filter(isWritten).map((note) => renderNote(note));
}

/** All notes in so many bytes, each below its heading: small ones whole, the largest cut first. Nothing where even that has no room. */
export function fitNotes(notes: readonly StepNote[], room: number): readonly string[] | undefined {
  const written = notes.filter(isWritten);
  const whole = written.map((note) => renderNote(note));
  const share = findShare(whole.map((text) => byteLength(text) + 2), room);
  if (share < least && written.length > 0) return undefined;
  return whole.map((text, index) => {
    const note = written[index];
    return note === undefined || byteLength(text) + 2 <= share ? text : cutNote(note, share - 2);
  });
}

export function describeLeftOut(notes: readonly StepNote[]): readonly string[] {
  const count = notes.filter(isWritten).length;
  return count === 0 ? [] : [`The notes of ${counted(count, 'step', 'steps')} had no room here.`];
}

/** The size that none may pass so that all have room. */
function findShare(sizes: readonly number[], room: number): number {
  let left = room;
  const sorted = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

function renderNote({ step, markdown }: StepNote): string {
  return `${headingOf(step)}\n\n${balanceMarkdown(markdown)}`;
}

/** Cut between lines where there are any; what the cut left open is closed. */
function cutNote({ step, markdown }: StepNote, most: number): string {
  for (let room = most - byteLength(headingOf(step)) - byteLength(cutSentence) - 4; room > least / 4; room = Math.floor(room * 0.8) - 16) {
    const cut = cutToBytes(markdown, room);
    const end = cut.lastIndexOf('\n');
    const text = `${headingOf(step)}\n\n${balanceMarkdown(end > cut.length / 2 ? cut.slice(0, end) : cut)}\n\n${cutSentence}`;
    if (byteLength(text) <= most) return text;
  }
  return `${headingOf(step)}\n\n${cutSentence}`;
}

function headingOf(step: string): string {
  return `### Note of ${escapeMarkdown(step, 20)}`;
}

function isWritten({ markdown }: StepNote): boolean {
  return markdown.trim() !== '';
}
