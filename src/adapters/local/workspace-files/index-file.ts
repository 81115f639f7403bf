import { lstatSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../run-folder/state-folder.js';
import { readOrdinaryFile } from '../store/read-ordinary-file.js';
import { removeQuietly } from '../store/remove-quietly.js';
import { createTemporaryNames } from '../store/temporary-names.js';
import type { IndexTable } from './index-form.js';
import { decodeIndex } from './index-form.js';

export interface IndexFile {
  /** Nothing where there is none, or a damaged one: every file is read once more. */
  readonly table: IndexTable | undefined;
  /** What tells it from another one of its name. */
  readonly mark: string;
}

/** Larger than it can become in earnest. */
const mostBytes = 1024 * 1024 * 1024;

export function readIndexFile(file: string): IndexFile {
  const mark = markOf(file);
  const found = readOrdinaryFile(file, mostBytes);
  return { table: found.kind === 'read' ? decodeIndex(found.bytes) : undefined, mark };
}

export function markOf(file: string): string {
  try {
    const { ino, mtimeMs, size } = lstatSync(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}

/** Under its name only once it is whole. A folder in its place cannot be replaced: it is out of the way next time. */
export function writeIndexFile(file: string, bytes: Buffer): boolean {
  const temporary = join(dirname(file), createTemporaryNames().next());
  try {
    makeFolder(dirname(file));
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, file);
    return true;
  } catch {
    removeQuietly(temporary);
    if (isRealFolder(file)) removeQuietly(file);
    return false;
  }
}

function isRealFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
