import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { isExecutable } from '../store/compare-content.js';
import { mostAtOnce } from '../store/copy-blob.js';
import { digestFile, digestOf } from '../store/digest.js';
import { readOrdinaryFile } from '../store/read-ordinary-file.js';
import { eachOf } from '../store/side-by-side.js';

/** Whether a folder holds these files and nothing else, every byte of them read. */
export async function holdsExactly(folder: string, files: readonly StoredFile[]): Promise<boolean> {
  try {
    const wanted = new Set([...files.map(({ path }) => path), ...files.flatMap(({ path }) => foldersAbove(path))]);
    if (listBelow(folder, '').some((path) => !wanted.delete(path)) || wanted.size > 0) return false;
    let isSame = true;
    await eachOf(files, async (file) => {
      if (isSame && !(await isThere(`${folder}/${file.path}`, file))) isSame = false;
    });
    return isSame;
  } catch {
    return false;
  }
}

function foldersAbove(path: string): readonly string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

function listBelow(root: string, folder: string): readonly string[] {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? [path, ...listBelow(root, path)] : [path];
  });
}

export async function isThere(path: string, file: StoredFile): Promise<boolean> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (file.kind === 'folder') return stats.isDirectory();
  if (file.kind === 'link') return stats.isSymbolicLink() && readlinkSync(path) === file.target;
  return stats.isFile() && stats.size === file.size && isExecutable(stats) === file.executable && (await readDigest(path, stats.size)) === file.digest;
}

async function readDigest(path: string, size: number): Promise<string | undefined> {
  if (size > mostAtOnce) return (await digestFile(path)).digest;
  const found = readOrdinaryFile(path, mostAtOnce);
  return found.kind === 'read' ? digestOf(found.bytes) : undefined;
}
