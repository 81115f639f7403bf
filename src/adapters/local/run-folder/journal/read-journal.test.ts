import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { eventOf, writeEpoch } from '../../../../../test/rig/write-epoch.js';
import { readJournal } from './read-journal.js';
import { setAside } from './set-aside.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-journal-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const runPath = join(scratch, 'run');
const folder = join(runPath, 'journal');
const first = writeEpoch([eventOf(1), eventOf(2), eventOf(3)]);
const second = writeEpoch([eventOf(4), eventOf(5)], { epoch: 2, follows: first.end });

beforeEach(() => {
  rmSync(runPath, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

function put(epoch: number, bytes: Uint8Array | string): string {
  const file = join(folder, `${String(epoch).padStart(6, '0')}.ndjson`);
  writeFileSync(file, bytes);
  return file;
}

test('a run without a journal has no events and no damage', () => {
  expect(readJournal(runPath)).toMatchObject({ events: [], end: null, lastEpoch: 0, damage: [] });
  expect(readJournal(join(scratch, 'nowhere'))).toMatchObject({ events: [], damage: [] });
});

test('other files in the folder are left alone', () => {
  put(1, first.bytes);
  for (const name of ['000002.ndjson.damaged-1', '000003.ndjson.tmp', '0000004.ndjson', '000000.ndjson', 'x.ndjson', '5.ndjson', 'notes']) writeFileSync(join(folder, name), 'junk');
  expect(readJournal(runPath)).toMatchObject({ lastSeq: 3, lastEpoch: 1, damage: [] });
});

const oddities: readonly (readonly [string, (file: string) => void])[] = [
  ['an empty file', (file) => writeFileSync(file, '')],
  ['{}', (file) => writeFileSync(file, '{}')],
  ['the file of another tool', (file) => writeFileSync(file, '{"version":3,"sources":[]}\n')],
  ['binary junk', (file) => writeFileSync(file, Buffer.from([0, 255, 10, 13, 0, 128, 10]))],
  ['a folder', (file) => mkdirSync(file)],
  ['a pipe', (file) => execFileSync('mkfifo', [file])],
  ['a link to nowhere', (file) => symlinkSync('nowhere', file)],
  ['the journal of another run', (file) => writeFileSync(file, writeEpoch([eventOf(9)], { run: 'other', epoch: 2 }).bytes)],
];

test.each(oddities)('%s in place of the newest file is damage; the rest is read, and it can be set aside', (_, make) => {
  put(1, first.bytes);
  const file = join(folder, '000002.ndjson');
  make(file);
  const reading = readJournal(runPath);
  expect(reading).toMatchObject({ lastSeq: 3, end: first.end, lastEpoch: 2, damage: [{ file, offset: 0, keptAs: null }] });
  const [kept] = setAside(reading);
  // A link that leads nowhere is renamed as it is.
  expect(kept).toMatchObject({ file, keptAs: `${file}.damaged-1` });
  expect(readdirSync(folder).sort()).toEqual(['000001.ndjson', '000002.ndjson.damaged-1']);
  expect(readJournal(runPath)).toMatchObject({ lastSeq: 3, end: first.end, damage: [] });
});

test.each(oddities.slice(0, 4))('%s alone is damage', (_, make) => {
  const file = join(folder, '000001.ndjson');
  make(file);
  expect(readJournal(runPath)).toMatchObject({ events: [], end: null, lastEpoch: 1, damage: [{ file, offset: 0 }] });
});

test('a file in place of the folder is damage', () => {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  const reading = readJournal(runPath);
  expect(reading).toMatchObject({ events: [], damage: [{ file: folder, offset: 0 }] });
  expect(setAside(reading)).toMatchObject([{ keptAs: `${folder}.damaged-1` }]);
  expect(readJournal(runPath)).toMatchObject({ events: [], damage: [] });
});

test('setting aside keeps the originals, and changes nothing of what is read', () => {
  fc.assert(
    fc.property(fc.nat(first.bytes.length - 1), fc.nat(second.bytes.length), fc.boolean(), (at, length, isFlipped) => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      const bytes = Buffer.from(first.bytes);
      if (isFlipped) bytes[at]! ^= 0x01;
      const originals = [put(1, bytes), put(2, second.bytes.subarray(0, length))].map((file) => ({ file, bytes: readFileSync(file) }));
      const before = readJournal(runPath);
      const kept = setAside(before);
      for (const { file, keptAs } of kept) expect(readFileSync(keptAs!)).toEqual(originals.find((each) => each.file === file)?.bytes);
      const { events, end, damage } = readJournal(runPath);
      expect({ events, end, damage }).toEqual({ events: before.events, end: before.end, damage: [] });
    }),
    { numRuns: 200 },
  );
});

test('an original that was kept before is not lost to a second one', () => {
  for (const text of ['one', 'two']) {
    put(1, text);
    setAside(readJournal(runPath));
  }
  expect(['damaged-1', 'damaged-2'].map((ending) => readFileSync(join(folder, `000001.ndjson.${ending}`), 'utf8'))).toEqual(['one', 'two']);
});

test('what cannot be set aside is said to lie where it was', () => {
  const reading = readJournal(runPath);
  const damage = [{ file: join(folder, 'gone'), offset: 0, problem: 'p', keptAs: null }];
  expect(setAside({ ...reading, damage })).toEqual(damage);
});

test('a file that may not be read is damage', () => {
  const file = put(1, first.bytes);
  chmodSync(file, 0o000);
  const { damage, lastSeq } = readJournal(runPath);
  // The superuser may read everything.
  expect(process.getuid?.() === 0 ? lastSeq : damage[0]?.problem).toBe(process.getuid?.() === 0 ? 3 : 'permission denied');
});
