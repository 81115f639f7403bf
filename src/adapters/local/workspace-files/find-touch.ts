import { lstatSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** When somebody last touched what lies at a path, or, for what is gone, the folder that held it: in milliseconds since 1970. */
export function findTouch(root: string, path: string | undefined): number {
  if (path === undefined) return Infinity;
  const own = look(join(root, path));
  // Where it cannot be told, it may have been right now.
  if (own === 'hidden') return Infinity;
  if (own !== undefined) return own;
  return path === '' ? Infinity : findTouch(root, path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
}

function look(path: string): number | 'hidden' | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    const target = stats?.isSymbolicLink() === true ? statSync(path, { throwIfNoEntry: false }) : undefined;
    return stats && Math.max(latest(stats), target === undefined ? 0 : latest(target));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? undefined : 'hidden';
  }
}

function latest({ mtimeMs, ctimeMs }: Stats): number {
  return Math.max(mtimeMs, ctimeMs);
}
