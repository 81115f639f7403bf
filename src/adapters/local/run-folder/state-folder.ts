import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of `.tollgate` belongs into git: the workflows that lie in it. */
const ignored = '*\n!.gitignore\n!workflows/\n!workflows/**\n';

/** Makes the folder that runs and results lie in; nobody else may look into it. */
export function makeStateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, '.gitignore');
  if (!existsSync(file)) writeFileSync(file, ignored);
}
