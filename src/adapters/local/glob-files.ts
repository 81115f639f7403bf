import { lstatSync, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PathPattern, Progress } from './path-pattern.js';
import { advance, compilePattern, coversAll, isMatch, start } from './path-pattern.js';
import { isOnWayToTakenUp, isReserved, leadsToReserved, namesTakenUp } from './reserved-paths.js';

interface Walk {
  readonly root: string;
  readonly patterns: readonly PathPattern[];
  readonly found: Set<string>;
  /** Folders that links have led to, with what is wanted of them: each is walked once, so that circles end. */
  readonly followed: Set<string>;
}

/** The files below the root that the patterns name, later ones with `!` taking away: sorted by code unit, with `/`. */
export function globFiles(root: string, written: readonly string[]): readonly string[] {
  const patterns = written.flatMap((each) => [...compilePattern(each), ...literally(root, each)]);
  const walk: Walk = { root, patterns, found: new Set(), followed: new Set() };
  walkFolder(walk, '', patterns.map(start));
  return [...walk.found].sort();
}

/** A name such as `app/[id]/page.tsx` means itself where it is there, beside what its wildcards mean. */
function literally(root: string, written: string): readonly PathPattern[] {
  const takesAway = written.startsWith('!');
  const path = takesAway ? written.slice(1) : written;
  if (!/[*?[{\\]/u.test(path) || path.includes('\0') || !isThere(join(root, path))) return [];
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) return [];
  return [{ takesAway, parts: names.map((name) => ({ kind: 'literal', name })), standsForFolder: true }];
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Below a file there is nothing.
    return false;
  }
}

function walkFolder(walk: Walk, folder: string, progress: readonly Progress[]): void {
  for (const entry of readFolder(join(walk.root, folder))) {
    const isSpecial = isReserved(entry.name);
    if (isSpecial && !isOnWayToTakenUp(folder, entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const next = walk.patterns.map((pattern, index) => (isSpecial && !pattern.takesAway && !namesTakenUp(pattern) ? [] : advance(pattern, progress[index] ?? [], entry.name)));
    const mayHold = mayHoldMatches(walk.patterns, next);
    const named = isNamed(walk.patterns, next);
    if (!mayHold && !named) continue;
    const kind = entry.isSymbolicLink() ? followLink(walk, path, next) : entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
    if (kind === 'folder' && mayHold) walkFolder(walk, path, next);
    if (kind === 'file' && named) walk.found.add(path);
  }
}

/** The last pattern that fits decides. */
function isNamed(patterns: readonly PathPattern[], progress: readonly Progress[]): boolean {
  const last = patterns.findLastIndex((pattern, index) => isMatch(pattern, progress[index] ?? []));
  return patterns[last]?.takesAway === false;
}

function mayHoldMatches(patterns: readonly PathPattern[], progress: readonly Progress[]): boolean {
  for (let index = patterns.length - 1; index >= 0; index--) {
    const pattern = patterns[index];
    const reached = progress[index] ?? [];
    if (pattern === undefined || reached.length === 0) continue;
    if (!pattern.takesAway) return true;
    if (coversAll(pattern, reached)) return false;
  }
  return false;
}

/** A link to a folder that holds it leads to nothing new. */
function followLink(walk: Walk, path: string, progress: readonly Progress[]): 'folder' | 'file' | 'other' {
  try {
    const real = realpathSync.native(join(walk.root, path));
    if (!isBelow(real, walk.root) || leadsToReserved(relative(walk.root, real).split(sep))) return 'other';
    const stats = statSync(real);
    if (!stats.isDirectory()) return stats.isFile() ? 'file' : 'other';
    if (isBelow(realpathSync.native(join(walk.root, path, '..')), real)) return 'other';
    const visit = `${real}\0${progress.join(';')}`;
    if (walk.followed.has(visit)) return 'other';
    walk.followed.add(visit);
    return 'folder';
  } catch {
    return 'other';
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** In code-unit order, so that what a walk finds never hangs on the file system. */
function readFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
