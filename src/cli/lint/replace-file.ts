import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decodeText } from '../../core/definition/yaml/decode-text.js';
import { describeFileProblem } from '../../adapters/local/describe-file-problem.js';

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Puts a text in place of another, whole or not at all; answers why it could not. */
export function replaceFile(path: string, before: string, after: string): string | undefined {
  try {
    const target = realpathSync(path);
    const bytes = readFileSync(target);
    const read = decodeText(bytes);
    if (read.kind !== 'text' || read.text !== before) return 'it was changed in the meantime';
    const marked = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
    writeInPlace(target, Buffer.concat([...(marked ? [byteOrderMark] : []), Buffer.from(after, 'utf8')]));
    return undefined;
  } catch (error) {
    return describeFileProblem(error);
  }
}

/** Beside the file and then over it: nobody ever sees half of it, and links to it still lead to it. */
function writeInPlace(target: string, bytes: Buffer): void {
  const { mode } = statSync(target);
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.draft`);
  const file = openSync(draft, 'wx', mode);
  try {
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      fchmodSync(file, mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
