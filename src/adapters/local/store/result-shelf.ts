import { existsSync, readdirSync } from 'node:fs';
import { describeFileProblem } from '../describe-file-problem.js';
import { readErrorCode } from '../processes/error-code.js';
import { readManifest, writeWithdrawal, type Manifest } from './manifest.js';
import { readBytes } from './read-bytes.js';
import { removeQuietly } from './remove-quietly.js';
import { nameDomain, readDomainName, type ResultPlace, type StoreLayout } from './store-layout.js';
import { touch, type StoreWriter } from './store-writer.js';

export type ShelvedResult =
  | Exclude<Manifest, { readonly kind: 'damaged' | 'whole' }>
  | (Extract<Manifest, { readonly kind: 'whole' }> & { readonly bytes: number })
  | { readonly kind: 'absent' }
  /** It was there, and is removed. */
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The manifests of a store by domain and key. */
export interface ResultShelf {
  readonly read: (place: ResultPlace) => ShelvedResult;
  /** Answers what was removed, in words. */
  readonly remove: (place: ResultPlace) => string;
  readonly has: (place: ResultPlace) => boolean;
  readonly withdraw: (place: ResultPlace) => void;
  /** Another domain that has the key. */
  readonly findElsewhere: (key: string, read: readonly string[]) => string | undefined;
  /** Counts as used now. */
  readonly use: (place: ResultPlace, now: number) => void;
}

/** More than any result has: a hundred thousand files make twenty. */
export const mostManifestBytes = 64 * 1024 * 1024;

export function openResultShelf(layout: StoreLayout, writer: StoreWriter, show: (path: string) => string): ResultShelf {
  let domains: readonly string[] | undefined;
  const remove = (place: ResultPlace): string => {
    const path = layout.resultOf(place);
    const problem = removeQuietly(path);
    return problem === undefined ? `the stored result ${show(path)} was removed` : `the stored result ${show(path)} could not be removed (${problem})`;
  };
  return {
    remove,
    read: (place) => {
      const path = layout.resultOf(place);
      const found = readBytes(path, mostManifestBytes);
      if (found.kind === 'absent') return found;
      if (found.kind === 'unreadable') return { kind: 'unreachable', reason: `${show(path)} cannot be read: ${describeFileProblem(found.error)} (${readErrorCode(found.error) ?? 'unknown'})` };
      const discard = (reason: string): ShelvedResult => ({ kind: 'damaged', reason: `a stored result is damaged (${reason}): ${remove(place)}` });
      if (found.kind === 'odd') return discard('it is no ordinary file');
      const manifest = readManifest(found.bytes, ({ domain, key }) => domain === place.domain && key === place.key);
      if (manifest.kind === 'whole') return { ...manifest, bytes: found.bytes.length };
      return manifest.kind === 'damaged' ? discard(manifest.reason) : manifest;
    },
    has: (place) => existsSync(layout.resultOf(place)),
    withdraw: (place) => {
      removeQuietly(layout.resultOf(place));
      try {
        writer.put(layout.resultOf(place), writeWithdrawal(place));
      } catch {
        // Then at least this domain has it no more.
      }
    },
    findElsewhere: (key, read) => {
      const known = new Set(read.map(nameDomain));
      domains ??= listFolder(layout.results);
      const other = domains.find((domain) => !known.has(domain) && existsSync(layout.resultIn(domain, key)));
      return other === undefined ? undefined : readDomainName(other);
    },
    use: (place, now) => {
      try {
        touch(layout.resultOf(place), now);
      } catch {
        // It is taken for older than it is.
      }
    },
  };
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
