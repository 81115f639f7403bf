import { folderOf, lookAt, type Ground } from './site.js';

/** How the folders above a path stand: only through real ones does anything get written. */
export type Way =
  | { readonly kind: 'open' }
  /** `nearest`: the last folder on it that is there. */
  | { readonly kind: 'missing'; readonly nearest: string }
  | { readonly kind: 'blocked'; readonly by: string; readonly byLink: boolean; readonly nearest: string };

/** Answers from one look at each folder; made anew where something may have changed. */
export function createWays(site: Ground): (path: string) => Way {
  const known = new Map<string, Way>([['', { kind: 'open' }]]);
  const wayInto = (folder: string): Way => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const above = wayInto(folderOf(folder));
    const way = above.kind === 'open' ? look(site, folder) : above;
    known.set(folder, way);
    return way;
  };
  return (path) => wayInto(folderOf(path));
}

function look(site: Ground, folder: string): Way {
  const stats = lookAt(site, folder);
  const nearest = folderOf(folder);
  if (stats === undefined) return { kind: 'missing', nearest };
  return stats.isDirectory() ? { kind: 'open' } : { kind: 'blocked', by: folder, byLink: stats.isSymbolicLink(), nearest };
}
