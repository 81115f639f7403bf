import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';

/** So much of a log is kept. */
const mostBytes = 1024 * 1024;

/** The end of a log, from the beginning of a character on; nothing where there is none to be read. */
export function readLogEnd(root: string, path: string): Uint8Array | undefined {
  try {
    const file = openSync(resolve(root, path), 'r');
    try {
      const { size } = fstatSync(file);
      const start = Math.max(0, size - mostBytes);
      const bytes = Buffer.alloc(size - start);
      const length = readSync(file, bytes, 0, bytes.length, start);
      return bytes.subarray(start === 0 ? 0 : findCharacter(bytes), length);
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function findCharacter(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return at === -1 ? 0 : Math.min(at, 3);
}
