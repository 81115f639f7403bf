import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { findPathFault } from '../store/path-faults.js';

export interface RemovalOrder {
  readonly workspace: string;
  /** Paths of the workspace that belong to Tollgate. */
  readonly reserved: readonly string[];
  /** What was declared: files, links, and folders with all in them. */
  readonly paths: readonly string[];
  /** Milliseconds since 1970: what was touched later is somebody else's work. */
  readonly endedAt: number;
  readonly isTracked: (path: string) => boolean;
}

export interface Removal {
  readonly files: readonly string[];
  /** Those that were declared, and what lies in them; the deepest first. They go when nothing is left in them. */
  readonly folders: readonly string[];
  readonly kept: readonly { readonly path: string; readonly reason: string }[];
}

/** The end is told in whole milliseconds, the times of files more finely. */
const roundingMs = 1;

/** Which of the declared paths may go: nothing outside the workspace, nothing that git has, nothing that was touched since. */
export function findRemovable(order: RemovalOrder): Removal {
  const files = new Set<string>();
  const folders = new Set<string>();
  const kept = new Map<string, string>();
  const keep = (path: string, reason: string): void => void kept.set(path, reason);

  const look = (path: string): void => {
    const fault = findPathFault(path, order.reserved);
    if (fault !== undefined) return keep(path, fault);
    const stats = lookAt(order.workspace, path);
    if (stats === undefined) return;
    if (stats.isDirectory()) {
      folders.add(path);
      for (const name of list(join(order.workspace, path))) look(`${path}/${name}`);
      return;
    }
    if (!stats.isFile() && !stats.isSymbolicLink()) return keep(path, 'it is neither a file nor a link');
    if (order.isTracked(path)) return keep(path, 'git has it');
    // Its times can be set back, but for this one.
    if (stats.ctimeMs > order.endedAt + roundingMs) return keep(path, 'it was touched after the run');
    files.add(path);
  };

  for (const path of order.paths) {
    const blocked = findBlockedWay(order.workspace, path);
    if (blocked === undefined) look(path);
    else keep(path, `${blocked} is a link, and nothing is removed through one`);
  }
  return { files: [...files].sort(), folders: [...folders].sort().reverse(), kept: [...kept].map(([path, reason]) => ({ path, reason })) };
}

/** The first folder on the way to a path that is none. */
function findBlockedWay(workspace: string, path: string): string | undefined {
  const names = path.split('/');
  for (let count = 1; count < names.length; count++) {
    const folder = names.slice(0, count).join('/');
    if (findPathFault(folder, []) !== undefined) return undefined;
    if (lookAt(workspace, folder)?.isSymbolicLink() === true) return folder;
  }
  return undefined;
}

function lookAt(workspace: string, path: string): Stats | undefined {
  try {
    return lstatSync(join(workspace, path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
