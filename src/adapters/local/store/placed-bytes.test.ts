import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readPlaced, writePlaced } from './placed-bytes.js';
import type { PlacedEntry } from './placed-entry.js';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !each.includes('\0'));
const entry: fc.Arbitrary<PlacedEntry> = fc.record({ stamp: fc.record({ size: number, mtimeMs: number, ctimeMs: number, ino: number, mode: number }), seenAt: number, content: text, owner: text });

test('entries are read as they were written, to the last bit of a time', () => {
  fc.assert(fc.property(fc.dictionary(text, entry), (written) => {
    const entries = new Map(Object.entries(written));
    expect(readPlaced(writePlaced(entries))).toEqual(entries);
  }));
});

const some = writePlaced(new Map([['dist/a', { stamp: { size: 1, mtimeMs: 2.5, ctimeMs: 3.5, ino: 4, mode: 5 }, seenAt: 6, content: 'x', owner: 'y' }]]));

test('a bit that is flipped anywhere is seen, and an end anywhere', () => {
  for (let at = 0; at < some.length * 8; at++) {
    const flipped = Buffer.from(some);
    flipped[at >> 3]! ^= 1 << (at & 7);
    expect(readPlaced(flipped)).toBeUndefined();
  }
  for (let length = 0; length < some.length; length++) expect(readPlaced(some.subarray(0, length))).toBeUndefined();
});

test('so is a right checksum over nonsense', () => {
  const sign = (body: Uint8Array): Buffer => Buffer.concat([createHash('sha256').update(body).digest(), body]);
  for (const count of [-1, 0.5, NaN, Infinity, 1e9, 2]) {
    const body = Buffer.from(some.subarray(32));
    body.writeDoubleLE(count, 8);
    expect(readPlaced(sign(body))).toBeUndefined();
  }
  const ofAnotherFormat = Buffer.from(some.subarray(32));
  ofAnotherFormat.writeDoubleLE(2, 0);
  expect(readPlaced(sign(ofAnotherFormat))).toBeUndefined();
  expect(readPlaced(sign(Buffer.alloc(0)))).toBeUndefined();
});
