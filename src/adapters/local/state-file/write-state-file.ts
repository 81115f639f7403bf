import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeFileProblem } from '../describe-file-problem.js';
import { placeFile } from '../place-file.js';
import { readErrorCode } from '../processes/error-code.js';
import { makeFolder } from '../run-folder/state-folder.js';
import { removeQuietly } from '../store/remove-quietly.js';
import type { GatheredFile } from './gather-run.js';
import type { StateHeader } from './state-file-form.js';
import { encodeHeader } from './state-file-form.js';

export interface StateOrder {
  readonly header: Omit<StateHeader, 'files'>;
  readonly files: readonly GatheredFile[];
  readonly tollgateVersion: string;
  /** Replace what lies at the path. */
  readonly overwrite: boolean;
}

export type WrittenState =
  | { readonly kind: 'written'; readonly bytes: number }
  /** Something lies there already. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Writes a run into one file, whole or not at all; nobody else may read it. */
export function writeStateFile(path: string, { header, files, tollgateVersion, overwrite }: StateOrder): WrittenState {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    // A first try, so that a large run is not gathered in vain.
    if (!overwrite) placeFile(path, '');
    const out = openSync(fresh, 'w', 0o600);
    try {
      let bytes = writeAll(out, Buffer.from(encodeHeader({ ...header, files: files.map(({ file }) => file) }, tollgateVersion)));
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
