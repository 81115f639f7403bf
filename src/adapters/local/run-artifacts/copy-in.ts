import { chmodSync, constants, createReadStream, lstatSync, mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import type { KeptFrom } from '../../../ports/artifact-store.js';
import { isExecutable } from '../store/compare-content.js';
import { mostAtOnce } from '../store/copy-blob.js';
import { digestFile, digestOf } from '../store/digest.js';
import { isSameStamp } from '../store/file-stamp.js';
import type { FoundPath } from '../store/find-captured.js';
import { readOrdinaryFile } from '../store/read-ordinary-file.js';
import { absolute, type Ground } from '../store/site.js';
import { once } from '../store/take-in.js';
import { describeFileProblem } from '../describe-file-problem.js';

/** What is no folder. */
export type FoundLeaf = FoundPath & { readonly kind: 'file' | 'link' };

export interface CopyingIn {
  readonly ground: Ground;
  /** Where the copies go. */
  readonly target: string;
  readonly holdsSecret: KeptFrom['holdsSecret'];
}

export type CopiedIn = { readonly kind: 'copied'; readonly file: StoredFile } | { readonly kind: 'refused'; readonly reason: string };

/** A copy of what lies at a path of the workspace. What is told of it is what was copied. */
export async function copyIn(copying: CopyingIn, found: FoundLeaf): Promise<CopiedIn> {
  const { path } = found;
  const target = `${copying.target}/${path}`;
  mkdirSync(dirname(target), { recursive: true });
  switch (found.kind) {
    case 'link': return copyLink(copying, path, target);
    case 'file': return found.stats.size > mostAtOnce ? await copyLarge(copying, found, target) : await copySmall(copying, found, target);
  }
}

function copyLink({ ground }: CopyingIn, path: string, target: string): CopiedIn {
  const leadsTo = readlinkSync(absolute(ground, path));
  symlinkSync(leadsTo, target);
  return { kind: 'copied', file: { kind: 'link', path, target: leadsTo } };
}

async function copySmall({ ground, holdsSecret }: CopyingIn, { path, stats }: FoundPath, target: string): Promise<CopiedIn> {
  const found = readOrdinaryFile(absolute(ground, path), mostAtOnce);
  if (found.kind === 'unreadable') return cannotRead(path, found.error);
  if (found.kind !== 'read' || found.hasChanged || !isSameStamp(found.stats, stats)) return hasChanged(path);
  const { bytes } = found;
  if (holdsSecret !== null && (await holdsSecret(once(bytes)))) return isSecret(path);
  const executable = isExecutable(stats);
  writeFileSync(target, bytes, { flag: 'wx' });
  chmodSync(target, executable ? 0o755 : 0o644);
  return { kind: 'copied', file: { kind: 'file', path, executable, digest: digestOf(bytes), size: bytes.length } };
}

/** What is read is the copy: nobody writes that meanwhile. */
async function copyLarge({ ground, holdsSecret }: CopyingIn, { path, stats }: FoundPath, target: string): Promise<CopiedIn> {
  const source = absolute(ground, path);
  const problem = await tryCopy(source, target);
  if (problem !== undefined) return cannotRead(path, problem);
  const content = await digestFile(target);
  const now = lstatSync(source, { throwIfNoEntry: false });
  if (now === undefined || !isSameStamp(now, stats) || content.size !== stats.size) return hasChanged(path);
  if (holdsSecret !== null && (await holdsSecret(readPieces(target)))) return isSecret(path);
  const executable = isExecutable(stats);
  chmodSync(target, executable ? 0o755 : 0o644);
  return { kind: 'copied', file: { kind: 'file', path, executable, ...content } };
}

/** Shares the bytes where the file system can. Of what goes wrong only that speaks of the file which has its path. */
async function tryCopy(source: string, target: string): Promise<unknown> {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return error;
    throw error;
  }
}

/** Opened when it is asked for, and closed by whoever stops asking. */
async function* readPieces(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
}

function refused(reason: string): CopiedIn {
  return { kind: 'refused', reason };
}

function isSecret(path: string): CopiedIn {
  return refused(`${path} holds a secret`);
}

function hasChanged(path: string): CopiedIn {
  return refused(`${path} changed while it was read: what is still writing it?`);
}

function cannotRead(path: string, error: unknown): CopiedIn {
  return refused(`${path} cannot be read: ${describeFileProblem(error)}`);
}
