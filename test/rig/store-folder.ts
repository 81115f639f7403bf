import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDirectoryResultStore, type DirectoryResultStore, type DirectoryStoreOptions } from '../../src/adapters/local/store/directory-result-store.js';
import { layOutStore, locateStore, type StoreLayout } from '../../src/adapters/local/store/store-layout.js';
import type { StoredResult } from '../../src/core/cache/stored-result.js';

/** A workspace with a store beside it, both gone after `dispose`. */
export interface StoreFolder {
  readonly root: string;
  readonly workspace: string;
  readonly layout: StoreLayout;
  readonly placedIndexFile: string;
  /** As another run: what the one before has learnt is kept first. */
  readonly open: (given?: Partial<DirectoryStoreOptions>) => DirectoryResultStore;
  readonly ignored: Set<string>;
  readonly write: (path: string, text: string | Uint8Array, executable?: boolean) => void;
  readonly link: (path: string, target: string) => void;
  readonly makeFolder: (path: string) => void;
  readonly remove: (path: string) => void;
  readonly list: () => Readonly<Record<string, string>>;
  readonly dispose: () => void;
}

export function createStoreFolder(): StoreFolder {
  const root = mkdtempSync(join(tmpdir(), 'tollgate-store-'));
  const workspace = join(root, 'workspace');
  mkdirSync(workspace);
  const place = locateStore(join(root, 'state'));
  const ignored = new Set<string>();
  const closing: (() => void)[] = [];
  const make = (path: string): string => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    return join(workspace, path);
  };
  return {
    root,
    workspace,
    layout: layOutStore(place.folder),
    placedIndexFile: place.placedIndexFile,
    ignored,
    open: (given) => {
      for (const close of closing.splice(0)) close();
      const store = openDirectoryResultStore({ ...place, workspace, domains: { write: 'local', read: ['local'] }, isIgnored: (path) => ignored.has(path), now: Date.now, ...given });
      closing.push(store.keep);
      return store;
    },
    write: (path, text, executable = false) => {
      writeFileSync(make(path), text);
      chmodSync(make(path), executable ? 0o755 : 0o644);
    },
    link: (path, target) => symlinkSync(target, make(path)),
    makeFolder: (path) => void mkdirSync(make(path), { recursive: true }),
    remove: (path) => rmSync(join(workspace, path), { recursive: true, force: true }),
    list: () => listFolder(workspace),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A store folder of its own for each test of a file. */
export function useStoreFolder(): () => StoreFolder {
  let folder: StoreFolder | undefined;
  beforeEach(() => {
    folder = createStoreFolder();
  });
  afterEach(() => folder?.dispose());
  return () => {
    if (folder === undefined) throw new Error('there is one in tests alone');
    return folder;
  };
}

/** Path → what lies there: `file a`, `program a`, `link a`, `folder`. */
export function listFolder(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const visit = (at: string, prefix: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      found[prefix + entry.name] = describePath(join(at, entry.name));
      if (entry.isDirectory()) visit(join(at, entry.name), `${prefix}${entry.name}/`);
    }
  };
  visit(folder, '');
  return Object.fromEntries(Object.entries(found).sort());
}

function describePath(path: string): string {
  const stats = lstatSync(path);
  if (stats.isDirectory()) return 'folder';
  if (stats.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (!stats.isFile()) return 'odd';
  return `${(stats.mode & 0o777) === 0o755 ? 'program' : 'file'} ${readFileSync(path, 'utf8')}`;
}

export const keyOf = (digit: string): string => digit.repeat(64);

/** A result of the step `build.zip`, whole but for what a store adds. */
export function describeResult(given: Partial<StoredResult> = {}): Omit<StoredResult, 'domain' | 'files'> {
  return {
    key: keyOf('a'), workflow: 'release', step: 'build.zip', definition: keyOf('d'), tollgateVersion: '1.2.3', createdAt: 1_790_000_000_000, durationMs: 1234, exitCode: 0,
    stdout: 'made ✔\n', outputs: { zip: 'dist/app.zip', count: 3, list: [null, true, { deep: 'value' }] }, costUsd: 0.25, tokens: 900, folders: [], log: null, ...given,
  };
}

/** Answers what the store has under a key, or fails. */
export function findResult(store: DirectoryResultStore, key = keyOf('a')): StoredResult {
  const found = store.find(key);
  if (found.kind !== 'hit') throw new Error(`no hit: ${JSON.stringify(found)}`);
  return found.result;
}
