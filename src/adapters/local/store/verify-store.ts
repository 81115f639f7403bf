import { digestFileAtOnce } from './digest.js';
import { findResultFault } from './path-faults.js';
import { removeUnreferenced } from './remove-blobs.js';
import { removeQuietly } from './remove-quietly.js';
import { layOutStore, type StoreLayout } from './store-layout.js';
import { sweepTemporary } from './sweep-temporary.js';
import { listBlobs, walkBlobs, walkResults, type BlobFile, type ShelvedManifest } from './walk-store.js';

export interface Verified {
  /** What is whole. */
  readonly entries: number;
  readonly blobs: number;
  readonly bytes: number;
  /** What was not, and is removed; with why it is still there where it is. */
  readonly removed: readonly { readonly path: string; readonly reason: string; readonly stillThere?: string }[];
}

/** Reads all of a store and removes what is damaged, and what no result needs once it is old enough to be sure. */
export function verifyStore(folder: string, now: number): Verified {
  const layout = layOutStore(folder);
  sweepTemporary(layout.temporary);
  const removed: Verified['removed'][number][] = [];
  const remove = (path: string, reason: string): void => {
    const stillThere = removeQuietly(path);
    removed.push({ path, reason, ...(stillThere === undefined ? {} : { stillThere }) });
  };
  const sizes = new Map<string, number>();
  for (const blob of walkBlobs(layout)) {
    const fault = findBlobFault(layout, blob);
    if (fault === undefined) sizes.set(blob.digest, blob.stats.size);
    else remove(blob.path, fault);
  }
  // One that was saved after the blobs were gone through is no worse for that.
  const sizeOf = (digest: string): number | undefined => sizes.get(digest) ?? readSize(layout.blobOf(digest), digest);
  const needed = new Set<string>();
  let [entries, bytes] = [0, 0];
  for (const shelved of walkResults(layout)) {
    const manifest = shelved.read();
    const fault = findEntryFault(manifest, sizeOf);
    if (fault !== undefined) {
      remove(shelved.path, fault);
      continue;
    }
    bytes += shelved.bytes;
    if (manifest.kind !== 'whole') continue;
    entries += 1;
    for (const digest of listBlobs(manifest.result).keys()) needed.add(digest);
  }
  for (const { path, digest } of removeUnreferenced(layout, needed, now)) {
    sizes.delete(digest);
    removed.push({ path, reason: 'no stored result needs it' });
  }
  for (const size of sizes.values()) bytes += size;
  return { entries, blobs: sizes.size, bytes, removed };
}

function findBlobFault(layout: StoreLayout, { path, digest, stats }: BlobFile): string | undefined {
  if (!stats.isFile() || layout.blobOf(digest) !== path) return 'it is no blob';
  try {
    return digestFileAtOnce(path).digest === digest ? undefined : 'its content is another than its name says';
  } catch {
    return 'it cannot be read';
  }
}

function findEntryFault(manifest: ShelvedManifest, sizeOf: (digest: string) => number | undefined): string | undefined {
  switch (manifest.kind) {
    case 'damaged':
      return manifest.reason;
    case 'foreign':
      return 'another version of Tollgate has stored it';
    case 'unreadable':
      return 'it cannot be read';
    case 'withdrawn':
    case 'absent':
      return undefined;
    case 'whole':
      return findResultFault(manifest.result, []) ?? findMissing(listBlobs(manifest.result), sizeOf);
  }
}

function findMissing(blobs: ReadonlyMap<string, number>, sizeOf: (digest: string) => number | undefined): string | undefined {
  for (const [digest, size] of blobs) {
    const found = sizeOf(digest);
    if (found !== size) return found === undefined ? `the content ${digest} is missing or damaged` : `the content ${digest} has another size`;
  }
  return undefined;
}

function readSize(path: string, digest: string): number | undefined {
  try {
    const found = digestFileAtOnce(path);
    return found.digest === digest ? found.size : undefined;
  } catch {
    return undefined;
  }
}
