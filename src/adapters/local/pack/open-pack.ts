import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, symlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { makeFolder } from '../run-folder/state-folder.js';
import { digestOf } from '../store/digest.js';
import type { PackForm, PackHeader } from './pack-form.js';
import { longestFirstLine, mostHeaderBytes, readFirstLine } from './pack-form.js';

/** Opened and understood; what it contains is verified as it is unpacked. */
export type OpenedPack<H> =
  | { readonly kind: 'opened'; readonly header: H; readonly unpack: (folder: string) => string | undefined; readonly close: () => void }
  | { readonly kind: 'newer'; readonly tollgate: string }
  /** `reason`: why it is no use. */
  | { readonly kind: 'refused'; readonly reason: string };

export function openPack<H extends PackHeader>(path: string, form: PackForm<H>): OpenedPack<H> {
  let file: number | undefined;
  const refuse = (reason: string): OpenedPack<H> => {
    if (file !== undefined) closeSync(file);
    return { kind: 'refused', reason };
  };
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (!stats.isFile()) return refuse('it is no file');
    const begin = readAt(file, 0, Math.min(stats.size, longestFirstLine));
    const lineEnd = begin.indexOf(0x0a);
    const first = readFirstLine(form.word, begin.toString('latin1', 0, Math.max(0, lineEnd)));
    if (lineEnd === -1 || first.kind === 'other') return refuse(`it is no file with ${form.content}`);
    if (first.kind === 'newer') {
      closeSync(file);
      return first;
    }
    const start = lineEnd + 1;
    if (first.length > mostHeaderBytes || start + first.length > stats.size) return refuse('it is cut off');
    const bytes = readAt(file, start, first.length);
    if (digestOf(bytes) !== first.digest) return refuse('the checksum of its list of files is wrong');
    const read = form.read(bytes);
    if ('fault' in read) return refuse(read.fault);
    const { header } = read;
    const body = start + first.length;
    const size = header.files.reduce((sum, each) => sum + (each.kind === 'file' ? each.size : 0), 0);
    if (body + size !== stats.size) return refuse(body + size > stats.size ? 'it is cut off' : 'something was added behind its end');
    const opened = file;
    return { kind: 'opened', header, unpack: (folder) => unpack(opened, header.files, { folder, body }), close: () => closeSync(opened) };
  } catch (error) {
    return refuse(describeFileProblem(error));
  }
}

/** Into a folder that nobody else looks into; answers why not. Its paths were checked: none leads out. */
function unpack(input: number, files: readonly StoredFile[], { folder, body }: { readonly folder: string; readonly body: number }): string | undefined {
  let at = body;
  try {
    for (const file of files) {
      const target = join(folder, file.path);
      makeFolder(file.kind === 'folder' ? target : dirname(target));
      if (file.kind === 'file') {
        if (!copyOut(input, at, { file, target })) return `the content of ${file.path} is damaged`;
        at += file.size;
      }
    }
    // Links come last: nothing is ever written through one.
    for (const file of files) if (file.kind === 'link') symlinkSync(file.target, join(folder, file.path));
    return undefined;
  } catch (error) {
    return describeFileProblem(error);
  }
}

function copyOut(input: number, start: number, { file, target }: { readonly file: Extract<StoredFile, { kind: 'file' }>; readonly target: string }): boolean {
  const out = openSync(target, 'wx', file.executable ? 0o700 : 0o600);
  try {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(Math.min(1024 * 1024, Math.max(1, file.size)));
    for (let done = 0; done < file.size; ) {
      const length = readSync(input, piece, 0, Math.min(piece.length, file.size - done), start + done);
      if (length === 0) return false;
      hash.update(piece.subarray(0, length));
      for (let written = 0; written < length; ) written += writeSync(out, piece, written, length - written);
      done += length;
    }
    return hash.digest('hex') === file.digest;
  } finally {
    closeSync(out);
  }
}

function readAt(file: number, start: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  for (let read = -1; done < length && read !== 0; done += read) read = readSync(file, bytes, done, length - done, start + done);
  return bytes.subarray(0, done);
}
