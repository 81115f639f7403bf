import { closeSync, constants, lstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGitFolder, findSharedFolder } from '../git-repository.js';
import type { IgnoreList } from './ignore-list.js';
import { asBytes, decideIgnored, readIgnoreList } from './ignore-list.js';

/** What git ignores by the files that everybody has: .gitignore in the folders of the workspace, and .git/info/exclude. */
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
  readonly lists: readonly { readonly list: IgnoreList; /** Bytes of a path up to the folder that it speaks of. */ readonly skip: number }[];
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
    const parent = folder === '' ? undefined : inFolder(folder.slice(0, Math.max(at, 0)));
    if (parent?.ignores(folder.slice(at + 1), true) === true) return ignored;
    const before = folder === '' ? '' : `${asBytes(folder)}/`;
    const own = readList(join(root, folder, '.gitignore'));
    const lists = [{ list: own, skip: before.length }, ...(parent?.lists ?? [{ list: readExclude(root), skip: 0 }])].filter(({ list }) => list.length > 0);
    return { isIgnored: false, lists, ignores: (name, isFolder) => lists.length > 0 && decide(lists, before, { name: asBytes(name), isFolder }) };
  };
  return { inFolder, forget: () => folders.clear() };
}

function decide(lists: Folder['lists'], before: string, { name, isFolder }: { readonly name: string; readonly isFolder: boolean }): boolean {
  const path = before + name;
  for (const { list, skip } of lists) {
    const decided = decideIgnored(list, { name, path: path.slice(skip), isFolder });
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
