import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DamagedArchive, mostBytesOf, readUnpackFault } from './damaged-archive.js';
import { blockSize, decodeTarHeader, type TarHeader } from './tar-header.js';

/** Empty blocks may end an archive; writers of big blocks add some. */
const mostTail = 1024 ** 2;

const kinds: Readonly<Record<string, string>> = { 1: 'a hard link', 2: 'a symbolic link', 3: 'a device', 4: 'a device', 5: 'a folder', 6: 'a named pipe' };

/**
 * The file `pack` of an archive that anybody may have made, into a file that is new. Nothing but its bytes is taken: no name,
 * mode, owner or link. Whatever an entry of ours does not have makes the archive damaged.
 */
export async function takePack(archive: string, file: string): Promise<void> {
  const most = mostBytesOf(statSync(archive).size);
  try {
    await pipeline(createReadStream(archive), createGunzip(), (bytes: AsyncIterable<Buffer>) => unframe(bytes, most), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    const fault = readUnpackFault(error);
    throw fault === undefined ? error : new DamagedArchive(`it is no gzip archive, or a part of one (${fault})`);
  }
}

async function* unframe(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  let left = -1;
  let tail = 0;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (left < 0) {
      head = Buffer.concat([head, bytes]);
      if (head.length < blockSize) continue;
      left = readSize(head.subarray(0, blockSize), most);
      tail = (blockSize - (left % blockSize)) % blockSize;
      bytes = head.subarray(blockSize);
    }
    const own = bytes.subarray(0, left);
    left -= own.length;
    if (own.length > 0) yield own;
    tail = readTail(bytes.subarray(own.length), tail);
  }
  if (left !== 0) throw new DamagedArchive(left < 0 ? 'it is empty' : 'it ends before its file does');
}

function readSize(block: Buffer, most: number): number {
  const header = decodeTarHeader(block);
  if (header === undefined) throw new DamagedArchive('it is no tar archive');
  const { size } = header;
  const refusal = refuse(header, most);
  if (refusal !== undefined) throw new DamagedArchive(refusal);
  return size;
}

function refuse({ name, mode, size, type }: TarHeader, most: number): string | undefined {
  if (type !== '0') return `${JSON.stringify(name)} in it is ${kinds[type] ?? `of the kind ${JSON.stringify(type)}`}, not an ordinary file`;
  if (name !== 'pack') return `it holds ${JSON.stringify(name)} where "pack" should be`;
  if ((mode & 0o7000) !== 0) return `"pack" in it asks for rights (mode ${mode.toString(8)})`;
  return size > most ? `"pack" in it has ${size} bytes, more than an archive of this size can hold` : undefined;
}

/** What is left of the last block of the file, then nothing but empty ones. */
function readTail(bytes: Buffer, read: number): number {
  if (bytes.some((byte) => byte !== 0)) throw new DamagedArchive('it holds more than one file');
  if (read + bytes.length > mostTail) throw new DamagedArchive('it goes on after its end');
  return read + bytes.length;
}
