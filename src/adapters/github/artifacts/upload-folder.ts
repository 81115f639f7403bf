import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';

/** In a folder that no artifact has a file in: no path of one goes through `.tollgate`. */
const own = '.tollgate';
export const manifestPath = `${own}/artifact`;
const contentsFolder = `${own}/contents`;
export const sealedPath = `${own}/sealed`;

/** What GitHub takes in a path; what archives make another of is left out too. */
const plain = /^[^\u0000-\u001f\u007f"<>:|*?\\]+$/u;

/** Where the bytes of a file lie in an upload: at its path, or by their digest where GitHub would refuse that. Links lie in the manifest. */
export function uploadPathOf(file: StoredFile): string | undefined {
  if (file.kind !== 'file') return undefined;
  return plain.test(file.path) ? file.path : `${contentsFolder}/${file.digest}`;
}

/** Makes a folder that holds an artifact, and nothing else, into one that GitHub takes. */
export function dressForUpload(folder: string, files: readonly StoredFile[]): void {
  const leftover = new Set<string>();
  for (const file of files) {
    const to = uploadPathOf(file);
    if (to === file.path) continue;
    if (to === undefined) rmSync(join(folder, file.path), { force: true });
    else {
      mkdirSync(join(folder, contentsFolder), { recursive: true });
      renameSync(join(folder, file.path), join(folder, to));
    }
    leftover.add(dirname(file.path));
  }
  for (const path of leftover) removeEmpty(folder, path);
}

/** Folders whose name GitHub would refuse hold nothing any more. */
function removeEmpty(root: string, path: string): void {
  if (path === '.' || readdirSync(join(root, path)).length > 0) return;
  rmSync(join(root, path), { recursive: true });
  removeEmpty(root, dirname(path));
}

export function writeUploadFile(folder: string, path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

/** Brings bytes that lie by their digest to their paths. Answers what is not as it was uploaded: something more, or no plain file. */
export function undressDownload(folder: string, files: readonly StoredFile[]): string | undefined {
  const expected = new Set([manifestPath, ...files.flatMap((file) => uploadPathOf(file) ?? [])]);
  const stray = findStray(folder, '', expected);
  if (stray !== undefined) return stray;
  for (const file of files) {
    const from = uploadPathOf(file);
    if (from === undefined || from === file.path) continue;
    mkdirSync(dirname(join(folder, file.path)), { recursive: true });
    try {
      copyFileSync(join(folder, from), join(folder, file.path));
    } catch (error) {
      // Whoever places it says that it is gone.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return undefined;
}

function findStray(root: string, folder: string, expected: ReadonlySet<string>): string | undefined {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const stray = findStray(root, path, expected);
      if (stray !== undefined) return stray;
    } else if (!entry.isFile()) return `its ${path} is no ordinary file`;
    else if (!expected.has(path)) return `its ${path} is not in its manifest`;
  }
  return undefined;
}
