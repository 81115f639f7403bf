import { lstatSync, renameSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../run-folder/state-folder.js';
import { isSameStamp, isSettled, stampOf } from './file-stamp.js';
import { readPlaced, writePlaced } from './placed-bytes.js';
import type { PlacedEntry } from './placed-entry.js';
import { readOrdinaryFile } from './read-ordinary-file.js';
import { removeQuietly } from './remove-quietly.js';
import type { TemporaryNames } from './temporary-names.js';

/** What this store has placed in the workspace or taken in from it, so that an unchanged file costs one look and no read. */
export interface PlacedIndex {
  /** What the path contains, where nothing about it has changed since. */
  readonly contentOf: (path: string, stats: Stats) => string | undefined;
  readonly entryOf: (path: string) => PlacedEntry | undefined;
  /** `stats` from before it was read, `seenAt` from before that. */
  readonly note: (path: string, entry: Omit<PlacedEntry, 'stamp'> & { readonly stats: Stats }) => void;
  /** Writes it down; a fault of it only makes the next run slower. */
  readonly keep: () => void;
}

interface IndexFile {
  readonly file: string;
  readonly root: string;
  readonly names: TemporaryNames;
}

/** Larger than it can become in earnest. */
const mostBytes = 1024 * 1024 * 1024;

/** Read when it is first asked. A damaged one counts as empty: everything is looked at again. */
export function openPlacedIndex(place: IndexFile): PlacedIndex {
  const fresh = new Map<string, PlacedEntry>();
  const asked = new Set<string>();
  let loaded: Loaded | undefined;
  const load = (): Loaded => (loaded ??= loadEntries(place.file));
  const entryOf = (path: string): PlacedEntry | undefined => fresh.get(path) ?? load().entries.get(path);
  return {
    contentOf: (path, stats) => {
      const entry = entryOf(path);
      if (entry === undefined) return undefined;
      asked.add(path);
      return isSameStamp(entry.stamp, stats) && isSettled(entry.stamp, entry.seenAt) ? entry.content : undefined;
    },
    entryOf,
    note: (path, { stats, ...entry }) => void fresh.set(path, { ...entry, stamp: stampOf(stats) }),
    keep: () => {
      if (fresh.size === 0) return;
      const known = load();
      // Another process may have written it since: what it learnt is kept too.
      const base = markOf(place.file) === known.mark ? known.entries : loadEntries(place.file).entries;
      const entries = new Map(base);
      for (const [path, entry] of fresh) entries.set(path, entry);
      dropGone(entries, place.root, (path) => asked.has(path) || fresh.has(path));
      if (writeEntries(place, entries)) loaded = { entries, mark: markOf(place.file) };
      fresh.clear();
    },
  };
}

interface Loaded {
  readonly entries: ReadonlyMap<string, PlacedEntry>;
  readonly mark: string;
}

function loadEntries(file: string): Loaded {
  const mark = markOf(file);
  const found = readOrdinaryFile(file, mostBytes);
  return { entries: (found.kind === 'read' ? readPlaced(found.bytes) : undefined) ?? new Map<string, PlacedEntry>(), mark };
}

function markOf(file: string): string {
  try {
    const { ino, mtimeMs, size } = lstatSync(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}

/** Looking for what is gone costs a look at each, so only once as many are unused as are used. */
function dropGone(entries: Map<string, PlacedEntry>, root: string, isUsed: (path: string) => boolean): void {
  const unused = [...entries.keys()].filter((path) => !isUsed(path));
  if (unused.length <= entries.size / 2) return;
  for (const path of unused) if (!isThere(join(root, path))) entries.delete(path);
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function writeEntries({ file, names }: IndexFile, entries: ReadonlyMap<string, PlacedEntry>): boolean {
  const temporary = join(dirname(file), names.next());
  try {
    makeFolder(dirname(file));
    writeFileSync(temporary, writePlaced(entries), { mode: 0o600 });
    renameSync(temporary, file);
    return true;
  } catch {
    removeQuietly(temporary);
    return false;
  }
}
