import { BEGINNING } from './build-patterns.js';
import type { Pattern } from './build-patterns.js';
import { CUT_SHORT, lineBreaks, matchPattern } from './match-pattern.js';

/**
 * Calls `found` for the longest pattern at each place where one begins, in the order of their beginnings. Answers
 * with the place from which on more bytes could make a pattern: the end of the bytes if there is none, or if `isLast`.
 */
export type PatternFinder = (bytes: Uint8Array, isLast: boolean, found: (start: number, end: number) => void) => number;

/** A longer window skips further, and costs more entries that stop it. */
const LONGEST_WINDOW = BEGINNING;
const SLOTS = 1 << 16;

/** The first bytes of a pattern: as many for each, so that a look at the last of them tells how far to skip. */
interface Window {
  readonly text: string;
  readonly pattern: Pattern;
}

/**
 * Many patterns are searched for at once, after Wu and Manber: three bytes are looked up in a table that says how
 * far the nearest window is that holds them, and most of the output is never looked at.
 */
export function createFinder(patterns: readonly Pattern[]): PatternFinder {
  const size = Math.min(LONGEST_WINDOW, ...patterns.map((pattern) => pattern.bytes.length));
  const windows = patterns.flatMap((pattern) => cutWindows(pattern, size));
  const skips = buildSkips(windows, size);
  const candidates = groupByEnd(windows);
  const mayBegin = createBeginnings(windows);

  return (bytes, isLast, found) => {
    const length = bytes.length;
    for (let last = size - 1; last < length; ) {
      const slot = slotOf(bytes[last - 2] as number, bytes[last - 1] as number, bytes[last] as number);
      const skip = skips[slot] as number;
      if (skip > 0) {
        last += skip;
        continue;
      }
      const start = last - size + 1;
      const { end, isOpen } = matchLongest(candidates.get(slot) ?? [], bytes, start);
      if (end > start) found(start, end);
      if (isOpen && !isLast) return start;
      last++;
    }
    return isLast ? length : findBeginning(bytes, size, mayBegin);
  };
}

function slotOf(first: number, second: number, third: number): number {
  return (first << 8) ^ (second << 4) ^ third;
}

function slotAt(text: string, end: number): number {
  return slotOf(text.charCodeAt(end - 2), text.charCodeAt(end - 1), text.charCodeAt(end));
}

/** One window, or for a pattern that may be wrapped one for each place of a line break in it. */
function cutWindows(pattern: Pattern, size: number): readonly Window[] {
  const text = Buffer.from(pattern.bytes.subarray(0, size)).toString('latin1');
  const texts = new Set([text]);
  for (let at = 1; pattern.isWrapped && at < size; at++) {
    for (const lineBreak of lineBreaks) texts.add(`${text.slice(0, at)}${lineBreak}${text.slice(at)}`.slice(0, size));
  }
  return Array.from(texts, (each) => ({ text: each, pattern }));
}

function buildSkips(windows: readonly Window[], size: number): Uint8Array {
  const skips = new Uint8Array(SLOTS).fill(size - 2);
  for (const { text } of windows) {
    for (let end = 2; end < size; end++) {
      const slot = slotAt(text, end);
      skips[slot] = Math.min(skips[slot] ?? 0, size - 1 - end);
    }
  }
  return skips;
}

function groupByEnd(windows: readonly Window[]): ReadonlyMap<number, readonly Pattern[]> {
  const groups = new Map<number, Set<Pattern>>();
  for (const { text, pattern } of windows) {
    const slot = slotAt(text, text.length - 1);
    const group = groups.get(slot);
    if (group === undefined) groups.set(slot, new Set([pattern]));
    else group.add(pattern);
  }
  return new Map(Array.from(groups, ([slot, group]) => [slot, [...group]]));
}

function matchLongest(patterns: readonly Pattern[], bytes: Uint8Array, start: number): { readonly end: number; readonly isOpen: boolean } {
  let [end, isOpen] = [start, false];
  for (const pattern of patterns) {
    const match = matchPattern(pattern, bytes, start);
    if (match === CUT_SHORT) isOpen = true;
    else end = Math.max(end, match);
  }
  return { end, isOpen };
}

/** Whether a text, shorter than a window, is how some window begins. */
function createBeginnings(windows: readonly Window[]): (text: string) => boolean {
  const sorted = windows.map(({ text }) => text).sort((a, b) => (a < b ? -1 : 1));
  return (text) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return sorted[low]?.startsWith(text) === true;
  };
}

function findBeginning(bytes: Uint8Array, size: number, mayBegin: (text: string) => boolean): number {
  const first = Math.max(0, bytes.length - size + 1);
  const rest = Buffer.from(bytes.subarray(first)).toString('latin1');
  for (let at = 0; at < rest.length; at++) {
    if (mayBegin(rest.slice(at))) return first + at;
  }
  return bytes.length;
}
