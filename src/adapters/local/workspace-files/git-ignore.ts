import { closeSync, constants, lstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGitFolder, findSharedFolder } from '../git-repository.js';
import type { IgnoreList } from './ignore-list.js';
import { asBytes, decideIgnored, readIgnoreList } from './ignore-list.js';

/**
 * What git ignores by .gitignore in the folders of the workspace, and .git/info/exclude; nobody's own settings, because keys
 * are the same for all. What git tracks though a pattern fits it is taken for ignored: only git's index could tell.
 */
export interface GitIgnore {
  /** Folders are named from the root on, `''` is the root; none of them may be a link. */
  readonly inFolder: (folder: string) => FolderIgnores;
  readonly forget: () => void;
}

export interface FolderIgnores {
  /** The folder itself is ignored, and with it everything in it. */
  readonly isIgnored: boolean;
  readonly ignores: (name: string, isFolder: boolean) => boolean;
}

interface Folder extends FolderIgnores {
  /** The nearest .gitignore first, and info/exclude at the end: the first that says something decides. */
  readonly lists: readonly FolderList[];
}

interface FolderList {
  readonly list: IgnoreList;
  /** The folder, seen from the one that the list speaks of. */
  readonly before: string;
}

const ignored: Folder = { isIgnored: true, ignores: () => true, lists: [] };

export function openGitIgnore(root: string): GitIgnore {
  const folders = new Map<string, Folder>();
  const inFolder = (folder: string): Folder => {
    const known = folders.get(folder) ?? readFolder(folder);
    folders.set(folder, known);
    return known;
  };
  const readFolder = (folder: string): Folder => {
    const at = folder.lastIndexOf('/');
    const name = folder.slice(at + 1);
    const parent = folder === '' ? undefined : inFolder(folder.slice(0, Math.max(at, 0)));
    if (parent?.ignores(name, true) === true) return ignored;
    const above = parent?.lists.map(({ list, before }) => ({ list, before: `${before}${asBytes(name)}/` })) ?? [{ list: readExclude(root), before: '' }];
    const lists = [{ list: readList(join(root, folder, '.gitignore')), before: '' }, ...above].filter(({ list }) => list.length > 0);
    return { isIgnored: false, lists, ignores: (each, isFolder) => lists.length > 0 && decide(lists, asBytes(each), isFolder) };
  };
  return { inFolder, forget: () => folders.clear() };
}

function decide(lists: readonly FolderList[], name: string, isFolder: boolean): boolean {
  for (const { list, before } of lists) {
    const decided = decideIgnored(list, before, name, isFolder);
    if (decided !== undefined) return decided;
  }
  return false;
}

function readExclude(root: string): IgnoreList {
  const own = findGitFolder(root);
  return own === undefined ? [] : readList(join(findSharedFolder(own), 'info', 'exclude'));
}

/** Git does not follow a .gitignore that is a link; and a pipe of that name must keep nobody waiting. */
function readList(path: string): IgnoreList {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [];
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return readIgnoreList(readFileSync(file, 'latin1'));
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
}
