import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackHeader } from '../pack/pack-form.js';
import { findStoredResult, isWithdrawn } from '../store/find-stored-result.js';
import { readManifest, writeManifest, writeWithdrawal } from '../store/manifest.js';
import { findResultFault } from '../store/path-faults.js';
import { layOutStore } from '../store/store-layout.js';
import { createStoreWriter } from '../store/store-writer.js';
import { createTemporaryNames } from '../store/temporary-names.js';
import { listBlobs } from '../store/walk-store.js';
import { makeFolder } from '../run-folder/state-folder.js';

export interface ResultsToTakeIn {
  readonly files: PackHeader['files'];
  /** Where the file was unpacked. */
  readonly folder: string;
  readonly storeFolder: string;
  /** The domain that it comes to lie in; nothing: it has no business here. */
  readonly domainOf: (result: ResultClaim) => string | undefined;
}

/** What a manifest says that it is of; one that withdraws a result names no step. */
export interface ResultClaim {
  readonly key: string;
  readonly step: string | null;
}

/**
 * Brings the results of a pack into the store, contents first; answers the keys that it has from it now. Each has been verified as
 * it was unpacked. What the store knows of a key already is newer, and stays.
 */
export function takeInResults({ files, folder, storeFolder, domainOf }: ResultsToTakeIn): readonly string[] {
  const layout = layOutStore(storeFolder);
  const writer = createStoreWriter(layout, createTemporaryNames());
  const there = new Map(files.flatMap((file) => (file.kind === 'file' && file.path.startsWith('blobs/') ? [[file.digest, file.size]] : [])));
  const taken: string[] = [];
  for (const { path } of files.filter((file) => file.path.startsWith('results/'))) {
    let key = '';
    const manifest = readManifest(readFileSync(join(folder, path)), (place) => {
      key = place.key;
      return true;
    });
    const domain = manifest.kind === 'whole' ? domainOf(manifest.result) : manifest.kind === 'withdrawn' ? domainOf({ key, step: null }) : undefined;
    if (domain === undefined) continue;
    const place = { domain, key };
    const isKnown = findStoredResult(storeFolder, [domain], key) !== undefined || isWithdrawn(storeFolder, place);
    if (!isKnown) {
      if (manifest.kind === 'whole') {
        if (findResultFault(manifest.result, []) !== undefined || !takeInBlobs([...listBlobs(manifest.result)])) continue;
        writer.put(layout.resultOf(place), writeManifest({ ...manifest.result, domain }));
      } else writer.put(layout.resultOf(place), writeWithdrawal(place));
    }
    taken.push(key);
  }
  return taken;

  function takeInBlobs(blobs: readonly (readonly [string, number])[]): boolean {
    return blobs.every(([digest, size]) => {
      if (writer.claimBlob({ digest, size })) return true;
      const staged = join(folder, 'blobs', digest);
      if (there.get(digest) !== size || !existsSync(staged)) return false;
      makeFolder(layout.blobs);
      writer.moveIn(staged, layout.blobOf(digest));
      return true;
    });
  }
}
