import { readSync } from 'node:fs';
import { DamagedArchive } from './damaged-archive.js';

export interface ZipEntry {
  /** With `/` between its parts, none of them empty, `.` or `..`. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly isExecutable: boolean;
  readonly isDeflated: boolean;
  readonly packedSize: number;
  readonly size: number;
  readonly crc: number;
  /** Where its own head is. */
  readonly offset: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where the directory begins: everything that is packed lies before. */
  readonly start: number;
}

const endSize = 22;
const endMark = 0x06054b50;
const entrySize = 46;
const entryMark = 0x02014b50;
const longestComment = 0xffff;

/** The directory of a zip file that anybody may have made: an entry that is not plainly a file or a folder makes all of it damaged. */
export function readZipDirectory(file: number, size: number): ZipDirectory {
  const tail = readPart(file, Math.max(0, size - endSize - longestComment), size);
  const at = findEnd(tail);
  if (at === undefined) throw new DamagedArchive('it is no zip file, or a part of one');
  const [count, length, start] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0) throw new DamagedArchive('it is one of several parts');
  if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) throw new DamagedArchive('it has more than 65,534 files or 4 GiB');
  if (start + length > size - tail.length + at) throw new DamagedArchive('its directory is cut short');
  return { start, entries: readEntries(readPart(file, start, start + length), count) };
}

export function readPart(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  let read = 0;
  for (let more = -1; more !== 0 && read < bytes.length; read += more) more = readSync(file, bytes, read, bytes.length - read, from + read);
  if (read < bytes.length) throw new DamagedArchive('it is cut short');
  return bytes;
}

function findEnd(tail: Buffer): number | undefined {
  for (let at = tail.length - endSize; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endMark && at + endSize + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return undefined;
}

function readEntries(directory: Buffer, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + entrySize > directory.length || directory.readUInt32LE(at) !== entryMark) throw new DamagedArchive('its directory is damaged');
    const nameEnd = at + entrySize + directory.readUInt16LE(at + 28);
    const end = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (end > directory.length) throw new DamagedArchive('its directory is damaged');
    const entry = readEntry(directory.subarray(at, at + entrySize), directory.subarray(at + entrySize, nameEnd));
    if (names.has(entry.name)) throw new DamagedArchive(`it holds ${JSON.stringify(entry.name)} twice`);
    names.add(entry.name);
    entries.push(entry);
    at = end;
  }
  return entries;
}

function readEntry(head: Buffer, rawName: Buffer): ZipEntry {
  const flags = head.readUInt16LE(8);
  const method = head.readUInt16LE(10);
  const mode = head.readUInt32LE(38) >>> 16;
  const given = decodeName(rawName, (flags & 0x800) !== 0);
  const isFolder = given.endsWith('/');
  const name = isFolder ? given.slice(0, -1) : given;
  const refuse = (why: string): never => {
    throw new DamagedArchive(`${JSON.stringify(given)} in it ${why}`);
  };
  if (!isPlainPath(name)) refuse('leads out of its folder or is no path');
  if ((mode & 0o170000) !== 0 && (mode & 0o170000) !== (isFolder ? 0o040000 : 0o100000)) refuse((mode & 0o170000) === 0o120000 ? 'is a symbolic link' : 'is neither a file nor a folder');
  if ((mode & 0o7000) !== 0) refuse(`asks for rights (mode ${(mode & 0o7777).toString(8)})`);
  if ((flags & 1) !== 0) refuse('is encrypted');
  if (method !== 0 && method !== 8) refuse(`is packed in a way we do not know (${method})`);
  const packedSize = head.readUInt32LE(20);
  const size = head.readUInt32LE(24);
  if (packedSize === 0xffffffff || size === 0xffffffff) refuse('has more than 4 GiB');
  if (isFolder && size !== 0) refuse('is a folder with bytes in it');
  return { name, isFolder, isExecutable: (mode & 0o100) !== 0, isDeflated: method === 8, packedSize, size, crc: head.readUInt32LE(16), offset: head.readUInt32LE(42) };
}

function decodeName(bytes: Buffer, isUtf8: boolean): string {
  if (!isUtf8 && bytes.some((byte) => byte > 126)) throw new DamagedArchive('a name in it is not UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DamagedArchive('a name in it is not UTF-8');
  }
}

function isPlainPath(name: string): boolean {
  if (/[\u0000-\u001f\u007f\\]|^[a-z]:/iu.test(name)) return false;
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && Buffer.byteLength(part) <= 255);
}
