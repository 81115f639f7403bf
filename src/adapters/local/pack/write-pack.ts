import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeFileProblem } from '../describe-file-problem.js';
import { placeFile } from '../place-file.js';
import { readErrorCode } from '../processes/error-code.js';
import { makeFolder } from '../run-folder/state-folder.js';
import { removeQuietly } from '../store/remove-quietly.js';
import type { GatheredFile, PackForm, PackHeader } from './pack-form.js';
import { encodeHeader } from './pack-form.js';

export interface PackOrder<H extends PackHeader> {
  readonly form: PackForm<H>;
  readonly header: Omit<H, 'files'>;
  readonly files: readonly GatheredFile[];
  readonly tollgateVersion: string;
  /** Replace what lies at the path. */
  readonly overwrite: boolean;
}

export type WrittenPack =
  | { readonly kind: 'written'; readonly bytes: number }
  /** Something lies there already. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Writes many files into one, whole or not at all; nobody else may read it. */
export function writePack<H extends PackHeader>(path: string, { form, header, files: given, tollgateVersion, overwrite }: PackOrder<H>): WrittenPack {
  const files = [...given].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    // A first try, so that much is not gathered in vain.
    if (!overwrite) placeFile(path, '');
    const out = openSync(fresh, 'w', 0o600);
    try {
      let bytes = writeAll(out, Buffer.from(encodeHeader(form.word, { ...header, files: files.map(({ file }) => file) }, tollgateVersion)));
      for (const each of files) bytes += copyIn(out, each);
      fsyncSync(out);
      renameSync(fresh, path);
      return { kind: 'written', bytes };
    } finally {
      closeSync(out);
    }
  } catch (error) {
    removeQuietly(fresh);
    if (readErrorCode(error) === 'EEXIST') return { kind: 'taken' };
    if (!overwrite) removeQuietly(path);
    return { kind: 'failed', reason: describeFileProblem(error) };
  }
}

function copyIn(out: number, { file, from }: GatheredFile): number {
  if (file.kind !== 'file') return 0;
  if ('bytes' in from) return writeAll(out, from.bytes);
  const input = openSync(from.path, 'r');
  try {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(1024 * 1024);
    let size = 0;
    for (let length = readSync(input, piece); length > 0; length = readSync(input, piece)) {
      hash.update(piece.subarray(0, length));
      size += writeAll(out, piece.subarray(0, length));
    }
    if (size !== file.size || hash.digest('hex') !== file.digest) throw new Error(`${from.path} changed while it was read`);
    return size;
  } finally {
    closeSync(input);
  }
}

function writeAll(out: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) at += writeSync(out, bytes, at);
  return bytes.length;
}
