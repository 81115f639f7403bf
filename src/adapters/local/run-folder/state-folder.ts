import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What of `.tollgate` belongs into git: the workflows that lie in it. */
const ignored = '*\n!.gitignore\n!workflows/\n!workflows/**\n';

/** Makes the folder that runs and results lie in; nobody else may look into it. */
export function makeStateFolder(folder: string): void {
  makeFolder(folder);
  // A clone brings it along when workflows lie in it, open to all.
  chmodSync(folder, 0o700);
  const file = join(folder, '.gitignore');
  if (!existsSync(file)) writeFileSync(file, ignored);
}

/** One folder after the other: asked for all at once, Node looks for ever where none can be made, as below /proc. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
