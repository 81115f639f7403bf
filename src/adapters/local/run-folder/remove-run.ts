import { lstatSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describeFileProblem } from '../describe-file-problem.js';
import { removeQuietly } from '../store/remove-quietly.js';
import type { FoundRun } from './find-runs.js';

const goneBeginning = '.gone-';
/** What is being taken in, or put away, by somebody else right now. */
const leftoverMs = 86_400_000;

/** All of it at once as everybody sees it, whatever becomes of this process; answers why it is still there. */
export function removeRun({ id, path }: FoundRun): string | undefined {
  const away = join(path, '..', `${goneBeginning}${id}`);
  try {
    renameSync(path, away);
  } catch (error) {
    return describeFileProblem(error);
  }
  removeQuietly(away);
  return undefined;
}

/** Removes what processes have left half removed or half taken in. */
export function sweepRuns(stateFolder: string, now: number): void {
  const folder = join(stateFolder, 'runs');
  for (const name of list(folder)) {
    if (!name.startsWith('.')) continue;
    const path = join(folder, name);
    if (name.startsWith(goneBeginning) || isOld(path, now)) removeQuietly(path);
  }
}

function isOld(path: string, now: number): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && now - stats.mtimeMs > leftoverMs;
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
