import { closeSync, createReadStream, createWriteStream, fstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { DamagedArchive, mostBytesOf, readUnpackFault } from './damaged-archive.js';
import { readPart, readZipDirectory, type ZipEntry } from './zip-directory.js';

const headSize = 30;
const headMark = 0x04034b50;

/** The files of a zip file that anybody may have made, into a folder that is not there yet and that nobody else writes to. */
export async function unzipFiles(archive: string, folder: string): Promise<void> {
  mkdirSync(folder, { mode: 0o700 });
  const file = openSync(archive, 'r');
  try {
    const { size } = fstatSync(file);
    const { entries, start } = readZipDirectory(file, size);
    const total = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (total > mostBytesOf(size)) throw new DamagedArchive(`it says that it holds ${total} bytes, more than a file of this size can`);
    for (const entry of entries) await placeEntry({ archive, file, start }, entry, join(folder, entry.name));
  } catch (error) {
    throw isClash(error) ? new DamagedArchive(`two files in it are in each other's way (${String(error)})`) : error;
  } finally {
    closeSync(file);
  }
}

interface Archive {
  readonly archive: string;
  readonly file: number;
  /** Where the directory begins. */
  readonly start: number;
}

async function placeEntry({ archive, file, start }: Archive, entry: ZipEntry, path: string): Promise<void> {
  mkdirSync(entry.isFolder ? path : dirname(path), { recursive: true });
  if (entry.isFolder) return;
  const damaged = (why: string): DamagedArchive => new DamagedArchive(`${JSON.stringify(entry.name)} in it ${why}`);
  const head = readPart(file, entry.offset, entry.offset + headSize);
  if (head.readUInt32LE(0) !== headMark) throw damaged('is not where the directory says');
  const from = entry.offset + headSize + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (from + entry.packedSize > start) throw damaged('is cut short');
  const packed = entry.packedSize === 0 ? PassThrough.from([]) : createReadStream(archive, { start: from, end: from + entry.packedSize - 1 });
  const target = createWriteStream(path, { flags: 'wx', mode: entry.isExecutable ? 0o755 : 0o644 });
  let left = entry.size;
  let sum = 0;
  const check = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const bytes of chunks) {
      left -= bytes.length;
      if (left < 0) throw damaged('is longer than the directory says');
      sum = crc32(bytes, sum);
      yield bytes;
    }
  };
  try {
    await pipeline(packed, entry.isDeflated ? createInflateRaw() : new PassThrough(), check, target);
  } catch (error) {
    const fault = readUnpackFault(error);
    throw fault === undefined ? error : damaged(`cannot be unpacked (${fault})`);
  }
  if (left !== 0 || sum !== entry.crc) throw damaged(left === 0 ? 'has other bytes than were packed' : 'is shorter than the directory says');
}

/** Nothing was there before, so what is in the way came from the same archive. */
function isClash(error: unknown): boolean {
  return ['EEXIST', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
