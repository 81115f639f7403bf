import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What of `.tollgate` belongs into git: the workflows that lie in it. */
const ignored = '*\n!.gitignore\n!workflows/\n!workflows/**\n';

/** Makes the folder that runs and results lie in; nobody else may look into it. Answers as `makeFolder` does. */
export function makeStateFolder(folder: string): readonly string[] {
  const madeIn = makeFolder(folder);
  // A clone brings it along when workflows lie in it, open to all.
  chmodSync(folder, 0o700);
  const file = join(folder, '.gitignore');
  if (!existsSync(file)) writeFileSync(file, ignored);
  return madeIn;
}

/**
 * One folder after the other: asked for all at once, Node looks for ever where none can be made, as below /proc.
 * Answers the folders in which one had to be made.
 */
export function makeFolder(folder: string): readonly string[] {
  if (existsSync(folder)) return [];
  const parent = dirname(folder);
  const madeIn = parent === folder ? [] : makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return [...madeIn, parent];
}
