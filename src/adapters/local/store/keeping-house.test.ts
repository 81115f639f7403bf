import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeResult, findResult, keyOf, useStoreFolder } from '../../../../test/rig/store-folder.js';
import { clearStore } from './clear-store.js';
import { collectGarbage } from './collect-garbage.js';
import { digestOf } from './digest.js';
import { listResults, measureStore } from './list-results.js';
import { writeManifest } from './manifest.js';
import { removeUnreferenced } from './remove-blobs.js';
import { verifyStore } from './verify-store.js';

const here = useStoreFolder();

const hourMs = 3_600_000;
const now = Date.now();

/** Saves a result with one file of some size, last used so many hours ago. */
async function save(digit: string, size: number, given: { hoursAgo?: number; text?: string; domain?: string } = {}): Promise<void> {
  const domain = given.domain ?? 'local';
  const text = given.text ?? digit.repeat(size);
  here().write(`out-${digit}`, text);
  const store = here().open({ domains: { write: domain, read: [domain] } });
  expect(await store.save(describeResult({ key: keyOf(digit) }), { paths: [`out-${digit}`], log: null, holdsSecret: null })).toMatchObject({ kind: 'saved' });
  const at = (now - (given.hoursAgo ?? 0) * hourMs) / 1000;
  utimesSync(here().layout.resultOf({ domain, key: keyOf(digit) }), at, at);
  utimesSync(here().layout.blobOf(digestOf(text)), at, at);
}

const keys = (): readonly string[] => listResults(here().layout.folder).map(({ result }) => result.key[0]!);
const blobsThere = (): number => measureStore(here().layout.folder).blobs;

describe('a look at the store', () => {
  test('lists results of all domains, the one used last first, and measures all', async () => {
    await save('1', 1000, { hoursAgo: 3 });
    await save('2', 10, { hoursAgo: 1, domain: 'ref:refs/heads/Main' });
    await save('3', 1000, { hoursAgo: 2, text: '1'.repeat(1000) });
    expect(listResults(here().layout.folder).map(({ result, bytes, lastUsed }) => [result.domain, result.key[0], bytes, Math.round((now - lastUsed) / hourMs)])).toEqual([
      ['ref:refs/heads/Main', '2', 10, 1], ['local', '3', 1000, 2], ['local', '1', 1000, 3],
    ]);
    const size = measureStore(here().layout.folder);
    expect(size).toMatchObject({ entries: 3, blobs: 2 });
    expect(size.bytes).toBeGreaterThan(1010);
    expect(size.bytes).toBeLessThan(1010 + 3 * 1000);
    expect(Math.round((now - size.oldest!) / hourMs)).toBe(3);
  });

  test('that is empty or not there', () => {
    expect(measureStore(here().layout.folder)).toEqual({ entries: 0, blobs: 0, bytes: 0, oldest: undefined });
    expect(listResults(here().layout.folder)).toEqual([]);
    expect(collectGarbage(here().layout.folder, { maxBytes: 0, now })).toEqual({ entries: 0, blobs: 0, freedBytes: 0, keptBytes: 0 });
    expect(verifyStore(here().layout.folder, now)).toEqual({ entries: 0, blobs: 0, bytes: 0, removed: [] });
    expect(clearStore(here().layout.folder)).toBeUndefined();
  });
});

describe('collecting', () => {
  test('lets go of what was not used for longest, until the rest fits', async () => {
    await save('1', 10_000, { hoursAgo: 5 });
    await save('2', 10_000, { hoursAgo: 9 });
    await save('3', 10_000, { hoursAgo: 7 });
    await save('4', 10_000, { hoursAgo: 3 });
    const collected = collectGarbage(here().layout.folder, { maxBytes: 25_000, now });
    expect([keys(), blobsThere(), collected.entries, collected.blobs]).toEqual([['4', '1'], 2, 2, 2]);
    expect(collected.freedBytes).toBeGreaterThan(20_000);
    expect(collected.keptBytes).toBe(measureStore(here().layout.folder).bytes);
    expect(collected.keptBytes).toBeLessThanOrEqual(25_000);
  });

  test('leaves what fits, and the blobs that others need', async () => {
    const shared = 'x'.repeat(10_000);
    await save('1', 0, { hoursAgo: 9, text: shared });
    await save('2', 0, { hoursAgo: 3, text: shared });
    expect(collectGarbage(here().layout.folder, { maxBytes: 20_000, now })).toMatchObject({ entries: 0, blobs: 0, freedBytes: 0 });
    expect(collectGarbage(here().layout.folder, { maxBytes: 11_000, now })).toMatchObject({ entries: 1, blobs: 0 });
    expect([keys(), blobsThere()]).toEqual([['2'], 1]);
  });

  test('knows that letting go of one of two frees nothing that both need', async () => {
    const shared = 'x'.repeat(10_000);
    await save('1', 0, { hoursAgo: 9, text: shared });
    await save('2', 0, { hoursAgo: 3, text: shared });
    expect(collectGarbage(here().layout.folder, { maxBytes: 5_000, now })).toMatchObject({ entries: 2, blobs: 1, keptBytes: 0 });
  });

  test('leaves a blob that somebody claims in the very moment', async () => {
    await save('1', 100, { hoursAgo: 9 });
    const blob = here().layout.blobOf(digestOf('1'.repeat(100)));
    const claim = (): boolean => {
      utimesSync(blob, now / 1000, now / 1000);
      return false;
    };
    expect(removeUnreferenced(here().layout, { has: claim }, now)).toEqual([]);
    expect(readFileSync(blob, 'utf8')).toBe('1'.repeat(100));
    expect(readdirSync(here().layout.temporary)).toEqual([]);
  });

  test('leaves a blob that is young, whether it was written or claimed, though no result needs it yet', async () => {
    await save('1', 100, { hoursAgo: 9 });
    await save('2', 100, { hoursAgo: 9 });
    for (const digit of ['1', '2']) rmSync(here().layout.resultOf({ domain: 'local', key: keyOf(digit) }));
    await save('3', 100, { hoursAgo: 0.5 });
    rmSync(here().layout.resultOf({ domain: 'local', key: keyOf('3') }));
    // Somebody who saves the same content again and has not come to the manifest.
    const blob = here().layout.blobOf(digestOf('2'.repeat(100)));
    utimesSync(blob, now / 1000, now / 1000);
    expect(collectGarbage(here().layout.folder, { maxBytes: 0, now })).toMatchObject({ entries: 0, blobs: 1 });
    expect([existsSync(blob), existsSync(here().layout.blobOf(digestOf('3'.repeat(100)))), blobsThere()]).toEqual([true, true, 2]);
    expect(collectGarbage(here().layout.folder, { maxBytes: 0, now: now + 2 * hourMs })).toMatchObject({ blobs: 2 });
  });

  test('what was saved just now goes with its result, unless somebody has claimed it since', async () => {
    await save('1', 100);
    await save('2', 100);
    const later = (now + 60_000) / 1000;
    utimesSync(here().layout.blobOf(digestOf('2'.repeat(100))), later, later);
    expect(collectGarbage(here().layout.folder, { maxBytes: 0, now })).toMatchObject({ entries: 2, blobs: 1 });
    expect(existsSync(here().layout.blobOf(digestOf('2'.repeat(100))))).toBe(true);
  });

  test('a result that was used stays before one that was not', async () => {
    await save('1', 10_000, { hoursAgo: 9 });
    await save('2', 10_000, { hoursAgo: 5 });
    const store = here().open();
    findResult(store, keyOf('1'));
    store.keep();
    collectGarbage(here().layout.folder, { maxBytes: 15_000, now });
    expect(keys()).toEqual(['1']);
  });

  test('damaged results go', async () => {
    await save('1', 10);
    await save('2', 10);
    writeFileSync(here().layout.resultOf({ domain: 'local', key: keyOf('1') }), 'damaged');
    expect(collectGarbage(here().layout.folder, { maxBytes: 1e9, now })).toMatchObject({ entries: 1 });
    expect(keys()).toEqual(['2']);
  });

  test('happens by itself where a run has filled the store', async () => {
    await save('1', 10_000, { hoursAgo: 9 });
    await save('2', 10_000, { hoursAgo: 5 });
    here().write('out', 'y'.repeat(10_000));
    const store = here().open({ mostBytes: 25_000 });
    await store.save(describeResult({ key: keyOf('3') }), { paths: ['out'], log: null, holdsSecret: null });
    store.keep();
    expect(keys()).toEqual(['3', '2']);
    expect(statSync(here().layout.resultOf({ domain: 'local', key: keyOf('3') })).isFile()).toBe(true);
  });

  test('but not where it has room', async () => {
    await save('1', 10_000, { hoursAgo: 9 });
    here().open().keep();
    expect(keys()).toEqual(['1']);
    expect(Number(readFileSync(join(here().layout.folder, 'size'), 'utf8').split(' ')[0])).toBeGreaterThanOrEqual(10_000);
  });
});

describe('verifying', () => {
  const manifest = (digit: string): string => here().layout.resultOf({ domain: 'local', key: keyOf(digit) });
  const blob = (digit: string): string => here().layout.blobOf(digestOf(digit.repeat(10)));

  test('a whole store stays as it is', async () => {
    for (const digit of ['1', '2', '3']) await save(digit, 10);
    here().open().withdraw(keyOf('4'));
    expect(verifyStore(here().layout.folder, now)).toMatchObject({ entries: 3, blobs: 3, removed: [] });
    expect(keys()).toHaveLength(3);
  });

  test('names and removes what is damaged, what lies wrong and what nobody needs', async () => {
    for (const digit of ['1', '2', '3', '4', '5', '6', '7']) await save(digit, 10, { hoursAgo: 2 });
    writeFileSync(blob('1'), '1'.repeat(9));
    writeFileSync(manifest('2'), 'damaged');
    rmSync(blob('3'));
    writeFileSync(manifest('4'), readFileSync(manifest('5')));
    writeFileSync(manifest('6'), writeManifest({ ...describeResult({ key: keyOf('6') }), domain: 'local', files: [{ kind: 'file', path: '../x', executable: false, digest: digestOf('6'.repeat(10)), size: 10 }] }));
    mkdirSync(join(dirname(blob('7')), 'folder'));
    const { removed, ...rest } = verifyStore(here().layout.folder, now);
    expect(rest).toMatchObject({ entries: 2, blobs: 2 });
    expect(new Map(removed.map(({ path, reason }) => [path, reason]))).toEqual(new Map([
      [blob('1'), 'its content is another than its name says'],
      [manifest('1'), expect.stringContaining('missing or damaged') as string],
      [manifest('2'), 'its checksum is wrong'],
      [blob('2'), 'no stored result needs it'],
      [manifest('3'), expect.stringContaining('missing or damaged') as string],
      [manifest('4'), 'it is the result of another key'],
      [blob('4'), 'no stored result needs it'],
      [manifest('6'), expect.stringContaining('..') as string],
      [blob('6'), 'no stored result needs it'],
      [join(dirname(blob('7')), 'folder'), 'it is no blob'],
    ]));
    expect(verifyStore(here().layout.folder, now)).toMatchObject({ entries: 2, removed: [] });
    const store = here().open();
    for (const digit of ['5', '7']) {
      rmSync(join(here().workspace, `out-${digit}`));
      expect(await store.place(findResult(store, keyOf(digit)), { keep: new Set() })).toEqual({ kind: 'placed', written: 1 });
    }
  });
});

test('a store that is cleared is empty, and can be used again', async () => {
  await save('1', 10);
  expect(clearStore(here().layout.folder)).toBeUndefined();
  expect(readdirSync(here().layout.folder)).toEqual([]);
  await save('2', 10);
  expect(keys()).toEqual(['2']);
});
