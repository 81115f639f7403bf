import { createReadStream } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';

/**
 * An artifact in one file, so that it is sealed as a whole, names and all: the length of its manifest in digits and a line end, the manifest,
 * and the bytes of its files in their order. The manifest has their sizes.
 */
export async function writePack(target: string, manifest: Uint8Array, { folder, files }: { readonly folder: string; readonly files: readonly StoredFile[] }): Promise<void> {
  const pack = await open(target, 'wx', 0o600);
  try {
    await pack.appendFile(`${manifest.length}\n`);
    await pack.appendFile(manifest);
    for (const file of files) {
      if (file.kind !== 'file') continue;
      for await (const piece of createReadStream(join(folder, file.path), { highWaterMark: pieceLength }) as AsyncIterable<Buffer>) await pack.appendFile(piece);
    }
  } finally {
    await pack.close();
  }
}

const pieceLength = 1024 * 1024;
const mostManifestBytes = 64 * 1024 * 1024;

export interface PackManifest {
  readonly bytes: Buffer;
  /** Where the first file begins. */
  readonly end: number;
}

/** Nothing where there is none. */
export async function readPackManifest(path: string): Promise<PackManifest | undefined> {
  const pack = await open(path, 'r');
  try {
    const head = await readExactly(pack, 0, 12);
    const [, digits = ''] = /^(\d{1,9})\n/u.exec(head.toString('latin1')) ?? [];
    const begin = digits.length + 1;
    if (digits === '' || Number(digits) > mostManifestBytes) return undefined;
    const bytes = await readExactly(pack, begin, Number(digits));
    return bytes.length === Number(digits) ? { bytes, end: begin + bytes.length } : undefined;
  } finally {
    await pack.close();
  }
}

/** Lays the files at their paths in a folder that is ours alone; answers what is not there. Their content is verified by whoever places them. */
export async function unpackFiles(path: string, from: number, { folder, files }: { readonly folder: string; readonly files: readonly StoredFile[] }): Promise<string | undefined> {
  const pack = await open(path, 'r');
  try {
    let position = from;
    for (const file of files) {
      if (file.kind !== 'file') continue;
      const target = join(folder, file.path);
      await mkdir(dirname(target), { recursive: true });
      if (!(await copyRange(pack, position, { length: file.size, target }))) return `its ${file.path} is cut short`;
      position += file.size;
    }
    return (await pack.stat()).size === position ? undefined : 'it holds more than its manifest says';
  } finally {
    await pack.close();
  }
}

async function copyRange(pack: FileHandle, from: number, { length, target }: { readonly length: number; readonly target: string }): Promise<boolean> {
  const file = await open(target, 'wx', 0o600);
  try {
    for (let at = 0; at < length; ) {
      const piece = await readExactly(pack, from + at, Math.min(pieceLength, length - at));
      if (piece.length === 0) return false;
      await file.appendFile(piece);
      at += piece.length;
    }
    return true;
  } finally {
    await file.close();
  }
}

/** As many bytes as there are. */
async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
