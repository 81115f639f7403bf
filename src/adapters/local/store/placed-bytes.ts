import { createHash } from 'node:crypto';
import type { PlacedEntry } from './placed-entry.js';

const digestLength = 32;
const format = 1;
/** Two numbers at the head, then so many for each path. */
const numbersAtHead = 2;
const numbersEach = 7;

/**
 * A digest of the rest, the numbers of all entries, then their texts. Ten thousand entries are read in a few milliseconds,
 * which JSON does not do. It is of use on this machine alone, so that the order of its bytes does not matter.
 */
export function writePlaced(entries: ReadonlyMap<string, PlacedEntry>): Buffer {
  const numbers = new Float64Array(numbersAtHead + numbersEach * entries.size);
  const paths: string[] = [];
  const contents: string[] = [];
  const owners = new Map<string, number>();
  numbers.set([format, entries.size]);
  let at = numbersAtHead;
  for (const [path, { stamp, seenAt, content, owner }] of entries) {
    paths.push(path);
    contents.push(content);
    if (!owners.has(owner)) owners.set(owner, owners.size);
    numbers.set([stamp.size, stamp.mtimeMs, stamp.ctimeMs, stamp.ino, stamp.mode, seenAt, owners.get(owner) ?? 0], at);
    at += numbersEach;
  }
  const texts = [paths, contents, [...owners.keys()]].map((list) => list.join('\0')).join('\0\0');
  const body = Buffer.concat([new Uint8Array(numbers.buffer), Buffer.from(texts)]);
  return Buffer.concat([digest(body), body]);
}

/** Nothing where a bit of it is not as it was written. */
export function readPlaced(bytes: Buffer): Map<string, PlacedEntry> | undefined {
  const body = bytes.subarray(digestLength);
  if (body.length < 8 * numbersAtHead || !digest(body).equals(bytes.subarray(0, digestLength))) return undefined;
  const count = body.readDoubleLE(8);
  if (body.readDoubleLE(0) !== format || !Number.isSafeInteger(count) || count < 0 || body.length < 8 * (numbersAtHead + numbersEach * count)) return undefined;
  const numbers = new Float64Array(new Uint8Array(body.subarray(0, 8 * (numbersAtHead + numbersEach * count))).buffer);
  const [paths = [], contents = [], owners = []] = body.toString('utf8', numbers.byteLength).split('\0\0').map((list) => list.split('\0'));
  const entries = new Map<string, PlacedEntry>();
  if (paths.length < count || contents.length < count) return undefined;
  for (let each = 0, at = numbersAtHead; each < count; each++, at += numbersEach) {
    const [size = 0, mtimeMs = 0, ctimeMs = 0, ino = 0, mode = 0, seenAt = 0, owner = 0] = numbers.subarray(at, at + numbersEach);
    entries.set(paths[each] ?? '', { stamp: { size, mtimeMs, ctimeMs, ino, mode }, seenAt, content: contents[each] ?? '', owner: owners[owner] ?? '' });
  }
  return entries;
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
