import { lstatSync, readdirSync, type Stats } from 'node:fs';
import type { StoredResult } from '../../../core/cache/stored-result.js';
import { readManifest, type Manifest } from './manifest.js';
import { readBytes } from './read-bytes.js';
import { mostManifestBytes } from './result-shelf.js';
import type { StoreLayout } from './store-layout.js';

/** What lies among the results, whether it belongs there or not. */
export interface ShelvedFile {
  readonly path: string;
  readonly lastUsed: number;
  readonly bytes: number;
  readonly read: () => ShelvedManifest;
}

export type ShelvedManifest = Manifest | { readonly kind: 'unreadable' } | /** Somebody has removed it. */ { readonly kind: 'absent' };

export interface BlobFile {
  readonly path: string;
  /** As its name says. */
  readonly digest: string;
  readonly stats: Stats;
}

/** Every manifest of a store; what cannot be looked at is left out. */
export function* walkResults(layout: StoreLayout): Iterable<ShelvedFile> {
  for (const domainFolder of list(layout.results)) {
    for (const part of list(`${layout.results}/${domainFolder}`)) {
      for (const name of list(`${layout.results}/${domainFolder}/${part}`)) {
        const path = `${layout.results}/${domainFolder}/${part}/${name}`;
        const stats = look(path);
        if (stats !== undefined) yield { path, lastUsed: stats.mtimeMs, bytes: stats.size, read: () => readShelved(layout, path) };
      }
    }
  }
}

export function* walkBlobs({ blobs }: StoreLayout): Iterable<BlobFile> {
  for (const part of list(blobs)) {
    for (const name of list(`${blobs}/${part}`)) {
      const path = `${blobs}/${part}/${name}`;
      const stats = look(path);
      if (stats !== undefined) yield { path, digest: part + name, stats };
    }
  }
}

/** The blobs that a result needs, with their sizes. */
export function listBlobs({ files, log }: StoredResult): ReadonlyMap<string, number> {
  const blobs = new Map(files.flatMap((file) => (file.kind === 'file' ? [[file.digest, file.size] as const] : [])));
  return log === null ? blobs : blobs.set(log.digest, log.size);
}

/** It says itself which key it is of, if that is where such a key has to lie. */
function readShelved(layout: StoreLayout, path: string): ShelvedManifest {
  const found = readBytes(path, mostManifestBytes);
  if (found.kind === 'absent' || found.kind === 'unreadable') return { kind: found.kind };
  if (found.kind === 'odd') return { kind: 'damaged', reason: 'it is no ordinary file' };
  return readManifest(found.bytes, (place) => layout.resultOf(place) === path);
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
