import type { Stats } from 'node:fs';
import type { StoredFile, StoredResult } from '../../../core/cache/stored-result.js';
import type { Leaf } from './compare-content.js';
import { copyLargeBlob, copySmallBlob, mostAtOnce, type BlobOrder, type CopiedBlob } from './copy-blob.js';
import { digestFile } from './digest.js';
import { noteFolder } from './note-folder.js';
import { isAtOrBelow } from './path-faults.js';
import { placeFiles, type StagedFile } from './place-files.js';
import { contentOfLink, ownerOf } from './placed-entry.js';
import type { PlacingBook } from './placing-book.js';
import { removeQuietly } from './remove-quietly.js';
import { eachOf } from './side-by-side.js';
import { absolute, folderOf, lookAt, type Site } from './site.js';
import type { StoreLayout } from './store-layout.js';
import type { Survey } from './survey-places.js';
import { createWays } from './way-to.js';

export type Restored =
  | { readonly kind: 'restored'; readonly written: number }
  /** Not even what lay there before could be put back; whoever comes next does. */
  | { readonly kind: 'stuck'; readonly error: unknown }
  /** A blob is not what it has to be, or gone. */
  | { readonly kind: 'broken'; readonly file: StoredFile; readonly digest: string; readonly found: Exclude<CopiedBlob, { readonly kind: 'copied' }> };

export interface Restoring {
  readonly site: Site;
  readonly layout: StoreLayout;
  readonly book: PlacingBook;
  readonly result: StoredResult;
  readonly survey: Extract<Survey, { readonly kind: 'possible' }>;
}

type File = Extract<StoredFile, { readonly kind: 'file' }>;

/** Verifies and copies everything beside its place, and then places all of it. What fails is thrown, and has changed nothing. */
export async function restoreResult(restoring: Restoring): Promise<Restored> {
  const { site, book, survey, result } = restoring;
  const wanted = [...survey.wanted, ...(survey.unknown.length === 0 ? [] : await readUnknown(site, survey.unknown, ownerOf(result)))].sort((one, other) => (one.path < other.path ? -1 : 1));
  const files = wanted.filter((file): file is File => file.kind === 'file');
  const temporaryOf = nameBeside(site, files);
  const asides = new Map([...survey.cleared, ...wanted.map(({ path }) => path)].map((path) => [path, join(folderOf(path), site.names.next())]));
  book.note([...[...temporaryOf.values()].map((path) => [path, null] as const), ...[...asides].map(([path, aside]) => [aside, path] as const)]);
  const staged = new Map<string, StagedFile>();
  const undoing = { isDone: true };
  const onLeft = (): void => {
    undoing.isDone = false;
    book.hold();
  };
  try {
    const broken = await stageFiles(restoring, files, { temporaryOf, staged });
    if (broken !== undefined) return broken;
    placeFiles(site, { wanted, staged, cleared: survey.cleared, asideOf: (path) => asides.get(path) ?? '', onLeft });
    noteWhatIsPlaced(restoring, wanted, staged);
    return { kind: 'restored', written: wanted.length };
  } catch (error) {
    if (undoing.isDone) throw error;
    return { kind: 'stuck', error };
  } finally {
    for (const temporary of temporaryOf.values()) if (lookAt(site, temporary) !== undefined && removeQuietly(absolute(site, temporary)) !== undefined) book.hold();
  }
}

/** Large files that the index does not know: they may be right. */
async function readUnknown(site: Site, unknown: readonly Leaf[], owner: string): Promise<readonly Leaf[]> {
  const others: Leaf[] = [];
  for (const file of unknown) {
    const seenAt = Date.now();
    const stats = lookAt(site, file.path);
    const { digest } = await digestFile(absolute(site, file.path));
    if (file.kind === 'file' && stats !== undefined && digest === file.digest) site.index.note(file.path, { stats, seenAt, content: digest, owner });
    else others.push(file);
  }
  return others;
}

/** In the nearest folder that is there: whether the rest of the way can be made is seen when all is verified. */
function nameBeside(site: Site, files: readonly File[]): ReadonlyMap<string, string> {
  const wayTo = createWays(site);
  return new Map(files.map(({ path }) => {
    const way = wayTo(path);
    return [path, join(way.kind === 'open' ? folderOf(path) : way.nearest, site.names.next())];
  }));
}

interface Staging {
  readonly temporaryOf: ReadonlyMap<string, string>;
  readonly staged: Map<string, StagedFile>;
}

/** Answers the first blob that is not what it has to be. */
async function stageFiles({ site, layout }: Restoring, files: readonly File[], { temporaryOf, staged }: Staging): Promise<Restored | undefined> {
  let broken: Restored | undefined;
  const orderFor = (file: File, temporary: string): BlobOrder => ({ blob: layout.blobOf(file.digest), content: file, target: absolute(site, temporary), mode: file.executable ? 0o755 : 0o644 });
  await eachOf(files, async (file) => {
    const temporary = temporaryOf.get(file.path) ?? '';
    if (broken !== undefined) return;
    const order = orderFor(file, temporary);
    const found = file.size > mostAtOnce ? await copyLargeBlob(order) : copySmallBlob(order);
    if (found.kind === 'copied') staged.set(file.path, { path: file.path, temporary, stats: found.stats });
    else broken ??= { kind: 'broken', file, digest: file.digest, found };
  });
  return broken;
}

/** Of each file only what is surely still the one that was staged: a rename changes nothing of it but its ctime. */
function noteWhatIsPlaced({ site, result }: Restoring, wanted: readonly StoredFile[], staged: ReadonlyMap<string, StagedFile>): void {
  const owner = ownerOf(result);
  for (const file of wanted) {
    const seenAt = Date.now();
    const stats = lookAt(site, file.path);
    if (stats === undefined || file.kind === 'folder') continue;
    if (file.kind === 'link') site.index.note(file.path, { stats, seenAt, content: contentOfLink(file.target), owner });
    else if (isStill(staged.get(file.path)?.stats, stats)) site.index.note(file.path, { stats, seenAt, content: file.digest, owner });
  }
  for (const { kind, path } of result.files) if (kind === 'folder' && result.folders.some((folder) => isAtOrBelow(path, folder))) noteFolder(site, path, owner);
}

function isStill(staged: Stats | undefined, { ino, size, mtimeMs }: Stats): boolean {
  return staged?.ino === ino && staged.size === size && staged.mtimeMs === mtimeMs;
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
