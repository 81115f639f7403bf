import type { StoredFile, StoredResult } from '../../../core/cache/stored-result.js';
import { cutText } from '../../../core/output/cut-text.js';

/**
 * Why the files of a result may not be brought to their paths, whoever says so; nothing where they may. What passes stays
 * inside the workspace, leaves git and Tollgate alone, and means the same on a file system that ignores case.
 */
export function findResultFault({ files, folders }: Pick<StoredResult, 'files' | 'folders'>, reserved: readonly string[]): string | undefined {
  const seen: Seen = { spelled: new Map(), leaves: new Set(), parent: '' };
  const wholes = new Set(folders);
  let before: string | undefined;
  for (const file of files) {
    const { path } = file;
    const fault = findPathFault(path, reserved) ?? (file.kind === 'link' ? findLinkFault(path, file.target, reserved) : undefined);
    if (fault !== undefined) return `${cutText(path, 200)}: ${fault}`;
    if (before !== undefined && path <= before) return `${path} is named twice, or out of order`;
    before = path;
    const clash = findClash(seen, file);
    if (clash !== undefined) return clash;
    if (file.kind === 'folder') wholes.delete(path);
  }
  const [stray] = wholes;
  return stray === undefined ? undefined : `${stray} is an output folder, and no folder`;
}

interface Seen {
  /** As a file system that ignores case knows it → as it is written. */
  readonly spelled: Map<string, string>;
  /** What nothing can lie in. */
  readonly leaves: Set<string>;
  /** The folder whose way was checked last: files come folder by folder. */
  parent: string;
}

function findClash(seen: Seen, { path, kind }: StoredFile): string | undefined {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (parent !== seen.parent) {
    for (let end = parent.length; end > 0; end = parent.lastIndexOf('/', end - 1)) {
      const folder = parent.slice(0, end);
      if (seen.leaves.has(folder)) return `${path} lies in ${folder}, which is no folder`;
      const other = respell(seen, folder);
      if (other !== undefined) return `${folder} and ${other} differ in nothing but case`;
    }
    seen.parent = parent;
  }
  if (kind !== 'folder') seen.leaves.add(path);
  const other = respell(seen, path);
  return other === undefined ? undefined : `${path} and ${other} differ in nothing but case`;
}

function respell({ spelled }: Seen, path: string): string | undefined {
  const folded = (isPlain(path) ? path : path.normalize('NFC')).toLowerCase();
  const other = spelled.get(folded);
  if (other === undefined) spelled.set(folded, path);
  return other === path ? undefined : other;
}

/** Why no file may lie at this path of the workspace; nothing where one may. */
export function findPathFault(path: string, reserved: readonly string[]): string | undefined {
  if (path === '') return 'a path has to name something';
  if (path.startsWith('/')) return 'the path is absolute';
  if (path.includes('\0')) return 'the path has a NUL in it';
  if (!isPlain(path) && /\p{Surrogate}/u.test(path)) return 'the path is no text';
  for (const name of path.split('/')) {
    const fault = findNameFault(name);
    if (fault !== undefined) return fault;
  }
  return reserved.some((folder) => isAtOrBelow(path, folder)) ? 'the path belongs to Tollgate' : undefined;
}

function findNameFault(name: string): string | undefined {
  if (name === '') return 'a name in the path is empty';
  if (name === '.' || name === '..') return `the path goes by “${name}”`;
  const folded = fold(name);
  if (folded === '.git') return 'the path belongs to git';
  return folded === '.tollgate' ? 'the path belongs to Tollgate' : undefined;
}

/**
 * Why a link may not be made: it has to lead to a place inside the workspace. It may go up at its beginning alone: going up
 * after a name that is a link itself would lead elsewhere than it reads.
 */
export function findLinkFault(path: string, target: string, reserved: readonly string[]): string | undefined {
  if (target === '') return 'the link leads nowhere';
  if (target.startsWith('/')) return 'the link leads to an absolute path';
  if (target.includes('\0') || /\p{Surrogate}/u.test(target)) return 'where the link leads is no text';
  const names = path.split('/').slice(0, -1);
  let hasGoneDown = false;
  for (const name of target.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') {
      names.push(name);
      hasGoneDown = true;
    } else if (hasGoneDown) return 'the link goes down and up again';
    else if (names.pop() === undefined) return 'the link leads out of the workspace';
  }
  if (names.length === 0) return undefined;
  const fault = findPathFault(names.join('/'), reserved);
  return fault === undefined ? undefined : `the link leads where it may not: ${fault}`;
}

export function isAtOrBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path.charCodeAt(folder.length) === 0x2f);
}

/** Signs that some file systems do not see in a name. */
const unseen = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

function fold(name: string): string {
  return (isPlain(name) ? name : name.replace(unseen, '').normalize('NFC')).toLowerCase();
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/u.test(text);
}
