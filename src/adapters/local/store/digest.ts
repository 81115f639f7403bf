import { createHash, hash as hashAtOnce } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import type { Content } from '../../../core/cache/stored-result.js';
import { carefully } from './read-bytes.js';

export function digestOf(bytes: Uint8Array | string): string {
  return hashAtOnce('sha256', bytes, 'hex');
}

export function isDigest(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/u.test(text);
}

/** In pieces, and others have their turn in between: a file may be larger than the memory. */
export async function digestFile(path: string): Promise<Content> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    size += piece.length;
  }
  return { digest: hash.digest('hex'), size };
}

/** While everybody waits: where it is rare, or asked for. */
export function digestFileAtOnce(path: string): Content {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(1024 * 1024);
  const file = openSync(path, carefully);
  try {
    let size = 0;
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
      hash.update(piece.subarray(0, length));
      size += length;
    }
    return { digest: hash.digest('hex'), size };
  } finally {
    closeSync(file);
  }
}
