import { lstatSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../run-folder/state-folder.js';
import { removeQuietly } from './remove-quietly.js';
import type { StoreLayout } from './store-layout.js';
import { createTemporaryNames } from './temporary-names.js';
import { walkBlobs, type BlobFile } from './walk-store.js';

/** So long after it was written or claimed a blob may belong to a result that is still being saved. */
const youngMs = 3_600_000;

/** Removes the blobs that no result needs; answers them. */
export function removeUnreferenced(layout: StoreLayout, referenced: { readonly has: (digest: string) => boolean }, now: number): readonly BlobFile[] {
  const names = createTemporaryNames();
  const isOld = (mtimeMs: number): boolean => mtimeMs < now - youngMs;
  const removed: BlobFile[] = [];
  for (const blob of walkBlobs(layout)) {
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
