import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeQuietly } from './remove-quietly.js';
import { isGone, makerOf } from './temporary-names.js';

/** Removes what dead processes have left unfinished in a folder; answers how many there were. Without any it costs one look. */
export function sweepTemporary(folder: string): number {
  let swept = 0;
  for (const name of list(folder)) {
    const path = join(folder, name);
    const maker = makerOf(name);
    if (maker === undefined || !isGone(maker, ageOf(path))) continue;
    if (removeQuietly(path) === undefined) swept += 1;
  }
  return swept;
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function ageOf(path: string): number {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}
