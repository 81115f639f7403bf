import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, symlinkSync, unlinkSync, type Stats } from 'node:fs';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { folderOf, absolute, lookAt, type Ground } from './site.js';
import { removeQuietly } from './remove-quietly.js';
import { createWays } from './way-to.js';

/** A file that is ready beside its place, under a temporary name. */
export interface StagedFile {
  readonly path: string;
  readonly temporary: string;
  readonly stats: Stats;
}

export interface Placing {
  readonly wanted: readonly StoredFile[];
  readonly staged: ReadonlyMap<string, StagedFile>;
  readonly cleared: readonly string[];
  /** Where what lies at a path goes meanwhile, so that it can come back. */
  readonly asideOf: (path: string) => string;
  /** Something lies there still under a temporary name, and could be neither put back nor removed. */
  readonly onLeft?: () => void;
}

/**
 * All at once and without a pause, so that nobody sees half of a result but for a crash: what lies in the way goes aside, what
 * is staged comes to its place. When one of it fails, all that was done is undone and the error thrown.
 */
export function placeFiles(site: Ground, { wanted, staged, cleared, asideOf, onLeft = () => undefined }: Placing): void {
  const undo: (() => void)[] = [];
  const aside: string[] = [];
  const putAside = (path: string): void => {
    const away = asideOf(path);
    renameSync(absolute(site, path), absolute(site, away));
    undo.push(() => renameSync(absolute(site, away), absolute(site, path)));
    aside.push(away);
  };
  const makeFolders = (folder: string): void => {
    if (lookAt(site, folder) !== undefined) return;
    makeFolders(folderOf(folder));
    mkdirSync(absolute(site, folder), { mode: 0o755 });
    undo.push(() => rmdirSync(absolute(site, folder)));
  };
  try {
    for (const path of cleared) putAside(path);
    const wayTo = createWays(site);
    for (const file of wanted) {
      const way = wayTo(file.path);
      if (way.kind === 'blocked') throw new Error(`${way.by} is no folder any more`);
      makeFolders(file.kind === 'folder' ? file.path : folderOf(file.path));
      if (file.kind === 'folder') continue;
      if (lookAt(site, file.path) !== undefined) putAside(file.path);
      undo.push(bring(site, file, staged.get(file.path)));
    }
  } catch (error) {
    for (const takeBack of undo.reverse()) if (!attempt(takeBack)) onLeft();
    throw error;
  }
  for (const away of aside) if (!removeOpening(absolute(site, away))) onLeft();
}

/** Answers how it is taken back. */
function bring(site: Ground, file: Exclude<StoredFile, { readonly kind: 'folder' }>, staged: StagedFile | undefined): () => void {
  const target = absolute(site, file.path);
  if (file.kind === 'link') symlinkSync(file.target, target);
  else if (staged !== undefined) renameSync(absolute(site, staged.temporary), target);
  return () => unlinkSync(target);
}

function removeOpening(path: string): boolean {
  if (removeQuietly(path) === undefined) return true;
  openFolders(path);
  return removeQuietly(path) === undefined;
}

/** Caches of packages forbid writing to their folders. */
function openFolders(path: string): void {
  attempt(() => {
    if (!lstatSync(path).isDirectory()) return;
    chmodSync(path, 0o700);
    for (const name of readdirSync(path)) openFolders(`${path}/${name}`);
  });
}

function attempt(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
