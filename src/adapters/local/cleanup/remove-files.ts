import { lstatSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describeFileProblem } from '../describe-file-problem.js';
import { readErrorCode } from '../processes/error-code.js';
import type { Removal } from './find-removable.js';

export interface Removed {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly kept: Removal['kept'];
}

/** Removes files, then the folders that are empty by now; what is gone already is nobody's loss. */
export function removeFiles(workspace: string, { files, folders, kept }: Removal): Removed {
  const gone: string[] = [];
  const left = [...kept];
  for (const path of files) {
    try {
      if (lstatSync(join(workspace, path), { throwIfNoEntry: false }) === undefined) continue;
      unlinkSync(join(workspace, path));
      gone.push(path);
    } catch (error) {
      left.push({ path, reason: describeFileProblem(error) });
    }
  }
  return { files: gone, folders: folders.filter((path) => removeEmpty(join(workspace, path), (reason) => left.push({ path, reason }))), kept: left };
}

function removeEmpty(folder: string, tell: (reason: string) => void): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    const code = readErrorCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') tell(describeFileProblem(error));
    return false;
  }
}
