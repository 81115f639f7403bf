import { dirname } from 'node:path';
import type { JournalFiles } from '../../src/adapters/local/run-folder/journal/journal-files.js';

/** Files by path, as they would be after a loss of power. */
export type DiskState = ReadonlyMap<string, Buffer>;

/** A disk that keeps for sure only what was synced. */
export interface ModelDisk {
  readonly files: JournalFiles;
  /** Something is named in a folder, not by a journal. */
  readonly makeFolder: (path: string) => void;
  /** Lets the sync happen that is due later. */
  readonly passTime: () => Promise<void>;
  /** Called before every operation, when power may be lost. */
  readonly onOperation: (call: () => void) => void;
  readonly statesAfterLoss: () => Iterable<DiskState>;
  readonly pendingCount: () => number;
}

interface Inode {
  readonly number: number;
}

/** What the disk may do at any time and in any order until it is made to. */
type Pending =
  | { readonly kind: 'write'; readonly inode: Inode; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'name'; readonly folder: string; readonly path: string; readonly inode: Inode | null };

/** `without`: what a program that forgets to ask for it would get. */
export function createModelDisk(existing: readonly string[], without: 'nothing' | 'file syncs' | 'folder syncs' = 'nothing'): ModelDisk {
  let durable: readonly Pending[] = existing.map((path) => ({ kind: 'name', folder: dirname(path), path, inode: null }));
  let pending: readonly Pending[] = [];
  let inodes = 0;
  let due: (() => void) | undefined;
  let tell: () => void = () => undefined;
  const named = new Map<string, { readonly inode: Inode; length: number }>();

  const happen = (...all: readonly Pending[]): void => {
    tell();
    pending = [...pending, ...all];
  };
  const sync = (isMeant: (each: Pending) => boolean): void => {
    tell();
    durable = [...durable, ...pending.filter(isMeant)];
    pending = pending.filter((each) => !isMeant(each));
  };
  const syncFile = (inode: Inode): void => {
    if (without !== 'file syncs') sync((each) => each.kind === 'write' && each.inode === inode);
  };
  const syncFolder = (path: string): void => {
    if (without !== 'folder syncs') sync((each) => each.kind === 'name' && each.folder === path);
  };
  const syncPath = (path: string): void => {
    const file = named.get(path);
    if (file === undefined) syncFolder(path);
    else syncFile(file.inode);
  };
  return {
    files: {
      isGone: (path) => !named.has(path),
      place: (path, bytes) => {
        const inode = { number: (inodes += 1) };
        named.set(path, { inode, length: bytes.length });
        happen({ kind: 'write', inode, at: 0, bytes: Buffer.from(bytes) });
        happen({ kind: 'name', folder: dirname(path), path, inode });
      },
      open: (path) => {
        const file = named.get(path)!;
        return {
          write: (bytes) => {
            happen({ kind: 'write', inode: file.inode, at: file.length, bytes: Buffer.from(bytes) });
            file.length += bytes.length;
            return bytes.length;
          },
          cut: () => {
            throw new Error('nothing goes wrong on this disk but the power');
          },
          sync: () => syncFile(file.inode),
          syncLater: () => Promise.resolve(syncFile(file.inode)),
          close: () => undefined,
        };
      },
      sync: syncPath,
      syncLater: (path) => Promise.resolve(syncPath(path)),
      after: (_milliseconds, call) => {
        due = call;
        return () => {
          due = undefined;
        };
      },
    },
    makeFolder: (path) => happen({ kind: 'name', folder: dirname(path), path, inode: null }),
    passTime: async () => {
      const call = due;
      due = undefined;
      call?.();
      await new Promise((resolve) => void setImmediate(resolve));
    },
    onOperation: (call) => {
      tell = call;
    },
    statesAfterLoss: () => chooseStates(durable, pending),
    pendingCount: () => pending.length,
  };
}

/** Every choice of what else got to the disk, in every order, the last of it perhaps in part. */
function* chooseStates(durable: readonly Pending[], pending: readonly Pending[]): Iterable<DiskState> {
  const seen = new Set<string>();
  for (const chosen of arrange(pending)) {
    for (const last of partsOf(chosen.at(-1))) {
      const state = readDisk([...durable, ...chosen.slice(0, -1), ...last]);
      const print = [...state].map(([path, bytes]) => `${path} ${bytes.toString('latin1')}`).sort().join('\n');
      if (!seen.has(print)) yield state;
      seen.add(print);
    }
  }
}

function* arrange<T>(from: readonly T[]): Iterable<readonly T[]> {
  yield [];
  for (const [index, first] of from.entries()) for (const rest of arrange(from.toSpliced(index, 1))) yield [first, ...rest];
}

function partsOf(last: Pending | undefined): readonly (readonly Pending[])[] {
  if (last === undefined) return [[]];
  return last.kind === 'name' ? [[last]] : [[last], [{ ...last, bytes: last.bytes.subarray(0, last.bytes.length / 2) }]];
}

function readDisk(happened: readonly Pending[]): DiskState {
  const contents = new Map<Inode, Buffer>();
  const names = new Map<string, Inode | null>();
  for (const each of happened) {
    if (each.kind === 'name') names.set(each.path, each.inode);
    else {
      const before = contents.get(each.inode) ?? Buffer.alloc(0);
      const after = Buffer.alloc(Math.max(before.length, each.at + each.bytes.length));
      before.copy(after);
      each.bytes.copy(after, each.at);
      contents.set(each.inode, after);
    }
  }
  const isThere = (path: string): boolean => path === '/' || (names.has(path) && isThere(dirname(path)));
  return new Map([...names].flatMap(([path, inode]): [string, Buffer][] => (inode !== null && isThere(path) ? [[path, contents.get(inode) ?? Buffer.alloc(0)]] : [])));
}
