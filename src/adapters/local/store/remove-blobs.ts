import { lstatSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../run-folder/state-folder.js';
import { removeQuietly } from './remove-quietly.js';
import type { StoreLayout } from './store-layout.js';
import { createTemporaryNames } from './temporary-names.js';
import { walkBlobs, type BlobFile } from './walk-store.js';

/** So long after it was written or claimed a blob may belong to a result that is still being saved. */
const youngMs = 3_600_000;

/** Clocks of files lag behind by some milliseconds. */
const lagMs = 1_000;

/**
 * Removes the blobs that no result needs; answers them. `released`: those of results that were let go, with when each was last
 * written or used. Nobody has claimed one since that is no younger, so it goes at once.
 */
export function removeUnreferenced(layout: StoreLayout, referenced: { readonly has: (digest: string) => boolean }, now: number, released: ReadonlyMap<string, number> = new Map()): readonly BlobFile[] {
  const names = createTemporaryNames();
  const removed: BlobFile[] = [];
  for (const blob of walkBlobs(layout)) {
    const free = Math.max(now - youngMs, (released.get(blob.digest) ?? -Infinity) + lagMs);
    const isOld = (mtimeMs: number): boolean => mtimeMs < free;
    if (referenced.has(blob.digest) || !isOld(blob.stats.mtimeMs)) continue;
    if (removeUnlessClaimed(blob.path, () => join(layout.temporary, names.next()), isOld)) removed.push(blob);
  }
  return removed;
}

/** Somebody may claim it between the look and the removal: out of reach it is looked at once more, and comes back if so. */
function removeUnlessClaimed(path: string, makeName: () => string, isOld: (mtimeMs: number) => boolean): boolean {
  const away = makeName();
  try {
    makeFolder(join(away, '..'));
    renameSync(path, away);
    if (!isOld(lstatSync(away).mtimeMs)) {
      renameSync(away, path);
      return false;
    }
    return removeQuietly(away) === undefined;
  } catch {
    return false;
  }
}
