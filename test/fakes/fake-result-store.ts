import { createHash } from 'node:crypto';
import { findResultFault } from '../../src/adapters/local/store/path-faults.js';
import type { StoredFile, StoredResult } from '../../src/core/cache/stored-result.js';
import type { FoundResult, PlacedResult, PlaceOrder, ResultStore, SavedFrom, SavedResult } from '../../src/ports/result-store.js';

export type FakeFile =
  | { readonly kind: 'file'; readonly text: string; readonly executable: boolean }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder' };

/** What several fakes may share: results by domain and key, and contents by digest. */
export interface FakeShelf {
  readonly results: Map<string, StoredResult | 'withdrawn'>;
  readonly contents: Map<string, string>;
}

export interface FakeStoreOptions {
  /** Path → what lies there; folders too. */
  readonly workspace: Map<string, FakeFile>;
  readonly domains: { readonly write: string; readonly read: readonly string[] };
  readonly shelf?: FakeShelf;
  readonly isIgnored?: (path: string) => boolean;
  /** Logs by path. */
  readonly logs?: ReadonlyMap<string, string>;
  /** Nothing can be saved while it answers why. */
  readonly isBroken?: () => string | undefined;
}

export function createFakeShelf(): FakeShelf {
  return { results: new Map(), contents: new Map() };
}

/** The store as the engine sees it, over a workspace that is a map. */
export function createFakeResultStore({ workspace, domains, shelf = createFakeShelf(), isIgnored = () => false, logs = new Map(), isBroken = () => undefined }: FakeStoreOptions): ResultStore {
  /** Which step each path was placed or taken in for, and with what. */
  const owned = new Map<string, { readonly step: string; readonly file: FakeFile }>();

  const find = (key: string): FoundResult => {
    for (const domain of domains.read) {
      const result = shelf.results.get(`${domain}/${key}`);
      if (result === 'withdrawn') return { kind: 'miss', reason: 'its result was withdrawn' };
      if (result !== undefined) return { kind: 'hit', result };
    }
    const other = [...shelf.results.keys()].find((place) => place.endsWith(`/${key}`));
    return other === undefined ? { kind: 'miss' } : { kind: 'miss', reason: `the same content has a result in the trust domain ${other.slice(0, other.lastIndexOf('/'))}, which is not read here` };
  };

  const place = (result: StoredResult, order: PlaceOrder): PlacedResult => {
    const reason = order.dry === true ? undefined : isBroken();
    if (order.dry !== true && reason === undefined) return placeIn(workspace, result, order);
    const foreseen = placeIn(new Map(workspace), result, { ...order, dry: true });
    return reason !== undefined && foreseen.kind === 'placed' && foreseen.written > 0 ? { kind: 'unavailable', reason } : foreseen;
  };

  const placeIn = (workspace: Map<string, FakeFile>, result: StoredResult, { keep, dry = false }: PlaceOrder): PlacedResult => {
    const fault = findResultFault(result, []);
    if (fault !== undefined) {
      if (!dry) shelf.results.delete(`${result.domain}/${result.key}`);
      return { kind: 'miss', reason: `a stored result is damaged (${fault})`, damaged: true };
    }
    const isKept = (path: string): boolean => [...keep].some((each) => isAtOrBelow(path, each));
    const step = `${result.workflow}/${result.step}`;
    const wanted = result.files.filter(({ path }) => !isKept(path));
    const paths = new Set(result.files.map(({ path }) => path));
    const extra = [...workspace.keys()].filter((path) => !paths.has(path) && !isKept(path) && result.folders.some((folder) => isAtOrBelow(path, folder)));
    const isOwn = (path: string): boolean => owned.get(path)?.step === step && isSame(owned.get(path)?.file, workspace.get(path));
    const foreign = extra.find((path) => workspace.get(path)?.kind !== 'folder' && !isIgnored(path) && !isOwn(path));
    if (foreign !== undefined) return { kind: 'miss', reason: `${foreign} lies in an output folder, where no earlier result of this step has put it`, damaged: false };
    for (const path of extra) if (!isHolding(workspace, path, (below) => isKept(below))) workspace.delete(path);
    let written = 0;
    for (const stored of wanted) {
      const file = read(stored);
      if (!dry) owned.set(stored.path, { step, file });
      if (isSame(file, workspace.get(stored.path))) continue;
      for (let end = stored.path.indexOf('/'); end !== -1; end = stored.path.indexOf('/', end + 1)) workspace.set(stored.path.slice(0, end), { kind: 'folder' });
      workspace.set(stored.path, file);
      written += 1;
    }
    return { kind: 'placed', written };
  };

  const read = (stored: StoredFile): FakeFile => (stored.kind === 'file' ? { kind: 'file', text: shelf.contents.get(stored.digest) ?? '', executable: stored.executable } : stored.kind === 'link' ? { kind: 'link', target: stored.target } : { kind: 'folder' });

  const save = async (given: Omit<StoredResult, 'domain' | 'files'>, from: SavedFrom): Promise<SavedResult> => {
    const paths = [...workspace.keys()].filter((path) => from.paths.some((asked) => isAtOrBelow(path, asked))).sort();
    const files = paths.map((path) => describe(path, workspace.get(path) ?? { kind: 'folder' }));
    const missing = from.paths.find((path) => !workspace.has(path));
    if (missing !== undefined) return { kind: 'refused', reason: `${missing} is not there`, files };
    const texts = [...paths.map((path) => [path, textOf(workspace.get(path))] as const), ['the name of an output file', paths.join('\n')] as const];
    for (const [path, text] of texts) if (from.holdsSecret !== null && (await from.holdsSecret(once(Buffer.from(text))))) return { kind: 'refused', reason: `${path} holds a secret`, files };
    const fault = findResultFault({ files, folders: given.folders }, []);
    if (fault !== undefined) return { kind: 'refused', reason: `the outputs cannot be kept: ${fault}`, files };
    const problem = isBroken();
    if (problem !== undefined) return { kind: 'unavailable', reason: problem, files };
    for (const path of paths) {
      const file = workspace.get(path) ?? { kind: 'folder' };
      owned.set(path, { step: `${given.workflow}/${given.step}`, file });
      if (file.kind === 'file') shelf.contents.set(digestOf(file.text), file.text);
    }
    const text = from.log === null ? undefined : logs.get(from.log);
    const log = text === undefined ? null : { digest: digestOf(text), size: Buffer.byteLength(text) };
    if (log !== null && text !== undefined) shelf.contents.set(log.digest, text);
    shelf.results.set(`${domains.write}/${given.key}`, { ...given, domain: domains.write, files, log });
    return { kind: 'saved', files };
  };

  return {
    find,
    place,
    save,
    withdraw: (key) => void shelf.results.set(`${domains.write}/${key}`, 'withdrawn'),
    readLog: ({ log }) => {
      const text = log === null ? undefined : shelf.contents.get(log.digest);
      return text === undefined ? undefined : Buffer.from(text);
    },
  };
}

function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function isHolding(workspace: ReadonlyMap<string, FakeFile>, folder: string, wanted: (path: string) => boolean): boolean {
  return [...workspace.keys()].some((path) => isAtOrBelow(path, folder) && wanted(path));
}

function isSame(one: FakeFile | undefined, other: FakeFile | undefined): boolean {
  return one !== undefined && JSON.stringify(one, Object.keys(one).sort()) === JSON.stringify(other, Object.keys(other ?? {}).sort());
}

function describe(path: string, file: FakeFile): StoredFile {
  if (file.kind === 'link') return { kind: 'link', path, target: file.target };
  if (file.kind === 'folder') return { kind: 'folder', path };
  return { kind: 'file', path, executable: file.executable, digest: digestOf(file.text), size: Buffer.byteLength(file.text) };
}

function textOf(file: FakeFile | undefined): string {
  return file?.kind === 'file' ? file.text : file?.kind === 'link' ? file.target : '';
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
