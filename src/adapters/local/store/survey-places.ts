import { readdirSync, type Stats } from 'node:fs';
import type { StoredFile, StoredResult } from '../../../core/cache/stored-result.js';
import { compareContent, type Leaf } from './compare-content.js';
import { findClearable, type ClearOrder } from './find-clearable.js';
import { noteFolder } from './note-folder.js';
import { isAtOrBelow } from './path-faults.js';
import { contentOfFolder, ownerOf } from './placed-entry.js';
import { absolute, folderOf, lookAt, type Site } from './site.js';
import { createWays, type Way } from './way-to.js';

/** How the places of a result stand, before anything is touched. */
export type Survey =
  | { readonly kind: 'possible'; /** To be made. */ readonly wanted: readonly StoredFile[]; /** To be read first. */ readonly unknown: readonly Leaf[]; /** To be taken away. */ readonly cleared: readonly string[] }
  | { readonly kind: 'impossible'; readonly reason: string };

interface Surveying {
  readonly site: Site;
  readonly order: ClearOrder;
  readonly wayTo: (path: string) => Way;
  readonly wanted: StoredFile[];
  readonly unknown: Leaf[];
  readonly cleared: Set<string>;
  /** The first thing in the way. */
  obstacle?: string;
}

/** Where everything is in place it costs one look at each path: what an unchanged folder lists is known from the index. */
export function surveyPlaces(site: Site, result: StoredResult, isKept: (path: string) => boolean): Survey {
  const surveying: Surveying = { site, order: { owner: ownerOf(result), isKept }, wayTo: createWays(site), wanted: [], unknown: [], cleared: new Set() };
  const present: PresentFolder[] = [];
  for (const file of result.files) {
    if (isKept(file.path)) continue;
    const stats = surveyPlace(surveying, file);
    if (stats?.isDirectory() === true && file.kind === 'folder' && result.folders.some((folder) => isAtOrBelow(file.path, folder))) present.push({ folder: file.path, stats });
  }
  if (present.length > 0) surveyFolders(surveying, result, present);
  const { obstacle, wanted, unknown, cleared } = surveying;
  return obstacle === undefined ? { kind: 'possible', wanted, unknown, cleared: [...cleared] } : { kind: 'impossible', reason: obstacle };
}

/** Answers what lies there. */
function surveyPlace(surveying: Surveying, file: StoredFile): Stats | undefined {
  const { site, wanted, unknown, order } = surveying;
  const stats = lookAt(site, file.path);
  if (file.kind === 'folder') {
    if (stats?.isDirectory() !== true) wanted.push(file);
    if (stats?.isSymbolicLink() === true) surveying.obstacle ??= `${file.path} is a link where a folder has to be`;
    else if (stats?.isDirectory() === false) clearPlace(surveying, file.path);
  } else {
    const comparison = stats === undefined ? 'other' : compareContent(site, file, stats, order.owner);
    // What the index knows lies where it was placed, by whatever way.
    if (comparison === 'same') return stats;
    if (comparison === 'unknown') unknown.push(file);
    else wanted.push(file);
    if (stats?.isDirectory() === true) clearPlace(surveying, file.path);
  }
  checkWay(surveying, file.path);
  return stats;
}

function checkWay(surveying: Surveying, path: string): void {
  const way = surveying.wayTo(path);
  if (way.kind !== 'blocked' || surveying.cleared.has(way.by)) return;
  surveying.obstacle ??= way.byLink ? `${way.by} is a link, and nothing is written through one (to ${path}): make it a folder` : `${way.by} is a file, and ${path} has to lie in it`;
}

/** Something of another kind lies there: it goes as what is left of an earlier result does, or not at all. */
function clearPlace(surveying: Surveying, path: string): void {
  const found = findClearable(surveying.site, path, surveying.order);
  if (found.kind === 'clear' && found.isWhole) surveying.cleared.add(path);
  else surveying.obstacle ??= `${found.kind === 'foreign' ? found.path : path} is in the way of ${path}`;
}

interface PresentFolder {
  readonly folder: string;
  readonly stats: Stats;
}

function surveyFolders(surveying: Surveying, { files }: StoredResult, present: readonly PresentFolder[]): void {
  const children = listChildren(files);
  for (const { folder, stats } of present) {
    const names = children.get(folder) ?? [];
    if (surveying.site.index.contentOf(folder, stats) !== contentOfFolder(names)) surveyFolder(surveying, folder, new Set(names));
  }
}

/** What lies in an output folder besides the result. */
function surveyFolder(surveying: Surveying, folder: string, belonging: ReadonlySet<string>): void {
  const { site, order, cleared } = surveying;
  const extra = readdirSync(absolute(site, folder)).filter((name) => !belonging.has(name)).sort();
  for (const name of extra) {
    const found = findClearable(site, `${folder}/${name}`, order);
    if (found.kind === 'clear') for (const path of found.paths) cleared.add(path);
    else surveying.obstacle ??= `${found.path} lies in the output folder ${folder}, where no earlier result of this step has put it: move it elsewhere, or list it in .gitignore`;
  }
  if (extra.length === 0) noteFolder(site, folder, order.owner);
}

/** Folder → the names of a result in it, in code-unit order. */
export function listChildren(files: readonly StoredFile[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { path } of files) {
    const folder = folderOf(path);
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    const names = children.get(folder);
    if (names === undefined) children.set(folder, [name]);
    else names.push(name);
  }
  for (const names of children.values()) names.sort();
  return children;
}
