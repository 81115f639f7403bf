import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * How a sealed file is laid out: a header, then chunks of AES-256-GCM, each with its tag. The nonce of a chunk is its number and
 * whether it is the last, so that none can be left out, moved or repeated; each file has a key of its own, made of its salt.
 *
 *     «tollgate sealed» ␀ | version | salt | proof of the key | digest of all this
 */
const opening = Buffer.from('tollgate sealed\0');
const version = 1;
const saltLength = 32;
const proofLength = 32;
const digestLength = 32;
const proofAt = opening.length + 1 + saltLength;

export const headerLength = proofAt + proofLength + digestLength;
/** Of what is inside; every chunk but the last has it. */
export const chunkLength = 64 * 1024;
export const tagLength = 16;
export const cipherName = 'aes-256-gcm';

/** 32 MB and a tenth of a second for each guess: a passphrase may be one that people have chosen. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

export interface FileKeys {
  readonly cipher: Buffer;
  /** For the proof alone. */
  readonly proof: Buffer;
}

export async function deriveKeys(passphrase: string, salt: Uint8Array): Promise<FileKeys> {
  const bytes = await new Promise<Buffer>((resolve, reject) => scrypt(passphrase, salt, 64, cost, (error, key) => (error === null ? resolve(key) : reject(error))));
  return { cipher: bytes.subarray(0, 32), proof: bytes.subarray(32) };
}

export function drawSalt(): Buffer {
  return randomBytes(saltLength);
}

export function writeHeader(salt: Uint8Array, { proof }: FileKeys): Buffer {
  const begin = Buffer.concat([opening, Buffer.of(version), salt]);
  const proven = Buffer.concat([begin, createHmac('sha256', proof).update(begin).digest()]);
  return Buffer.concat([proven, digest(proven)]);
}

export type Header = { readonly kind: 'header'; readonly salt: Buffer; readonly isOf: (keys: FileKeys) => boolean } | { readonly kind: 'damaged'; readonly reason: string };

export function isSealedHeader(header: Buffer): boolean {
  return header.subarray(0, opening.length).equals(opening);
}

/** Its digest tells damage from another key: a header that is whole, and not of this key, is of another. */
export function readHeader(header: Buffer): Header {
  if (!isSealedHeader(header)) return { kind: 'damaged', reason: 'it is not encrypted, or damaged at its beginning' };
  const proven = header.subarray(0, proofAt + proofLength);
  if (header.length !== headerLength || !header.subarray(proven.length).equals(digest(proven))) return { kind: 'damaged', reason: 'it is damaged at its beginning' };
  if (header[opening.length] !== version) return { kind: 'damaged', reason: 'another version of Tollgate has encrypted it' };
  const isOf = ({ proof }: FileKeys): boolean => timingSafeEqual(createHmac('sha256', proof).update(header.subarray(0, proofAt)).digest(), header.subarray(proofAt, proofAt + proofLength));
  return { kind: 'header', salt: Buffer.from(header.subarray(opening.length + 1, proofAt)), isOf };
}

export function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(chunk, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
