import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredResult } from '../../../core/cache/stored-result.js';
import type { PackHeader } from '../pack/pack-form.js';
import { readManifest, writeManifest } from '../store/manifest.js';
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
  readonly domainOf: (result: StoredResult) => string | undefined;
}

/** Brings the results of a pack into the store, contents first; answers those that came in. Each has been verified as it was unpacked. */
export function takeInResults({ files, folder, storeFolder, domainOf }: ResultsToTakeIn): readonly StoredResult[] {
  const layout = layOutStore(storeFolder);
  const writer = createStoreWriter(layout, createTemporaryNames());
  const there = new Map(files.flatMap((file) => (file.kind === 'file' && file.path.startsWith('blobs/') ? [[file.digest, file.size]] : [])));
  const taken: StoredResult[] = [];
  for (const { path } of files.filter((file) => file.path.startsWith('results/'))) {
    const manifest = readManifest(readFileSync(join(folder, path)), () => true);
    if (manifest.kind !== 'whole') continue;
    const { result } = manifest;
    const domain = domainOf(result);
    if (domain === undefined || findResultFault(result, []) !== undefined) continue;
    if (!takeInBlobs([...listBlobs(result)])) continue;
    const own = { ...result, domain };
    writer.put(layout.resultOf(own), writeManifest(own));
    taken.push(own);
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
