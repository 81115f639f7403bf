import type { StoredResult } from '../../../core/cache/stored-result.js';
import { layOutStore } from './store-layout.js';
import { listBlobs, walkBlobs, walkResults } from './walk-store.js';

export interface ListedResult {
  readonly result: StoredResult;
  /** Milliseconds since 1970, to the hour. */
  readonly lastUsed: number;
  /** Of its files and its log; others may share them. */
  readonly bytes: number;
}

/** The results of a store that can be read, the one used last first. */
export function listResults(folder: string): readonly ListedResult[] {
  const listed: ListedResult[] = [];
  for (const { read, lastUsed } of walkResults(layOutStore(folder))) {
    const manifest = read();
    if (manifest.kind === 'whole') listed.push({ result: manifest.result, lastUsed, bytes: sum(listBlobs(manifest.result).values()) });
  }
  return listed.sort((one, other) => other.lastUsed - one.lastUsed);
}

export interface StoreSize {
  readonly entries: number;
  readonly blobs: number;
  /** Of all that lies in it. */
  readonly bytes: number;
  /** When the result that goes first was last used; nothing in an empty store. */
  readonly oldest: number | undefined;
}

export function measureStore(folder: string): StoreSize {
  const layout = layOutStore(folder);
  let [entries, blobs, bytes] = [0, 0, 0];
  let oldest: number | undefined;
  for (const shelved of walkResults(layout)) {
    bytes += shelved.bytes;
    if (shelved.read().kind !== 'whole') continue;
    entries += 1;
    oldest = Math.min(oldest ?? Infinity, shelved.lastUsed);
  }
  for (const { stats } of walkBlobs(layout)) {
    blobs += 1;
    bytes += stats.size;
  }
  return { entries, blobs, bytes, oldest };
}

/** The bytes of all that lies in it, without reading any. */
export function weighStore(folder: string): number {
  const layout = layOutStore(folder);
  let bytes = 0;
  for (const shelved of walkResults(layout)) bytes += shelved.bytes;
  for (const { stats } of walkBlobs(layout)) bytes += stats.size;
  return bytes;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
}
