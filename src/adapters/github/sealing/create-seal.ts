import { createCipheriv, createDecipheriv } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { chunkLength, cipherName, deriveKeys, drawSalt, headerLength, nonceOf, readHeader, tagLength, writeHeader, type FileKeys } from './sealed-form.js';

/** Encrypts and opens files with the passphrase of a repository, whatever they hold and however large they are. */
export interface Seal {
  /** `fileOut` must not be there yet. A fault of reading or writing is thrown, and leaves no `fileOut`. */
  readonly seal: (fileIn: string, fileOut: string) => Promise<void>;
  /** `fileOut` is there only when every byte of it was sealed with this passphrase, in this order, with nothing left out. */
  readonly unseal: (fileIn: string, fileOut: string) => Promise<Unsealed>;
}

export type Unsealed =
  | { readonly kind: 'opened' }
  /** It is whole as far as can be seen, and another passphrase has sealed it. */
  | { readonly kind: 'other-key'; readonly reason: string }
  | { readonly kind: 'damaged'; readonly reason: string };

/** In characters. */
export const shortestKey = 16;
/** Keys of files that were met: a file is opened again without the tenth of a second. */
const mostRemembered = 64;

/** Why nothing can be sealed with a passphrase; nothing where it can. */
export function findKeyFault(passphrase: string): string | undefined {
  const { length } = Array.from(settle(passphrase));
  return length < shortestKey ? `encryption-key has ${length} characters, and needs ${shortestKey} or more: make one with \`openssl rand -base64 32\` and keep it as a secret of the repository` : undefined;
}

export function createSeal(passphrase: string): Seal {
  const fault = findKeyFault(passphrase);
  if (fault !== undefined) throw new Error(fault);
  const settled = settle(passphrase);
  const remembered = new Map<string, Promise<FileKeys>>();
  const keysFor = async (salt: Buffer): Promise<FileKeys> => {
    const name = salt.toString('hex');
    const keys = remembered.get(name) ?? deriveKeys(settled, salt);
    remembered.set(name, keys);
    for (const oldest of remembered.keys()) if (remembered.size > mostRemembered) remembered.delete(oldest);
    return await keys;
  };
  return {
    seal: async (fileIn, fileOut) => {
      const salt = drawSalt();
      const keys = await keysFor(salt);
      await between(fileIn, fileOut, async (source, target) => {
        await target.write(writeHeader(salt, keys));
        for await (const { bytes, number, isLast } of readChunks(source, 0, chunkLength)) await writeAll(target, sealChunk(keys, bytes, nonceOf(number, isLast)));
        return true;
      });
    },
    unseal: async (fileIn, fileOut) => {
      let outcome: Unsealed = { kind: 'opened' };
      await between(fileIn, fileOut, async (source, target) => {
        outcome = await openInto(source, target, keysFor);
        return outcome.kind === 'opened';
      });
      return outcome;
    },
  };
}

/** What comes along with pasting is no part of it, and letters count however they are put together. */
function settle(passphrase: string): string {
  return passphrase.normalize('NFC').trim();
}

async function openInto(source: FileHandle, target: FileHandle, keysFor: (salt: Buffer) => Promise<FileKeys>): Promise<Unsealed> {
  const header = readHeader(await readFully(source, 0, headerLength));
  if (header.kind === 'damaged') return header;
  const keys = await keysFor(header.salt);
  if (!header.isOf(keys)) return { kind: 'other-key', reason: 'it cannot be opened with this encryption-key: another one has sealed it' };
  for await (const { bytes, number, isLast } of readChunks(source, headerLength, chunkLength + tagLength)) {
    // Only of an empty file is the last chunk empty: there is one form for each content.
    const opened = bytes.length < tagLength || (bytes.length === tagLength && number > 0) ? undefined : openChunk(keys, bytes, nonceOf(number, isLast));
    if (opened === undefined) return { kind: 'damaged', reason: `it cannot be opened with this encryption-key: it is damaged or cut short behind byte ${headerLength + number * (chunkLength + tagLength)}` };
    await writeAll(target, opened);
  }
  return { kind: 'opened' };
}

function sealChunk({ cipher: key }: FileKeys, bytes: Buffer, nonce: Buffer): Buffer {
  const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagLength });
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function openChunk({ cipher: key }: FileKeys, bytes: Buffer, nonce: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagLength });
  decipher.setAuthTag(bytes.subarray(-tagLength));
  const opened = decipher.update(bytes.subarray(0, -tagLength));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return undefined;
  }
}

interface Chunk {
  readonly bytes: Buffer;
  readonly number: number;
  readonly isLast: boolean;
}

/** At least one, also of nothing: which is the last is known only when nothing follows. */
async function* readChunks(file: FileHandle, from: number, length: number): AsyncIterable<Chunk> {
  let bytes = await readFully(file, from, length);
  for (let number = 0; ; number += 1) {
    const next = bytes.length < length ? Buffer.alloc(0) : await readFully(file, from + (number + 1) * length, length);
    yield { bytes, number, isLast: next.length === 0 };
    if (next.length === 0) return;
    bytes = next;
  }
}

/** As many bytes as there are, up to a length. */
async function readFully(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** What was written stays only when it is wanted. */
async function between(fileIn: string, fileOut: string, act: (source: FileHandle, target: FileHandle) => Promise<boolean>): Promise<void> {
  const source = await open(fileIn, 'r');
  try {
    const target = await open(fileOut, 'wx', 0o600);
    let isWanted = false;
    try {
      isWanted = await act(source, target);
    } finally {
      await target.close();
      if (!isWanted) await rm(fileOut, { force: true });
    }
  } finally {
    await source.close();
  }
}
