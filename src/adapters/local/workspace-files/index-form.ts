import { hash } from 'node:crypto';
import type { FileStamp } from '../store/file-stamp.js';

export interface IndexEntry extends FileStamp {
  readonly path: string;
  /** SHA-256 in lower-case hex. */
  readonly digest: string;
}

/** Entries as they lie in the file: one is made of it only when it is asked for. */
export interface IndexTable {
  readonly paths: readonly string[];
  /** How many entries were left when it was last looked through for files that are gone. */
  readonly siftedTo: number;
  readonly entryAt: (row: number) => IndexEntry;
  /** The digest of a row, where all of the stamp is as it stands there. */
  readonly digestAt: (row: number, stamp: FileStamp) => string | undefined;
}

// mark (8 bytes) | SHA-256 of what follows (32) | entries, siftedTo (16) | five numbers for each | its digest (32) for each | paths, each with a NUL
const mark = 'TGFILES1';
const headLength = 40;
const countsLength = 16;
const digestLength = 32;
const numbersEach = 5;

export function encodeIndex(entries: readonly IndexEntry[], siftedTo: number): Buffer {
  const paths = Buffer.from(entries.map(({ path }) => `${path}\0`).join(''));
  const digestsAt = countsLength + entries.length * numbersEach * 8;
  const content = Buffer.alloc(digestsAt + entries.length * digestLength);
  content.writeDoubleLE(entries.length, 0);
  content.writeDoubleLE(siftedTo, 8);
  entries.forEach((entry, row) => {
    [entry.size, entry.mtimeMs, entry.ctimeMs, entry.ino, entry.mode].forEach((number, at) => content.writeDoubleLE(number, countsLength + (row * numbersEach + at) * 8));
    content.write(entry.digest, digestsAt + row * digestLength, 'hex');
  });
  const body = Buffer.concat([content, paths]);
  return Buffer.concat([Buffer.from(mark), hash('sha256', body, 'buffer'), body]);
}

/** Nothing where anything of it is damaged. */
export function decodeIndex(bytes: Buffer): IndexTable | undefined {
  if (bytes.length < headLength + countsLength || bytes.toString('latin1', 0, mark.length) !== mark) return undefined;
  const content = bytes.subarray(headLength);
  if (!hash('sha256', content, 'buffer').equals(bytes.subarray(mark.length, headLength))) return undefined;
  const count = content.readDoubleLE(0);
  const digestsAt = countsLength + count * numbersEach * 8;
  const pathsAt = digestsAt + count * digestLength;
  if (!Number.isSafeInteger(count) || count < 0 || pathsAt > content.length) return undefined;
  // Taken as a whole and cut where it is needed: a call into the buffer for each number and digest costs more than all of this.
  const numbers = new Float64Array(content.buffer.slice(content.byteOffset + countsLength, content.byteOffset + digestsAt));
  const digests = content.toString('hex', digestsAt, pathsAt);
  const digest = (row: number): string => digests.slice(row * digestLength * 2, (row + 1) * digestLength * 2);
  const paths = content.toString('utf8', pathsAt).split('\0').slice(0, -1);
  if (paths.length !== count) return undefined;
  return {
    paths,
    siftedTo: content.readDoubleLE(8),
    entryAt: (row) => {
      const [size = 0, mtimeMs = 0, ctimeMs = 0, ino = 0, mode = 0] = numbers.subarray(row * numbersEach);
      return { path: paths[row] ?? '', size, mtimeMs, ctimeMs, ino, mode, digest: digest(row) };
    },
    digestAt: (row, { size, mtimeMs, ctimeMs, ino, mode }) => {
      const at = row * numbersEach;
      const isSame = numbers[at] === size && numbers[at + 1] === mtimeMs && numbers[at + 2] === ctimeMs && numbers[at + 3] === ino && numbers[at + 4] === mode;
      return isSame ? digest(row) : undefined;
    },
  };
}
