import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import type { RunEvent } from '../../../core/run/run-event.js';
import type { FoundRun } from './find-runs.js';
import { epochOf, epochPath, journalFolder } from './journal/journal-path.js';

/** How a run began, and the last that was written of it. */
export interface RunEnds {
  readonly first: RunEvent;
  readonly last: RunEvent;
}

/** Most records are smaller by far. */
const pieceBytes = 16 * 1024;

/**
 * The two ends of a journal without all that stands between them, for lists of many runs. Their checks are not verified:
 * nothing where they cannot be read so, and whoever needs more reads the whole.
 */
export function readRunEnds({ path }: FoundRun): RunEnds | undefined {
  try {
    const epochs = readdirSync(journalFolder(path)).flatMap((name) => epochOf(name) ?? []).sort((a, b) => a - b);
    const [oldest, newest] = [epochs[0], epochs.at(-1)];
    if (oldest === undefined || newest === undefined) return undefined;
    const first = readFirst(epochPath(path, oldest));
    const last = readLast(epochPath(path, newest));
    return first === undefined || last === undefined ? undefined : { first, last };
  } catch {
    return undefined;
  }
}

/** Behind the line that the file begins with. */
function readFirst(file: string): RunEvent | undefined {
  const lines = readPiece(file, 'start').split('\n');
  return lines.length < 3 ? undefined : parseRecord(lines[1] ?? '');
}

/** What stands behind the last end of a line was written in part. */
function readLast(file: string): RunEvent | undefined {
  const lines = readPiece(file, 'end').split('\n');
  return lines.length < 3 ? undefined : parseRecord(lines.at(-2) ?? '');
}

function readPiece(file: string, where: 'start' | 'end'): string {
  const descriptor = openSync(file, 'r');
  try {
    const piece = Buffer.alloc(pieceBytes);
    const from = where === 'start' ? 0 : Math.max(0, fstatSync(descriptor).size - pieceBytes);
    return piece.toString('utf8', 0, readSync(descriptor, piece, 0, pieceBytes, from));
  } finally {
    closeSync(descriptor);
  }
}

function parseRecord(line: string): RunEvent | undefined {
  const json = /^[0-9a-f]{16} [1-9]\d* (\{.*\})$/u.exec(line)?.[1];
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as RunEvent;
  } catch {
    return undefined;
  }
}
