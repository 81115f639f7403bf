import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Content, StoredResult } from '../../../core/cache/stored-result.js';
import type { FoundResult, PlacedResult, PlaceOrder, ResultStore, SavedResult } from '../../../ports/result-store.js';
import { describeFileProblem, findRefusedPath } from '../describe-file-problem.js';
import { collectWhenDue, defaultMostBytes } from './collect-when-due.js';
import { digestOf } from './digest.js';
import { findResultFault } from './path-faults.js';
import { isRefusal } from './is-refusal.js';
import { openPlacedIndex } from './placed-index.js';
import { openPlacingBook, sweepPlacings } from './placing-book.js';
import { readOrdinaryFile } from './read-ordinary-file.js';
import { removeQuietly } from './remove-quietly.js';
import { restoreResult } from './restore-result.js';
import { openResultShelf } from './result-shelf.js';
import { saveResult } from './save-result.js';
import type { Site } from './site.js';
import { layOutStore } from './store-layout.js';
import { createStoreWriter } from './store-writer.js';
import { surveyPlaces, type Survey } from './survey-places.js';
import { sweepTemporary } from './sweep-temporary.js';
import { createTemporaryNames } from './temporary-names.js';
import { openUsedResults } from './used-results.js';

export interface DirectoryStoreOptions {
  /** Of the store; several workspaces and processes may share one. */
  readonly folder: string;
  readonly workspace: string;
  /** What is known of this workspace's files; see `locateStore`. */
  readonly placedIndexFile: string;
  readonly domains: { readonly write: string; /** In the order in which they are asked. */ readonly read: readonly string[] };
  /** Whether git ignores a file, or a folder above it. */
  readonly isIgnored: (path: string) => boolean;
  readonly now: () => number;
  readonly mostBytes?: number;
}

export interface DirectoryResultStore extends ResultStore {
  readonly find: (key: string) => FoundResult;
  /** What `place` would find, at once and without touching anything. A blob's damage is not seen. */
  readonly foresee: (result: StoredResult, order: PlaceOrder) => PlacedResult;
  /** Writes down what was learnt and used, and makes room where the store is full; a fault of it changes nothing. */
  readonly keep: () => void;
}

/** How much of the manifests that were found stays in memory: a run asks for each at least twice. */
const mostRemembered = 8 * 1024 * 1024;

/** Results as manifests over blobs that are named after their content, in a folder; see runs.md for what is promised. */
export function openDirectoryResultStore(options: DirectoryStoreOptions): DirectoryResultStore {
  const { domains, now } = options;
  const root = resolve(options.workspace);
  const layout = layOutStore(resolve(options.folder));
  const indexFile = resolve(options.placedIndexFile);
  const indexFolder = dirname(indexFile);
  const names = createTemporaryNames();
  const writer = createStoreWriter(layout, names);
  const index = openPlacedIndex({ file: indexFile, root, names });
  const site: Site = { root, reserved: reserve(root, layout.folder, indexFolder), index, names, isIgnored: options.isIgnored };
  const show = (path: string): string => (relative(root, path).startsWith('..') ? path : relative(root, path));
  const shelf = openResultShelf(layout, writer, show);
  const book = openPlacingBook(indexFolder, names);
  const remembered = new Map<string, FoundResult>();
  const withdrawn = new Set<string>();
  const used = openUsedResults({ file: join(indexFolder, 'used'), names, touch: shelf.use });
  let rememberedBytes = 0;
  let savedBytes = 0;
  let isNew = !existsSync(layout.results);
  sweepPlacings(site, indexFolder);
  for (const folder of [indexFolder, layout.temporary]) sweepTemporary(folder);

  const forget = (key: string): void => void remembered.delete(key);

  const find = (key: string): FoundResult => {
    const before = remembered.get(key);
    if (before !== undefined) return before;
    if (withdrawn.has(key)) return { kind: 'miss', reason: 'its result was withdrawn', withdrawn: true };
    let reason: string | undefined;
    for (const domain of domains.read) {
      const found = shelf.read({ domain, key });
      switch (found.kind) {
        case 'absent':
          break;
        case 'foreign':
          reason ??= 'its result was stored by another version of Tollgate';
          break;
        case 'withdrawn':
          return { kind: 'miss', reason: 'its result was withdrawn', withdrawn: true };
        case 'damaged':
          return { kind: 'miss', reason: found.reason, damaged: true };
        case 'unreachable':
          return { kind: 'unavailable', reason: found.reason };
        case 'whole': {
          const hit: FoundResult = { kind: 'hit', result: found.result };
          used.add(found.result);
          rememberedBytes += found.bytes;
          if (rememberedBytes <= mostRemembered) remembered.set(key, hit);
          return hit;
        }
      }
    }
    const other = reason === undefined ? shelf.findElsewhere(key, domains.read) : undefined;
    if (other !== undefined) reason = `the same content has a result in the trust domain ${other}, which is not read here`;
    return reason === undefined ? { kind: 'miss' } : { kind: 'miss', reason };
  };

  const survey = (result: StoredResult, { keep }: PlaceOrder): Survey => surveyPlaces(site, result, (path) => isKept(path, keep));

  /** It is not served again: the step makes it anew. */
  const discard = (result: StoredResult, reason: string): PlacedResult => {
    forget(result.key);
    return { kind: 'miss', reason: `${reason}: ${shelf.remove(result)}`, damaged: true };
  };

  const restore = async (result: StoredResult, found: Extract<Survey, { kind: 'possible' }>): Promise<PlacedResult> => {
    try {
      const restored = await restoreResult({ site, layout, book, result, survey: found });
      if (restored.kind === 'restored') return { kind: 'placed', written: restored.written };
      if (restored.kind === 'stuck') return cannotPlace(restored.error, 'and the next run puts back what lay there');
      const { file, digest, found: blob } = restored;
      const name = `the stored content of ${file.path} (${show(layout.blobOf(digest))})`;
      if (blob.kind === 'unreadable') return cannotPlace(blob.error);
      if (blob.kind === 'absent') return shelf.has(result) ? discard(result, `${name} is missing`) : missed(result, 'its stored result was removed meanwhile');
      if (blob.ownFault) removeQuietly(layout.blobOf(digest));
      return discard(result, `${name} is damaged (${blob.reason})`);
    } catch (error) {
      return cannotPlace(error);
    }
  };

  const missed = (result: StoredResult, reason: string): PlacedResult => {
    forget(result.key);
    return { kind: 'miss', reason, damaged: false };
  };

  const cannotPlace = (error: unknown, standing = 'and nothing was changed'): PlacedResult => {
    const path = findRefusedPath(error);
    const reason = `the stored result could not be brought to its place, ${standing}: ${path === undefined ? '' : `${show(path)}: `}${describeFileProblem(error)}`;
    return isRefusal(error) ? { kind: 'unavailable', reason } : { kind: 'miss', reason, damaged: false };
  };

  const foresee = (result: StoredResult, order: PlaceOrder): PlacedResult => {
    const fault = findResultFault(result, site.reserved);
    if (fault !== undefined) return { kind: 'miss', reason: `a stored result is damaged (${fault})`, damaged: true };
    try {
      const found = survey(result, order);
      return found.kind === 'possible' ? { kind: 'placed', written: found.wanted.length } : { kind: 'miss', reason: found.reason, damaged: false };
    } catch (error) {
      return cannotPlace(error);
    }
  };

  const place = (result: StoredResult, order: PlaceOrder): PlacedResult | Promise<PlacedResult> => {
    if (order.dry === true) return foresee(result, order);
    const fault = findResultFault(result, site.reserved);
    if (fault !== undefined) return discard(result, `a stored result is damaged (${fault})`);
    try {
      const found = survey(result, order);
      if (found.kind === 'impossible') return { kind: 'miss', reason: found.reason, damaged: false };
      return isInPlace(found) ? { kind: 'placed', written: 0 } : restore(result, found);
    } catch (error) {
      return cannotPlace(error);
    }
  };

  const save = async (given: Parameters<ResultStore['save']>[0], from: Parameters<ResultStore['save']>[1]): Promise<SavedResult> => {
    forget(given.key);
    const saved = await saveResult({ site, layout, writer, domain: domains.write, show }, given, from);
    if (saved.kind === 'saved') withdrawn.delete(given.key);
    savedBytes += saved.files.reduce((sum, file) => sum + (file.kind === 'file' ? file.size : 0), 0);
    return saved;
  };

  return {
    find,
    place,
    save,
    foresee,
    withdraw: (key) => {
      forget(key);
      withdrawn.add(key);
      shelf.withdraw({ domain: domains.write, key });
    },
    readLog: ({ log }) => (log === null ? undefined : readWhole(layout.blobOf(log.digest), log)),
    keep: () => {
      index.keep();
      book.close();
      used.keep(now());
      collectWhenDue(layout.folder, { savedBytes, mostBytes: options.mostBytes ?? defaultMostBytes, now: now(), isNew });
      isNew &&= savedBytes === 0;
      savedBytes = 0;
    },
  };
}

function isInPlace({ wanted, unknown, cleared }: Extract<Survey, { kind: 'possible' }>): boolean {
  return wanted.length === 0 && unknown.length === 0 && cleared.length === 0;
}

function isKept(path: string, keep: ReadonlySet<string>): boolean {
  if (keep.size === 0) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) if (keep.has(path.slice(0, end))) return true;
  return false;
}

/** The folders of Tollgate's own state that lie in the workspace, as paths in it. */
function reserve(root: string, store: string, index: string): readonly string[] {
  const state = dirname(store) === dirname(index) ? [dirname(store)] : [];
  return [store, index, ...state].map((folder) => relative(root, folder)).filter((path) => path !== '' && path !== '..' && !path.startsWith('../'));
}

function readWhole(path: string, { digest, size }: Content): Uint8Array | undefined {
  const found = readOrdinaryFile(path, size);
  return found.kind === 'read' && found.bytes.length === size && digestOf(found.bytes) === digest ? found.bytes : undefined;
}
