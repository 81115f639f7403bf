import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { blockSize, encodeTarHeader } from './tar-header.js';

/** Packs are not worth more than a little time: most of what is in them is small or compressed already. */
const level = 4;

/** A compressed archive with the one file in it, named `pack`: the same file makes the same archive. */
export async function writePackArchive(file: string, archive: string): Promise<void> {
  const { size } = statSync(file);
  await pipeline(frame(file, size), createGzip({ level }), createWriteStream(archive, { flags: 'wx', mode: 0o600 }));
}

async function* frame(file: string, size: number): AsyncGenerator<Buffer> {
  yield encodeTarHeader('pack', size);
  let read = 0;
  // What is added meanwhile is left out; what is taken away would make another file's archive of it.
  if (size > 0) {
    for await (const bytes of createReadStream(file, { end: size - 1 }) as AsyncIterable<Buffer>) {
      read += bytes.length;
      yield bytes;
    }
  }
  if (read !== size) throw new Error(`${file} was cut short while it was read`);
  yield Buffer.alloc((blockSize - (size % blockSize)) % blockSize + 2 * blockSize);
}
