import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';

export function isFile(path: string): boolean {
  return look(path)?.isFile() === true;
}

export function isFolder(path: string): boolean {
  return look(path)?.isDirectory() === true;
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Below a file there is nothing, and what may not be looked at is not there for us.
    return undefined;
  }
}
