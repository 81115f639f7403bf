import { lstatSync, type Stats } from 'node:fs';
import { readErrorCode } from '../processes/error-code.js';
import type { PlacedIndex } from './placed-index.js';
import type { TemporaryNames } from './temporary-names.js';

/** A folder and what nobody may touch in it. */
export interface Ground {
  readonly root: string;
  /** Folders of the workspace that hold Tollgate's own state. */
  readonly reserved: readonly string[];
}

/** The workspace, as results are brought to it and taken from it. */
export interface Site extends Ground {
  readonly index: PlacedIndex;
  readonly names: TemporaryNames;
  readonly isIgnored: (path: string) => boolean;
}

export function absolute({ root }: Ground, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}

/** What lies at a path, links not followed; nothing where nothing can be seen. */
export function lookAt(site: Ground, path: string): Stats | undefined {
  try {
    return lstatSync(absolute(site, path), { throwIfNoEntry: false });
  } catch (error) {
    if (readErrorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
