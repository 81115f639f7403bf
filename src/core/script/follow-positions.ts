import { findProgram } from './find-program.js';
import type { Flow, Reading, Reference, Word } from './reading.js';
import { hasBraceExpansion, literalOf } from './read-word.js';

/** `$9` is the last position of its own; the rest share one. */
const LAST = 10;

/** What `$1`, `$@` and the like take from the calls of a function, or from `set`. */
export interface Positions {
  readonly flows: readonly Flow[];
  /** The names that a reference takes its text from: itself, but for positions. */
  readonly sourcesOf: (reference: Reference) => readonly string[];
}

export function followPositions(reading: Reading): Positions {
  const functions = [...reading.functions].flatMap(([name, bodies]) => bodies.map((body) => ({ name, ...body, shifted: firstShift(reading, body) }))).sort((a, b) => b.start - a.start);
  const main = { name: '', start: 0, end: reading.text.length, shifted: firstShift(reading, { start: 0, end: reading.text.length }) };
  // The one that starts last is the innermost.
  const around = (at: number) => functions.find((one) => one.start <= at && at < one.end) ?? main;
  return {
    flows: reading.commands.flatMap((command) => flowsOfCall(reading, command.words, around(command.start).name)),
    sourcesOf: ({ name, at }) => {
      if (!/^(?:[1-9][0-9]*|[@*])$/.test(name)) return [name];
      const place = around(at);
      if (name === '@' || name === '*') return range(place.name, 1, LAST);
      const position = Math.min(Number(name), LAST);
      return range(place.name, position, at >= place.shifted ? LAST : position);
    },
  };
}

/** From here on every position may hold what stood behind it; a loop comes back to its start. */
function firstShift(reading: Reading, body: { start: number; end: number }): number {
  let first = Infinity;
  for (const command of reading.commands) {
    if (command.start < body.start || command.end > body.end || literalOf(command.words[0]) !== 'shift') continue;
    first = Math.min(first, command.start);
  }
  for (const loop of reading.loops) if (loop.start >= body.start && loop.start < first && first < loop.end) first = loop.start;
  return first;
}

function flowsOfCall(reading: Reading, words: readonly Word[], caller: string): Flow[] {
  const { word, operands } = findProgram(words, new Set());
  const name = literalOf(word) ?? '';
  if (name === 'getopts' && operands.length <= 2) return range(caller, 1, LAST).flatMap((from) => ['OPTARG', literalOf(operands[1]) ?? ''].map((target) => ({ target, from, start: 0, end: 0 })));
  if (name === 'set') return operands.flatMap((operand) => range(caller, 1, LAST).map((target) => ({ target, start: operand.start, end: operand.end })));
  if (!reading.functions.has(name)) return [];
  // From the first operand that may be several words, or none, nobody knows who stands where.
  let unsure: number | undefined;
  return operands.flatMap((operand, index) => {
    if (unsure === undefined && (hasBraceExpansion(operand) || operand.pieces.some((piece) => piece.kind !== 'text' && (!piece.quoted || (piece.kind === 'variable' && piece.all))))) unsure = index + 1;
    return range(name, Math.min(unsure ?? index + 1, LAST), unsure === undefined ? Math.min(index + 1, LAST) : LAST).map((target) => ({ target, start: operand.start, end: operand.end }));
  });
}

function range(name: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${name}#${from + index}`);
}
