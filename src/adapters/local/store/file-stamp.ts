import type { Stats } from 'node:fs';

/** What changes about a file when its content does, without reading it. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
  /** With the kind of file in it. */
  readonly mode: number;
}

export function stampOf({ size, mtimeMs, ctimeMs, ino, mode }: Stats): FileStamp {
  return { size, mtimeMs, ctimeMs, ino, mode };
}

export function isSameStamp(one: FileStamp, other: FileStamp): boolean {
  return one.ctimeMs === other.ctimeMs && one.mtimeMs === other.mtimeMs && one.size === other.size && one.ino === other.ino && one.mode === other.mode;
}

/** The coarsest clocks of file systems that tell parts of a second, and of those that do not, with something to spare. */
const tickMs = 20;
const wholeSecondsMs = 2500;

/**
 * False while a second change could get the same times as the one that was seen: a file that is as new as the look at it has
 * to be read again next time. Git asks whether it is as new as its index; ours is never written before the look.
 */
export function isSettled({ mtimeMs, ctimeMs }: FileStamp, seenAt: number): boolean {
  const isCoarse = mtimeMs % 1000 === 0 && ctimeMs % 1000 === 0;
  return Math.max(mtimeMs, ctimeMs) < seenAt - (isCoarse ? wholeSecondsMs : tickMs);
}
