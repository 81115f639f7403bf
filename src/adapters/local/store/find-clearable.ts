import { readdirSync, readlinkSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { digestFileAtOnce } from './digest.js';
import { isSameStamp, isSettled } from './file-stamp.js';
import { contentOfLink, type PlacedEntry } from './placed-entry.js';
import { absolute, lookAt, type Site } from './site.js';
import { isGone, makerOf } from './temporary-names.js';

/** What may be taken away so that nothing of an earlier result is left at a path. */
export type Clearing =
  | { readonly kind: 'clear'; /** Files, and folders with all in them. */ readonly paths: readonly string[]; /** Nothing would be left. */ readonly isWhole: boolean }
  /** Somebody else's: it stays, and so nothing can be placed around it. */
  | { readonly kind: 'foreign'; readonly path: string };

export interface ClearOrder {
  /** The step whose earlier results may go. */
  readonly owner: string;
  readonly isKept: (path: string) => boolean;
}

/** A file may go when an earlier result of the step brought it and nobody changed it since, or when git ignores it. */
export function findClearable(site: Site, path: string, order: ClearOrder): Clearing {
  const maker = makerOf(basename(path));
  const stats = lookAt(site, path);
  if (stats === undefined) return clear([], true);
  if (maker !== undefined) return isGone(maker, Date.now() - stats.mtimeMs) ? clear([path], true) : clear([], false);
  if (order.isKept(path)) return clear([], false);
  if (!stats.isDirectory()) return site.isIgnored(path) || isOwn(site, path, stats, order.owner) ? clear([path], true) : { kind: 'foreign', path };
  const paths: string[] = [];
  let isWhole = true;
  for (const name of readdirSync(absolute(site, path)).sort()) {
    const found = findClearable(site, `${path}/${name}`, order);
    if (found.kind === 'foreign') return found;
    paths.push(...found.paths);
    isWhole &&= found.isWhole;
  }
  return isWhole ? clear([path], true) : clear(paths, false);
}

function clear(paths: readonly string[], isWhole: boolean): Clearing {
  return { kind: 'clear', paths, isWhole };
}

function isOwn(site: Site, path: string, stats: Stats, owner: string): boolean {
  const entry = site.index.entryOf(path);
  return entry?.owner === owner && (isUnchanged(entry, stats) || readContent(site, path, stats) === entry.content);
}

function isUnchanged({ stamp, seenAt }: PlacedEntry, stats: Stats): boolean {
  return isSameStamp(stamp, stats) && isSettled(stamp, seenAt);
}

function readContent(site: Site, path: string, stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return contentOfLink(readlinkSync(absolute(site, path)));
  return stats.isFile() ? digestFileAtOnce(absolute(site, path)).digest : undefined;
}
