import { lstatSync } from 'node:fs';
import type { StoredResult } from '../../../core/cache/stored-result.js';
import type { GatheredFile } from '../pack/pack-form.js';
import { digestFileAtOnce, digestOf } from '../store/digest.js';
import { writeManifest } from '../store/manifest.js';
import { layOutStore } from '../store/store-layout.js';
import { listBlobs } from '../store/walk-store.js';

export interface GatheredResults {
  /** Their manifests, and each content once. */
  readonly files: readonly GatheredFile[];
  /** Those of which everything is there. */
  readonly results: readonly StoredResult[];
}

/** What a store has of results, for a pack; what is damaged or not whole is left out: it would not be served. */
export function gatherResults(storeFolder: string, results: readonly StoredResult[]): GatheredResults {
  const whole = results.flatMap((result) => gatherResult(storeFolder, result) ?? []);
  const blobs = new Map(whole.flatMap(({ blobs: own }) => own.map((blob) => [blob.file.path, blob])));
  const manifests = whole.map(({ manifest }, index) => gatherText(`results/${index}`, manifest));
  return { files: [...manifests, ...blobs.values()], results: whole.map(({ result }) => result) };
}

/** A file that is made of a text. */
export function gatherText(path: string, text: string): GatheredFile {
  const bytes = Buffer.from(text);
  return { file: { kind: 'file', path, executable: false, digest: digestOf(bytes), size: bytes.length }, from: { bytes } };
}

interface GatheredResult {
  readonly result: StoredResult;
  readonly manifest: string;
  readonly blobs: readonly GatheredFile[];
}

function gatherResult(storeFolder: string, result: StoredResult): GatheredResult | undefined {
  const layout = layOutStore(storeFolder);
  const blobs: GatheredFile[] = [];
  for (const [digest, size] of listBlobs(result)) {
    const path = layout.blobOf(digest);
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    const found = digestFileAtOnce(path);
    if (found.digest !== digest || found.size !== size) return undefined;
    blobs.push({ file: { kind: 'file', path: `blobs/${digest}`, executable: false, digest, size }, from: { path } });
  }
  return { result, manifest: writeManifest(result), blobs };
}
