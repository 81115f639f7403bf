import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { makeZip } from '../../../../test/rig/make-zip.js';
import { makeTar } from '../../../../test/rig/tar-member.js';
import { DamagedArchive } from './damaged-archive.js';
import { takePack } from './take-pack.js';
import { unzipFiles } from './unzip-files.js';
import { writePackArchive } from './write-pack-archive.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-archives-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const counter = { next: 0 };
const place = (): string => join(scratch, `${(counter.next += 1)}`);
function write(bytes: Uint8Array): string {
  const path = place();
  writeFileSync(path, bytes);
  return path;
}

/** Some bytes of it are others, some are left out, some come twice. */
function damage(bytes: Buffer, places: readonly (readonly [number, number, 'set' | 'cut' | 'twice'])[]): Buffer {
  let damaged = bytes;
  for (const [at, value, how] of places) {
    const index = at % Math.max(1, damaged.length);
    const head = damaged.subarray(0, index);
    if (how === 'set') damaged = Buffer.concat([head, Buffer.from([value]), damaged.subarray(index + 1)]);
    else damaged = Buffer.concat([head, damaged.subarray(how === 'cut' ? index + value : Math.max(0, index - value))]);
  }
  return damaged;
}
const damages = fc.array(fc.tuple(fc.nat(5000), fc.nat(255), fc.constantFrom('set', 'cut', 'twice')), { minLength: 1, maxLength: 3 });

test('a pack comes out as it went in, the same file as the same archive, and tar reads it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      const file = write(bytes);
      const [one, two, out] = [place(), place(), place()];
      await writePackArchive(file, one);
      await writePackArchive(file, two);
      expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
      await takePack(one, out);
      expect(readFileSync(out).equals(bytes)).toBe(true);
    }),
    { numRuns: 50 },
  );
  const archive = place();
  await writePackArchive(write(Buffer.from('the pack')), archive);
  expect(execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' })).toBe('pack\n');
  expect(execFileSync('tar', ['-xzOf', archive], { encoding: 'utf8' })).toBe('the pack');
});

test('a damaged archive is refused, or was not damaged where it counts; nothing else ever happens', async () => {
  const content = Buffer.from('some content '.repeat(100));
  const tar = makeTar([{ name: 'pack', content }]);
  await fc.assert(
    fc.asyncProperty(damages, fc.boolean(), async (places, inside) => {
      const archive = write(inside ? gzipSync(damage(tar, places)) : damage(gzipSync(tar), places));
      const out = place();
      const error: unknown = await takePack(archive, out).then(() => undefined, (reason: unknown) => reason);
      if (error !== undefined) expect(error).toBeInstanceOf(DamagedArchive);
      // What gzip says is whole has gone through its checksum; inside, the bytes are for the pack itself to vouch for.
      else if (!inside) expect(readFileSync(out).equals(content)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a damaged zip file is refused, or its files are what they were', async () => {
  const files = { a: 'text', 'deep/b': 'other text'.repeat(50), 'deep/c': '' };
  const zip = makeZip(Object.entries(files).map(([name, content]) => ({ name, content })));
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(damages, async (places) => {
      const parent = place();
      const out = `${parent}-folder`;
      const error: unknown = await unzipFiles(write(damage(zip, places)), out).then(() => undefined, (reason: unknown) => reason);
      if (error !== undefined) expect(error).toBeInstanceOf(DamagedArchive);
      else {
        const names = readdirSync(out, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
        for (const text of names) expect(Object.values(files)).toContain(text);
      }
      seen.add(error === undefined ? 'whole' : 'refused');
      rmSync(out, { recursive: true, force: true });
    }),
    { numRuns: 500 },
  );
  expect(seen.has('refused')).toBe(true);
});

test('what is damaged at its end has left no more than a file of its own', async () => {
  const archive = write(gzipSync(gunzipSync(gzipSync(makeTar([{ name: 'pack', content: 'x' }, { name: '../escaped', content: 'y' }])))));
  const out = place();
  await expect(takePack(archive, out)).rejects.toThrow('more than one file');
  expect(existsSync(join(scratch, '..', 'escaped'))).toBe(false);
});

test('a file that is there already is not written over', async () => {
  const archive = place();
  await writePackArchive(write(Buffer.from('new')), archive);
  const out = write(Buffer.from('old'));
  await expect(takePack(archive, out)).rejects.toThrow('EEXIST');
  expect(readFileSync(out, 'utf8')).toBe('old');
});
