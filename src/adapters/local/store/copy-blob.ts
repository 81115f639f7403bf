import { chmodSync, closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, writeSync, type Stats } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { Content } from '../../../core/cache/stored-result.js';
import { digestFile, digestOf } from './digest.js';
import { readOrdinaryFile } from './read-ordinary-file.js';

/** Above this a file goes through the kernel, and others have their turn while it is read. */
export const mostAtOnce = 1024 * 1024;

export type CopiedBlob =
  | { readonly kind: 'copied'; /** Of the copy. */ readonly stats: Stats }
  | { readonly kind: 'absent' }
  /** `ownFault`: the content is another than its name says; else the result lies about its size. */
  | { readonly kind: 'damaged'; readonly ownFault: boolean; readonly reason: string }
  /** It cannot be read now, which says nothing about what it contains. */
  | { readonly kind: 'unreadable'; readonly error: unknown };

/** What a copy is made of: content that the store has to have, to a path where nothing is, with a mode. */
export interface BlobOrder {
  readonly blob: string;
  readonly content: Content;
  readonly target: string;
  readonly mode: number;
}

/** What is verified is what is written. A fault of writing is thrown. */
export function copySmallBlob({ blob, content, target, mode }: BlobOrder): CopiedBlob {
  const found = readOrdinaryFile(blob, mostAtOnce);
  if (found.kind === 'absent' || found.kind === 'unreadable') return found;
  if (found.kind === 'odd') return lstatSync(blob, { throwIfNoEntry: false })?.isFile() === true ? damaged(false, 'its size is another') : damaged(true, 'it is no ordinary file');
  const fault = findFault({ digest: digestOf(found.bytes), size: found.bytes.length }, content);
  if (fault !== undefined) return fault;
  const file = openSync(target, 'wx', mode);
  try {
    for (let at = 0; at < found.bytes.length; ) at += writeSync(file, found.bytes, at);
    // The umask of whoever runs decides nothing.
    fchmodSync(file, mode);
    return { kind: 'copied', stats: fstatSync(file) };
  } finally {
    closeSync(file);
  }
}

/** Shares the bytes where the file system can, and verifies the copy: nobody else writes that. */
export async function copyLargeBlob({ blob, content, target, mode }: BlobOrder): Promise<CopiedBlob> {
  const stats = lstatSync(blob, { throwIfNoEntry: false });
  if (stats === undefined) return { kind: 'absent' };
  if (!stats.isFile()) return damaged(true, 'it is no ordinary file');
  // Before anything is written: a lie about a size never fills a disk.
  if (stats.size !== content.size) return (await digestFile(blob)).digest === content.digest ? damaged(false, 'its size is another') : damaged(true, 'its content is another');
  await copyFile(blob, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  const fault = findFault(await digestFile(target), content);
  if (fault !== undefined) return fault;
  chmodSync(target, mode);
  return { kind: 'copied', stats: lstatSync(target) };
}

function findFault(found: Content, wanted: Content): CopiedBlob | undefined {
  if (found.digest !== wanted.digest) return damaged(true, 'its content is another');
  return found.size === wanted.size ? undefined : damaged(false, 'its size is another');
}

function damaged(ownFault: boolean, reason: string): CopiedBlob {
  return { kind: 'damaged', ownFault, reason };
}
