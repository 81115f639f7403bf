import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../run-folder/state-folder.js';
import type { IndexEntry, IndexTable, Stamp } from './index-form.js';
import { decodeIndex, encodeIndex, isSameStamp } from './index-form.js';

/** What files contained when they were last read, kept from run to run. */
export interface FileIndex {
  /** The digest of a file that is as it was when it was read. */
  readonly find: (path: string, stamp: Stamp) => string | undefined;
  readonly learn: (path: string, stamp: Stamp, read: { readonly digest: string; readonly at: number }) => void;
  /** There is no such file any more. */
  readonly drop: (path: string) => void;
  /** Written only when there is something new; a fault of it changes nothing. */
  readonly keep: () => void;
}

/** An index that has grown to twice of what it was is looked through for files that are gone. */
const leastSifted = 5_000;

export function openFileIndex({ file, root }: { readonly file: string; readonly root: string }): FileIndex {
  let loaded: { readonly table: IndexTable | undefined } | undefined;
  let isChanged = false;
  const learnt = new Map<string, IndexEntry | 'gone'>();
  const load = (): IndexTable | undefined => (loaded ??= { table: readTable(file) }).table;
  /** A run asks in the order of the one before, as a rule: the row after the last one is tried before they are looked up. */
  let rows: Map<string, number> | undefined;
  let next = 0;
  const rowOf = (path: string): number => {
    const paths = load()?.paths;
    if (paths === undefined) return -1;
    if (paths[next] === path) return next++;
    rows ??= new Map(paths.map((each, row) => [each, row]));
    const row = rows.get(path) ?? -1;
    if (row !== -1) next = row + 1;
    return row;
  };

  const find = (path: string, stamp: Stamp): string | undefined => {
    const entry = learnt.get(path);
    if (entry !== undefined) return entry !== 'gone' && isSameStamp(entry, stamp) ? entry.digest : undefined;
    const row = rowOf(path);
    return row === -1 ? undefined : loaded?.table?.digestAt(row, stamp);
  };
  const note = (path: string, entry: IndexEntry | 'gone'): void => {
    learnt.set(path, entry);
    isChanged = true;
  };
  const drop = (path: string): void => {
    if (learnt.has(path) ? learnt.get(path) !== 'gone' : rowOf(path) !== -1) note(path, 'gone');
  };
  const entries = (): readonly IndexEntry[] => {
    const table = load();
    const before = table?.paths.flatMap((path, row) => (learnt.has(path) ? [] : [table.entryAt(row)])) ?? [];
    return [...before, ...[...learnt.values()].filter((entry) => entry !== 'gone')];
  };
  const encode = (): Buffer => {
    const all = entries();
    const siftedTo = load()?.siftedTo ?? 0;
    if (all.length <= 2 * Math.max(siftedTo, leastSifted)) return encodeIndex(all, siftedTo);
    const left = all.filter(({ path }) => isThere(join(root, path)));
    return encodeIndex(left, left.length);
  };
  return {
    find,
    learn: (path, { size, mtimeMs, ctimeMs, ino, mode }, { digest, at }) => {
      if (isSettled({ mtimeMs, ctimeMs }, at)) note(path, { path, size, mtimeMs, ctimeMs, ino, mode, digest });
      else drop(path);
    },
    drop,
    keep: () => {
      if (isChanged && writeIndex(file, encode())) isChanged = false;
    },
  };
}

/** File systems count time in ticks of up to 10 milliseconds; those that know whole seconds alone, of up to two. */
const tick = 20;
const coarseTick = 2_000;

/**
 * Whatever changes the file after it was read has to leave another time on it. What was touched in the very tick in which
 * it was read may change once more within that tick and look the same: it is read again next time.
 */
function isSettled({ mtimeMs, ctimeMs }: Pick<Stamp, 'mtimeMs' | 'ctimeMs'>, readAt: number): boolean {
  return Math.max(mtimeMs, ctimeMs) + (ctimeMs % 1_000 === 0 ? coarseTick : tick) < readAt;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Damaged, or none: every file is read once more. */
function readTable(file: string): IndexTable | undefined {
  try {
    return decodeIndex(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** Under its name only once it is whole. */
function writeIndex(file: string, bytes: Buffer): boolean {
  const fresh = `${file}.${process.pid}`;
  try {
    makeFolder(dirname(file));
    writeFileSync(fresh, bytes, { mode: 0o600 });
    renameSync(fresh, file);
    return true;
  } catch {
    try {
      rmSync(fresh, { force: true });
    } catch {
      // What is left of it is written over by the next process of that number.
    }
    return false;
  }
}
