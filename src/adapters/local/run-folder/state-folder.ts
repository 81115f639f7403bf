import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { placeFile } from '../place-file.js';
import { readErrorCode } from '../processes/error-code.js';

/** What of `.tollgate` belongs into git: the workflows that lie in it. */
const ignored = '*\n!.gitignore\n!workflows/\n!workflows/**\n';

/** Makes the folder that runs and results lie in; nobody else may look into it. */
export function makeStateFolder(folder: string): void {
  makeFolder(folder);
  // Named by mistake, a file or a device keeps its mode, which others may live by.
  if (!statSync(folder).isDirectory()) throw Object.assign(new Error(`${folder} is not a folder`), { code: 'ENOTDIR' });
  // A clone brings it along when workflows lie in it, open to all.
  chmodSync(folder, 0o700);
  const file = join(folder, '.gitignore');
  if (existsSync(file)) return;
  try {
    // Whole or not at all: one that a full disk has cut off would show git everything, for ever.
    placeFile(file, ignored);
  } catch (error) {
    if (readErrorCode(error) !== 'EEXIST') throw error;
  }
}

/** One folder after the other: asked for all at once, Node looks for ever where none can be made, as below /proc. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (readErrorCode(error) !== 'EEXIST') throw error;
  }
}
