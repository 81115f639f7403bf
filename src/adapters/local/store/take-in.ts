import { chmodSync, constants, createReadStream, lstatSync, readlinkSync, type Stats } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { Content, StoredFile } from '../../../core/cache/stored-result.js';
import { readErrorCode } from '../processes/error-code.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { isExecutable } from './compare-content.js';
import { mostAtOnce } from './copy-blob.js';
import { digestFile, digestOf } from './digest.js';
import { isSameStamp } from './file-stamp.js';
import type { FoundPath } from './find-captured.js';
import { contentOfLink } from './placed-entry.js';
import { readOrdinaryFile } from './read-ordinary-file.js';
import { removeQuietly } from './remove-quietly.js';
import { absolute, type Site } from './site.js';
import type { StoreLayout } from './store-layout.js';
import type { StoreWriter } from './store-writer.js';

export interface TakingIn {
  readonly site: Site;
  readonly layout: StoreLayout;
  readonly writer: StoreWriter;
  readonly owner: string;
  readonly holdsSecret: ((bytes: AsyncIterable<Uint8Array>) => Promise<boolean>) | null;
  /** Why the result will not be kept: from then on contents are only told. */
  readonly refuse: (reason: string) => void;
  /** The store cannot be written. */
  readonly giveUp: (error: unknown) => void;
  readonly isLost: () => boolean;
}

/** What a path contains, with its blob in the store when all goes well; nothing where it cannot be told. */
export async function takeIn(taking: TakingIn, found: FoundPath): Promise<StoredFile | undefined> {
  const { site, owner } = taking;
  const { path, stats, seenAt } = found;
  try {
    switch (found.kind) {
      case 'folder':
        site.index.note(path, { stats, seenAt, content: found.listing ?? '', owner });
        return { kind: 'folder', path };
      case 'link': {
        const target = readlinkSync(absolute(site, path));
        site.index.note(path, { stats, seenAt, content: contentOfLink(target), owner });
        return { kind: 'link', path, target };
      }
      case 'file': {
        const content = stats.size > mostAtOnce ? await takeLarge(taking, found) : await takeSmall(taking, found);
        if (content === undefined) return undefined;
        site.index.note(path, { stats, seenAt, content: content.digest, owner });
        return { kind: 'file', path, executable: isExecutable(stats), ...content };
      }
    }
  } catch (error) {
    return cannotRead(taking, path, error);
  }
}

async function takeSmall(taking: TakingIn, { path, stats }: FoundPath): Promise<Content | undefined> {
  const found = readOrdinaryFile(absolute(taking.site, path), mostAtOnce);
  if (found.kind === 'unreadable') return cannotRead(taking, path, found.error);
  if (found.kind !== 'read' || found.hasChanged || !isSameStamp(found.stats, stats)) return hasChanged(taking, path);
  const { bytes } = found;
  const content = { digest: digestOf(bytes), size: bytes.length };
  if (await isSecret(taking, path, () => once(bytes))) return content;
  keep(taking, () => {
    if (!taking.writer.claimBlob(content)) taking.writer.put(taking.layout.blobOf(content.digest), bytes);
  });
  return content;
}

/** What is read is a copy of our own, where the store has room for one: nobody writes that meanwhile. */
async function takeLarge(taking: TakingIn, { path, stats }: FoundPath): Promise<Content | undefined> {
  const source = absolute(taking.site, path);
  const copy = await copyIn(taking, source);
  try {
    const content = await digestFile(copy ?? source);
    const isHidden = await isSecret(taking, path, () => readPieces(copy ?? source));
    if (!isStill(source, stats) || content.size !== stats.size) return hasChanged(taking, path);
    if (copy !== undefined && !isHidden) keep(taking, () => {
      if (taking.writer.claimBlob(content)) return;
      chmodSync(copy, 0o600);
      taking.writer.moveIn(copy, taking.layout.blobOf(content.digest));
    });
    return content;
  } finally {
    if (copy !== undefined) removeQuietly(copy);
  }
}

async function copyIn(taking: TakingIn, source: string): Promise<string | undefined> {
  if (taking.isLost()) return undefined;
  let copy: string | undefined;
  try {
    copy = taking.writer.makeTemporary();
    await copyFile(source, copy, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    return copy;
  } catch (error) {
    if (copy !== undefined) removeQuietly(copy);
    taking.giveUp(error);
    return undefined;
  }
}

function isStill(source: string, stats: Stats): boolean {
  const now = lstatSync(source, { throwIfNoEntry: false });
  return now !== undefined && isSameStamp(now, stats);
}

async function isSecret({ holdsSecret, refuse }: TakingIn, path: string, open: () => AsyncIterable<Uint8Array>): Promise<boolean> {
  if (holdsSecret === null || !(await holdsSecret(open()))) return false;
  refuse(`${path} holds a secret`);
  return true;
}

export async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Opened when it is asked for, and closed by whoever stops asking. */
async function* readPieces(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
}

function keep({ isLost, giveUp }: TakingIn, write: () => void): void {
  if (isLost()) return;
  try {
    write();
  } catch (error) {
    giveUp(error);
  }
}

function hasChanged({ refuse }: TakingIn, path: string): undefined {
  refuse(`${path} changed while it was read: what is still writing it?`);
}

/** Too many open files say nothing about this one. */
const oursToBear: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE', 'EIO', 'ENOMEM']);

function cannotRead({ refuse, giveUp }: TakingIn, path: string, error: unknown): undefined {
  if (oursToBear.has(readErrorCode(error))) giveUp(error);
  else refuse(`${path} cannot be read: ${describeFileProblem(error)}`);
}
