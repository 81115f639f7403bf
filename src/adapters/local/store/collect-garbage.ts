import type { StoredResult } from '../../../core/cache/stored-result.js';
import { removeUnreferenced } from './remove-blobs.js';
import { removeQuietly } from './remove-quietly.js';
import { layOutStore } from './store-layout.js';
import { sweepTemporary } from './sweep-temporary.js';
import { listBlobs, walkResults, type ShelvedFile, type ShelvedManifest } from './walk-store.js';

export interface Limits {
  readonly maxBytes: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Collected {
  /** The results that were not used for longest. */
  readonly entries: number;
  readonly blobs: number;
  readonly freedBytes: number;
  /** What of the store is needed by those that stay. */
  readonly keptBytes: number;
}

/**
 * Lets go of results, those first that were not used for longest, until the rest fits; then of blobs that no result needs. Others
 * may save meanwhile: their blobs are young, whether they wrote them or found them there.
 */
export function collectGarbage(folder: string, { maxBytes, now }: Limits): Collected {
  const layout = layOutStore(folder);
  sweepTemporary(layout.temporary);
  const shelved = [...walkResults(layout)].map((file) => ({ ...file, manifest: file.read() })).sort((one, other) => one.lastUsed - other.lastUsed);
  const needs = countNeeds(shelved);
  const released = new Map<string, number>();
  let keptBytes = needs.bytes;
  let [entries, freedBytes] = [0, 0];
  for (const { manifest, path, bytes, lastUsed } of shelved) {
    const isUseless = manifest.kind === 'damaged' || manifest.kind === 'foreign';
    if (!isUseless && keptBytes <= maxBytes) continue;
    if (removeQuietly(path) !== undefined) continue;
    entries += 1;
    freedBytes += bytes;
    keptBytes -= bytes + (manifest.kind === 'whole' ? needs.drop(manifest.result) : 0);
    if (manifest.kind === 'whole') for (const digest of listBlobs(manifest.result).keys()) released.set(digest, Math.max(released.get(digest) ?? 0, lastUsed));
  }
  const blobs = removeUnreferenced(layout, needs, now, released);
  for (const { stats } of blobs) freedBytes += stats.size;
  return { entries, blobs: blobs.length, freedBytes, keptBytes };
}

interface Needs {
  /** Of all manifests, and of each blob that they need once. */
  readonly bytes: number;
  readonly has: (digest: string) => boolean;
  /** Answers the bytes that nobody else needs. */
  readonly drop: (result: StoredResult) => number;
}

function countNeeds(shelved: readonly (ShelvedFile & { readonly manifest: ShelvedManifest })[]): Needs {
  const uses = new Map<string, number>();
  let bytes = 0;
  for (const each of shelved) {
    bytes += each.bytes;
    if (each.manifest.kind !== 'whole') continue;
    for (const [digest, size] of listBlobs(each.manifest.result)) {
      const count = uses.get(digest) ?? 0;
      if (count === 0) bytes += size;
      uses.set(digest, count + 1);
    }
  }
  return {
    bytes,
    has: (digest) => (uses.get(digest) ?? 0) > 0,
    drop: (result) => {
      let freed = 0;
      for (const [digest, size] of listBlobs(result)) {
        const count = (uses.get(digest) ?? 0) - 1;
        uses.set(digest, count);
        if (count === 0) freed += size;
      }
      return freed;
    },
  };
}
