import { lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readTakenUpPath } from '../../../core/artifact/taken-up-path.js';
import type { InputFile } from '../../../core/cache/key-sheet.js';
import { isReserved, leadsToReserved } from '../reserved-paths.js';
import { makerOf } from '../store/temporary-names.js';
import { openGitIgnore } from './git-ignore.js';
import type { FingerprintReader } from './read-fingerprint.js';

/** What lies at a path; `hidden` is what may be there and cannot be looked at. */
export type Seen =
  | { readonly kind: 'file'; readonly file: InputFile }
  | { readonly kind: 'link'; readonly target: string; /** Where it really leads, inside the workspace. */ readonly leadsTo: string | undefined }
  | { readonly kind: 'folder' | 'other' | 'hidden' };

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'link' | 'folder' | 'other';
  readonly ignored: boolean;
}

/**
 * The workspace, each thing of it looked at once until it is forgotten. Paths go from the root on, `''` is the root. Where
 * one is called `real`, no folder of it is a link.
 */
export interface WorkspaceView {
  readonly root: string;
  readonly see: (real: string) => Seen | undefined;
  /** The real path of a path: the links to folders of the workspace on its way are followed, what it names itself is not. */
  readonly realPathOf: (path: string) => string | undefined;
  /** The real folder that a path names, by links too. */
  readonly folderAt: (path: string) => string | undefined;
  /** In code-unit order, so that what a walk finds never hangs on the file system. */
  readonly list: (real: string) => readonly Entry[] | 'hidden';
  /** By itself, by a folder that it lies in, or by where the links on its way lead. */
  readonly isIgnored: (path: string) => boolean;
  readonly forgetOne: (real: string) => void;
  readonly forget: () => void;
}

const nothing: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']);

export function openWorkspaceView(root: string, readFingerprint: FingerprintReader): WorkspaceView {
  const ignores = openGitIgnore(root);
  const seen = new Map<string, Seen | undefined>();
  const folders = new Map<string, string | undefined>();
  const lists = new Map<string, readonly Entry[] | 'hidden'>();
  const ignored = new Map<string, boolean>();

  const see = (real: string): Seen | undefined => remember(seen, real, lookAt);
  const lookAt = (real: string): Seen | undefined => {
    try {
      const path = `${root}/${real}`;
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return undefined;
      if (stats.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path), leadsTo: followLink(root, path) };
      if (!stats.isFile()) return { kind: stats.isDirectory() ? 'folder' : 'other' };
      const file = readFingerprint(real, stats);
      return file && { kind: 'file', file };
    } catch (error) {
      return nothing.has((error as NodeJS.ErrnoException).code) ? undefined : { kind: 'hidden' };
    }
  };

  const realPathOf = (path: string): string | undefined => (isOurs(path) ? undefined : locate(path));
  const locate = (path: string): string | undefined => {
    const { parent, name } = split(path);
    if (isReserved(name) && path !== ours) return undefined;
    const folder = locateFolder(parent);
    return folder === undefined ? undefined : folder === parent ? path : below(folder, name);
  };
  const folderAt = (path: string): string | undefined => (isOurs(path) ? undefined : locateFolder(path));
  const locateFolder = (path: string): string | undefined => (path === '' ? '' : remember(folders, path, findFolder));
  const findFolder = (path: string): string | undefined => {
    const real = locate(path);
    const found = real === undefined ? undefined : see(real);
    if (found?.kind !== 'link') return found?.kind === 'folder' ? real : undefined;
    return found.leadsTo !== undefined && (found.leadsTo === '' || see(found.leadsTo)?.kind === 'folder') ? found.leadsTo : undefined;
  };

  const list = (real: string): readonly Entry[] | 'hidden' => remember(lists, real, readEntries);
  const readEntries = (real: string): readonly Entry[] | 'hidden' => {
    try {
      const rules = ignores.inFolder(real);
      const entries: Entry[] = [];
      for (const entry of readdirSync(join(root, real), { withFileTypes: true })) {
        const { name } = entry;
        // What is being brought to its place bears a name of ours for a moment.
        if (name.startsWith('.') && (isReserved(name) || makerOf(name) !== undefined)) continue;
        const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other';
        entries.push({ name, kind, ignored: rules.ignores(name, kind === 'folder') });
      }
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      return nothing.has((error as NodeJS.ErrnoException).code) ? [] : 'hidden';
    }
  };

  const isIgnored = (path: string): boolean => path !== '' && remember(ignored, path, findIgnored);
  const findIgnored = (path: string): boolean => {
    const { parent, name } = split(path);
    if (isIgnored(parent)) return true;
    // What is not there yet is judged as it would be there.
    const folder = locateFolder(parent) ?? (see(parent) === undefined ? parent : undefined);
    if (folder === undefined || isReserved(name)) return false;
    const target = locateFolder(path);
    return ignores.inFolder(folder).ignores(name, target === below(folder, name)) || (target !== undefined && ignores.inFolder(target).isIgnored);
  };

  return {
    root, see, realPathOf, folderAt, list, isIgnored,
    forgetOne: (real) => void seen.delete(real),
    forget: () => [seen, folders, lists, ignored, ignores].forEach((each) => ('clear' in each ? each.clear() : each.forget())),
  };
}

const ours = '.tollgate';

/** Nothing of ours counts but what was taken up from elsewhere, by its own path. */
function isOurs(path: string): boolean {
  return path.startsWith(ours) && (path === ours || path.startsWith(`${ours}/`)) && readTakenUpPath(path) === undefined;
}

function remember<T>(known: Map<string, T>, key: string, find: (key: string) => T): T {
  const value = known.get(key);
  if (value !== undefined || known.has(key)) return value as T;
  const found = find(key);
  known.set(key, found);
  return found;
}

/** The path of what lies in a folder. */
export function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function split(path: string): { readonly parent: string; readonly name: string } {
  const at = path.lastIndexOf('/');
  return { parent: path.slice(0, Math.max(at, 0)), name: path.slice(at + 1) };
}

/** Nothing where it leads out of the workspace, into what never counts, nowhere or round in a circle. */
function followLink(root: string, path: string): string | undefined {
  try {
    const names = relative(root, realpathSync.native(path)).split(sep);
    return names[0] === '..' || leadsToReserved(names) ? undefined : names.join('/');
  } catch {
    return undefined;
  }
}
