import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredFile, StoredResult } from '../../../core/cache/stored-result.js';
import { epochOf } from '../run-folder/journal/journal-path.js';
import { isExecutable } from '../store/compare-content.js';
import { digestFileAtOnce, digestOf } from '../store/digest.js';
import { writeManifest } from '../store/manifest.js';
import { layOutStore } from '../store/store-layout.js';
import { listBlobs } from '../store/walk-store.js';

/** A part of a run that goes into a file: from a path, or made for it. */
export interface GatheredFile {
  readonly file: StoredFile;
  readonly from: { readonly path: string } | { readonly bytes: Uint8Array };
}

export interface Gathering {
  readonly runPath: string;
  readonly storeFolder: string;
  /** What its steps came to, as it is kept. */
  readonly results: readonly StoredResult[];
}

/** Everything that a run needs in order to be gone on with elsewhere, in code-unit order. Neither its lease nor what others can make anew. */
export function gatherRun({ runPath, storeFolder, results }: Gathering): { readonly files: readonly GatheredFile[]; /** Those of which everything is there. */ readonly results: number } {
  const whole = results.flatMap((result) => gatherResult(storeFolder, result) ?? []);
  const blobs = new Map(whole.flatMap(({ blobs: own }) => own.map((blob) => [blob.file.path, blob])));
  const manifests = whole.map(({ manifest }, index): GatheredFile => ({ file: { kind: 'file', path: `results/${index}`, executable: false, digest: digestOf(manifest), size: manifest.length }, from: { bytes: manifest } }));
  const files = [
    ...list(join(runPath, 'journal')).filter((name) => epochOf(name) !== undefined).flatMap((name) => gatherPath(runPath, `journal/${name}`)),
    ...list(join(runPath, 'logs')).filter((name) => name.endsWith('.log')).flatMap((name) => gatherPath(runPath, `logs/${name}`)),
    ...['workflow.yml', 'notes.json'].filter((name) => existsSync(join(runPath, name))).flatMap((name) => gatherPath(runPath, name)),
    ...(existsSync(join(runPath, 'artifacts')) ? list(join(runPath, 'artifacts')).flatMap((name) => gatherPath(runPath, `artifacts/${name}`)) : []),
    ...manifests, ...blobs.values(),
  ];
  return { files: files.sort((a, b) => (a.file.path < b.file.path ? -1 : 1)), results: whole.length };
}

function gatherPath(runPath: string, path: string): readonly GatheredFile[] {
  const from = { path: join(runPath, path) };
  const stats = lstatSync(from.path);
  if (stats.isSymbolicLink()) return [{ file: { kind: 'link', path, target: readlinkSync(from.path) }, from }];
  if (stats.isDirectory()) return [{ file: { kind: 'folder', path }, from }, ...list(from.path).flatMap((name) => gatherPath(runPath, `${path}/${name}`))];
  return stats.isFile() ? [{ file: { kind: 'file', path, executable: isExecutable(stats), ...digestFileAtOnce(from.path) }, from }] : [];
}

/** Nothing when a part of it is missing or damaged: it would not be served. */
function gatherResult(storeFolder: string, result: StoredResult): { readonly manifest: Uint8Array; readonly blobs: readonly GatheredFile[] } | undefined {
  const layout = layOutStore(storeFolder);
  const blobs: GatheredFile[] = [];
  for (const [digest, size] of listBlobs(result)) {
    const path = layout.blobOf(digest);
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    const found = digestFileAtOnce(path);
    if (found.digest !== digest || found.size !== size) return undefined;
    blobs.push({ file: { kind: 'file', path: `blobs/${digest}`, executable: false, digest, size }, from: { path } });
  }
  return { manifest: Buffer.from(writeManifest(result)), blobs };
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
