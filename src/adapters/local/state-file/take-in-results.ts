import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateHeader } from './state-file-form.js';
import { readManifest, writeManifest } from '../store/manifest.js';
import { findResultFault } from '../store/path-faults.js';
import { layOutStore } from '../store/store-layout.js';
import { createStoreWriter } from '../store/store-writer.js';
import { createTemporaryNames } from '../store/temporary-names.js';
import { listBlobs } from '../store/walk-store.js';
import { makeFolder } from '../run-folder/state-folder.js';

/** What a person has taken in lies apart: a laptop reads it, a runner does not. */
export const importedDomain = 'imported';

export interface ResultsToTakeIn {
  readonly files: StateHeader['files'];
  /** Where the file was unpacked. */
  readonly folder: string;
  readonly storeFolder: string;
  /** Whether the run says that a step of it came to this result: others are none of its business. */
  readonly isOfRun: (step: string, key: string) => boolean;
}

/** Brings the results of a run into the store, contents first; answers how many. Each has been verified as it was unpacked. */
export function takeInResults({ files, folder, storeFolder, isOfRun }: ResultsToTakeIn): number {
  const layout = layOutStore(storeFolder);
  const writer = createStoreWriter(layout, createTemporaryNames());
  const there = new Map(files.flatMap((file) => (file.kind === 'file' && file.path.startsWith('blobs/') ? [[file.digest, file.size]] : [])));
  let count = 0;
  for (const { path } of files.filter((file) => file.path.startsWith('results/'))) {
    const manifest = readManifest(readFileSync(join(folder, path)), () => true);
    if (manifest.kind !== 'whole') continue;
    const { result } = manifest;
    if (!isOfRun(result.step, result.key) || findResultFault(result, []) !== undefined) continue;
    if (!takeInBlobs([...listBlobs(result)])) continue;
    const own = { ...result, domain: importedDomain };
    writer.put(layout.resultOf(own), writeManifest(own));
    count += 1;
  }
  return count;

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
