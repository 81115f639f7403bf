import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileText, WorkspaceReader } from '../../ports/workspace-reader.js';
import { describeFileProblem } from './describe-file-problem.js';
import { globFiles } from './glob-files.js';
import { leadsToReserved } from './reserved-paths.js';

type Located = { readonly kind: 'inside'; readonly path: string; readonly stats: Stats } | { readonly kind: 'missing' } | { readonly kind: 'outside' };

/** The files below a folder: what leads out of it, by `..` or by a link, and what lies in .git or .tollgate is `outside`, but for artifacts that were taken up. */
export function createFileWorkspaceReader(workspace: string): WorkspaceReader {
  const root = realPath(resolve(workspace)) ?? resolve(workspace);
  const find = (path: string): Located => locate(root, path);
  const findFile = (path: string): Extract<Located, { kind: 'inside' }> | undefined => {
    const found = find(path);
    return found.kind === 'inside' && found.stats.isFile() ? found : undefined;
  };
  return {
    readText: (path) => readText(find(path)),
    kindOf: (path) => {
      const found = find(path);
      if (found.kind !== 'inside') return found.kind;
      return found.stats.isDirectory() ? 'folder' : 'file';
    },
    sizeOf: (path) => findFile(path)?.stats.size,
    digestOf: (path) => {
      const file = findFile(path);
      return file === undefined ? undefined : digest(file.path);
    },
    glob: (patterns) => globFiles(root, patterns),
  };
}

function locate(root: string, written: string): Located {
  if (written.includes('\0')) return { kind: 'missing' };
  const path = resolve(root, written);
  if (!isInside(root, path)) return { kind: 'outside' };
  const real = realPath(path);
  if (real === undefined) return { kind: nearestRealFolderIsInside(root, path) ? 'missing' : 'outside' };
  if (!isInside(root, real)) return { kind: 'outside' };
  const stats = statSync(real, { throwIfNoEntry: false });
  return stats === undefined ? { kind: 'missing' } : { kind: 'inside', path: real, stats };
}

/** What is not there yet counts as inside when the folder that would hold it does. */
function nearestRealFolderIsInside(root: string, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const real = realPath(folder);
    if (real !== undefined) return isInside(root, real);
    if (folder === dirname(folder)) return false;
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way) && !leadsToReserved(way.split(sep)));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function readText(found: Located): FileText {
  if (found.kind !== 'inside') return found;
  if (found.stats.isDirectory()) return { kind: 'unreadable', reason: 'it is a folder' };
  if (!found.stats.isFile()) return { kind: 'unreadable', reason: 'it is no ordinary file' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8').decode(readFileSync(found.path)) };
  } catch (error) {
    return { kind: 'unreadable', reason: describeFileProblem(error) };
  }
}

const chunkSize = 1024 * 1024;

/** In pieces: a file may be larger than the memory. */
function digest(path: string): string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const hash = createHash('sha256');
      const chunk = Buffer.allocUnsafe(chunkSize);
      for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) hash.update(chunk.subarray(0, length));
      return hash.digest('hex');
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
