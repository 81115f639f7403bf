import fc from 'fast-check';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeal, findKeyFault, type Unsealed } from './create-seal.js';
import { chunkLength, headerLength, tagLength } from './sealed-form.js';

/** What was sealed is opened as it was by the same passphrase, and by nobody and nothing else. */

const passphrase = 'a passphrase that is long enough';
const seal = createSeal(passphrase);
const folder = mkdtempSync(join(tmpdir(), 'tollgate-seal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fresh = (): string => join(mkdtempSync(join(folder, 'file-')), 'file');

function write(bytes: Uint8Array): string {
  const path = fresh();
  writeFileSync(path, bytes);
  return path;
}

async function sealed(bytes: Uint8Array, by = seal): Promise<Buffer> {
  const out = fresh();
  await by.seal(write(bytes), out);
  return readFileSync(out);
}

async function unsealed(bytes: Uint8Array, by = seal): Promise<{ readonly outcome: Unsealed; readonly bytes: Buffer | undefined }> {
  const out = fresh();
  const outcome = await by.unseal(write(bytes), out);
  const read = existsSync(out) ? readFileSync(out) : undefined;
  rmSync(out, { force: true });
  return { outcome, bytes: read };
}

async function expectRefused(bytes: Uint8Array): Promise<void> {
  const { outcome, bytes: left } = await unsealed(bytes);
  expect([outcome.kind, left]).toEqual(['damaged', undefined]);
}

const sizes = [0, 1, 100, chunkLength - 1, chunkLength, chunkLength + 1, 2 * chunkLength, 3 * chunkLength + 7];
const content = (size: number): Buffer => Buffer.from(Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) % 256));

test.each(sizes)('%i bytes come back as they were, and nothing of them is seen', async (size) => {
  const bytes = content(size);
  const closed = await sealed(bytes);
  expect(closed.length).toBe(headerLength + size + Math.max(1, Math.ceil(size / chunkLength)) * tagLength);
  if (size >= 100) expect(closed.includes(bytes.subarray(0, 16))).toBe(false);
  const opened = await unsealed(closed);
  expect([opened.outcome, opened.bytes?.equals(bytes)]).toEqual([{ kind: 'opened' }, true]);
  const again = await unsealed(closed, createSeal(`  ${passphrase}\n`));
  expect(again.bytes?.equals(bytes)).toBe(true);
});

test('the same is never sealed to the same', async () => {
  const bytes = content(100);
  expect((await sealed(bytes)).equals(await sealed(bytes))).toBe(false);
});

test('whatever byte is changed, it is refused, and nothing is left', async () => {
  const closed = await sealed(content(40));
  for (let at = 0; at < closed.length; at += 1) {
    const other = Buffer.from(closed);
    other[at] = (other[at] ?? 0) ^ (1 << at % 8);
    await expectRefused(other);
  }
});

test('whatever bit of a long file is changed, it is refused', async () => {
  const closed = await sealed(content(3 * chunkLength + 7));
  await fc.assert(fc.asyncProperty(fc.nat({ max: closed.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
    const other = Buffer.from(closed);
    other[at] = (other[at] ?? 0) ^ (1 << bit);
    await expectRefused(other);
  }), { numRuns: 60 });
});

test('wherever it is cut, it is refused, between two chunks too', async () => {
  const short = await sealed(content(40));
  for (let length = 0; length < short.length; length += 1) await expectRefused(short.subarray(0, length));
  const long = await sealed(content(3 * chunkLength + 7));
  for (const chunks of [0, 1, 2, 3]) for (const more of [-1, 0, 1, tagLength]) await expectRefused(long.subarray(0, headerLength + chunks * (chunkLength + tagLength) + more));
});

test('bytes behind its end, a chunk left out, twice or in another place: refused', async () => {
  const closed = await sealed(content(4 * chunkLength));
  const header = closed.subarray(0, headerLength);
  const chunks = [0, 1, 2, 3].map((index) => closed.subarray(headerLength + index * (chunkLength + tagLength), headerLength + (index + 1) * (chunkLength + tagLength)));
  await fc.assert(fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { maxLength: 6 }).filter((order) => order.join('') !== '0123'), async (order) => {
    await expectRefused(Buffer.concat([header, ...order.flatMap((index) => chunks[index] ?? [])]));
  }), { numRuns: 60 });
  for (const tail of [1, tagLength, chunkLength + tagLength]) await expectRefused(Buffer.concat([closed, Buffer.alloc(tail)]));
});

test('chunks of one file are none of another', async () => {
  const [one, other] = [await sealed(content(100)), await sealed(content(100))];
  await expectRefused(Buffer.concat([one.subarray(0, headerLength), other.subarray(headerLength)]));
});

test('with another passphrase it says so, and with damage it says that', async () => {
  const closed = await sealed(content(100));
  const other = createSeal('another passphrase, long enough');
  expect(await unsealed(closed, other)).toEqual({ outcome: { kind: 'other-key', reason: 'it cannot be opened with this encryption-key: another one has sealed it' }, bytes: undefined });
  expect((await unsealed(Buffer.from('PK\u0003\u0004 a plain archive'))).outcome).toEqual({ kind: 'damaged', reason: 'it is not encrypted, or damaged at its beginning' });
  expect((await unsealed(closed.subarray(0, -1))).outcome).toEqual({ kind: 'damaged', reason: `it cannot be opened with this encryption-key: it is damaged or cut short behind byte ${headerLength}` });
});

test('what is there is never written over, and what fails leaves nothing', async () => {
  const there = write(Buffer.from('mine'));
  await expect(seal.seal(write(content(10)), there)).rejects.toThrow('EEXIST');
  expect(readFileSync(there, 'utf8')).toBe('mine');
  const out = fresh();
  await expect(seal.seal(join(folder, 'missing'), out)).rejects.toThrow('ENOENT');
  await expect(seal.seal(folder, out)).rejects.toThrow('EISDIR');
  expect(existsSync(out)).toBe(false);
});

test('a passphrase has 16 characters or more, without what came along with pasting', () => {
  expect(['x'.repeat(16), '🔑'.repeat(16)].map(findKeyFault)).toEqual([undefined, undefined]);
  expect(['', 'x'.repeat(15), ` ${'x'.repeat(15)}\n`, '🔑'.repeat(15)].map((key) => findKeyFault(key)?.startsWith(`encryption-key has ${key === '' ? 0 : 15} characters, and needs 16 or more`))).toEqual([true, true, true, true]);
  expect(() => createSeal('short')).toThrow('needs 16 or more');
});
