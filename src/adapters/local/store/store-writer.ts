import { closeSync, lstatSync, openSync, renameSync, utimesSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Content } from '../../../core/cache/stored-result.js';
import { readErrorCode } from '../processes/error-code.js';
import { makeFolder } from '../run-folder/state-folder.js';
import { removeQuietly } from './remove-quietly.js';
import type { StoreLayout } from './store-layout.js';
import type { TemporaryNames } from './temporary-names.js';

/** Brings files into the store; what goes wrong is thrown, and leaves nothing behind. */
export interface StoreWriter {
  /** A path for a file that is not finished, in a folder that is there. */
  readonly makeTemporary: () => string;
  readonly put: (path: string, bytes: Uint8Array | string) => void;
  /** A finished temporary file, to its place. */
  readonly moveIn: (temporary: string, path: string) => void;
  /** True when the store has this content already, which counts as used from now on: whoever clears up leaves it alone. */
  readonly claimBlob: (content: Content) => boolean;
}

/**
 * All is written under another name and renamed, so that nobody sees half of a file. Nothing is synced to the disk: what a
 * power failure spoils is seen when it is verified, and everything is verified before it is served.
 */
export function createStoreWriter(layout: StoreLayout, names: TemporaryNames): StoreWriter {
  const makeTemporary = (): string => {
    makeFolder(layout.temporary);
    return join(layout.temporary, names.next());
  };
  const known = new Set<string>();
  /** Asking once is cheaper than an error for each folder of a store that is new. */
  const makeOnce = (folder: string): void => {
    if (known.has(folder)) return;
    makeFolder(folder);
    known.add(folder);
  };
  const moveIn = (temporary: string, path: string): void => {
    try {
      makeOnce(dirname(path));
      moveToPlace(temporary, path);
    } catch (error) {
      removeQuietly(temporary);
      throw error;
    }
  };
  return {
    makeTemporary,
    moveIn,
    put: (path, bytes) => {
      const temporary = join(layout.temporary, names.next());
      try {
        makeOnce(layout.temporary);
        writeNew(temporary, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
      } catch (error) {
        removeQuietly(temporary);
        throw error;
      }
      moveIn(temporary, path);
    },
    claimBlob: ({ digest, size }) => {
      const path = layout.blobOf(digest);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true || stats.size !== size) return false;
      return touch(path, Date.now());
    },
  };
}

/** False when it is gone. */
export function touch(path: string, now: number): boolean {
  try {
    utimesSync(path, now / 1000, now / 1000);
    return true;
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function writeNew(path: string, bytes: Uint8Array): void {
  const file = openMakingFolder(path);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}

function openMakingFolder(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if (readErrorCode(error) !== 'ENOENT') throw error;
    makeFolder(dirname(path));
    return openSync(path, 'wx', 0o600);
  }
}

function moveToPlace(temporary: string, path: string): void {
  try {
    renameSync(temporary, path);
  } catch (error) {
    const code = readErrorCode(error);
    if (code === 'ENOENT') makeFolder(dirname(path));
    // A folder where a file belongs is damage.
    else if (code === 'EISDIR') removeQuietly(path);
    else throw error;
    renameSync(temporary, path);
  }
}
