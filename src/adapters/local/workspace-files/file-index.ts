import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { FileStamp } from '../store/file-stamp.js';
import { isSameStamp, isSettled } from '../store/file-stamp.js';
import type { IndexFile } from './index-file.js';
import { markOf, readIndexFile, writeIndexFile } from './index-file.js';
import type { IndexEntry } from './index-form.js';
import { encodeIndex } from './index-form.js';

/** What files contained when they were last read, kept from run to run. */
export interface FileIndex {
  /** The digest of a file that is as it was when it was read. */
  readonly find: (path: string, stamp: FileStamp) => string | undefined;
  /** What was touched in the very tick in which it was read may change once more and look the same: it is read again next time. */
  readonly learn: (path: string, stamp: FileStamp, read: { readonly digest: string; readonly at: number }) => void;
  /** There is no such file any more. */
  readonly drop: (path: string) => void;
  /** Written only when there is something new; a fault of it changes nothing. */
  readonly keep: () => void;
}

/** An index that has grown to twice of what it was is looked through for files that are gone. */
const leastSifted = 5_000;

export function openFileIndex({ file, root }: { readonly file: string; readonly root: string }): FileIndex {
  let loaded: IndexFile | undefined;
  let isChanged = false;
  const learnt = new Map<string, IndexEntry | 'gone'>();
  const load = (): IndexFile => (loaded ??= readIndexFile(file));
  /** A run asks in the order of the one before, as a rule: the row after the last one is tried before they are looked up. */
  let rows: Map<string, number> | undefined;
  let next = 0;
  const rowOf = (path: string): number => {
    const paths = load().table?.paths;
    if (paths === undefined) return -1;
    if (paths[next] === path) return next++;
    rows ??= new Map(paths.map((each, row) => [each, row]));
    const row = rows.get(path) ?? -1;
    if (row !== -1) next = row + 1;
    return row;
  };

  const find = (path: string, stamp: FileStamp): string | undefined => {
    const entry = learnt.get(path);
    if (entry !== undefined) return entry !== 'gone' && isSameStamp(entry, stamp) ? entry.digest : undefined;
    const row = rowOf(path);
    return row === -1 ? undefined : load().table?.digestAt(row, stamp);
  };
  const note = (path: string, entry: IndexEntry | 'gone'): void => {
    learnt.set(path, entry);
    isChanged = true;
  };
  const drop = (path: string): void => {
    if (learnt.has(path) ? learnt.get(path) !== 'gone' : rowOf(path) !== -1) note(path, 'gone');
  };
  const encode = (): Buffer => {
    // Another process may have written it since: what it learnt is kept too.
    const { table } = markOf(file) === load().mark ? load() : readIndexFile(file);
    const before = table?.paths.flatMap((path, row) => (learnt.has(path) ? [] : [table.entryAt(row)])) ?? [];
    const all = [...before, ...[...learnt.values()].filter((entry) => entry !== 'gone')];
    const siftedTo = table?.siftedTo ?? 0;
    if (all.length <= 2 * Math.max(siftedTo, leastSifted)) return encodeIndex(all, siftedTo);
    const left = all.filter(({ path }) => isThere(join(root, path)));
    return encodeIndex(left, left.length);
  };
  return {
    find,
    learn: (path, stamp, { digest, at }) => {
      const { size, mtimeMs, ctimeMs, ino, mode } = stamp;
      if (isSettled(stamp, at)) note(path, { path, size, mtimeMs, ctimeMs, ino, mode, digest });
      else drop(path);
    },
    drop,
    keep: () => {
      if (isChanged && writeIndexFile(file, encode())) isChanged = false;
    },
  };
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
