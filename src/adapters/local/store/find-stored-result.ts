import type { Content, StoredResult } from '../../../core/cache/stored-result.js';
import { digestOf } from './digest.js';
import { readManifest } from './manifest.js';
import { readBytes } from './read-bytes.js';
import { readOrdinaryFile } from './read-ordinary-file.js';
import { mostManifestBytes } from './result-shelf.js';
import { layOutStore, type ResultPlace } from './store-layout.js';

/** A result for whoever only wants to know of it: nothing is brought to its place, and what is damaged is left as it is. */
export function findStoredResult(folder: string, domains: readonly string[], key: string): StoredResult | undefined {
  const layout = layOutStore(folder);
  for (const domain of domains) {
    const found = readBytes(layout.resultOf({ domain, key }), mostManifestBytes);
    const manifest = found.kind === 'read' ? readManifest(found.bytes, (place) => place.domain === domain && place.key === key) : undefined;
    if (manifest?.kind === 'whole') return manifest.result;
  }
  return undefined;
}

/** Its step must be done again, whoever asks. */
export function isWithdrawn(folder: string, at: ResultPlace): boolean {
  const found = readBytes(layOutStore(folder).resultOf(at), mostManifestBytes);
  return found.kind === 'read' && readManifest(found.bytes, ({ domain, key }) => domain === at.domain && key === at.key).kind === 'withdrawn';
}

/** What the store has of a digest; nothing when it is not there, or something else by now. */
export function readStoredContent(folder: string, { digest, size }: Content): Uint8Array | undefined {
  const found = readOrdinaryFile(layOutStore(folder).blobOf(digest), size);
  return found.kind === 'read' && found.bytes.length === size && digestOf(found.bytes) === digest ? found.bytes : undefined;
}
