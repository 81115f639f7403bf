import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { TracedPlace } from '../../../core/trace/follow-files.js';

/** File systems take their times from a clock that may be a tick behind. */
const tickMs = 10;

/** The workspace as it lies on the disk after a step has run that began at a moment. */
export function placeOfTrace(workspace: string, began: number): TracedPlace {
  const known = new Map<string, string>();
  const realPathOf = (path: string): string => {
    const found = known.get(path) ?? findRealPath(path, realPathOf);
    known.set(path, found);
    return found;
  };
  return {
    root: realPathOf(workspace),
    realPathOf,
    kindOf: (path) => {
      const stats = lookAt(path);
      return stats === undefined ? 'missing' : stats.isDirectory() ? 'folder' : 'file';
    },
    // What is gone again was most likely made for a while.
    isNew: (path) => (lookAt(path)?.birthtimeMs ?? Infinity) >= began - tickMs,
  };
}

function findRealPath(path: string, realPathOf: (path: string) => string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return dirname(path) === path ? path : join(realPathOf(dirname(path)), basename(path));
  }
}

function lookAt(path: string): ReturnType<typeof lstatSync> {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
