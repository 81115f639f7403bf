import { join } from 'node:path';
import type { MemoryRemoteCache } from '../../../../test/fakes/memory-remote-cache.js';
import { createMemoryRemoteCache } from '../../../../test/fakes/memory-remote-cache.js';
import { createManualClock, type ManualClock } from '../../../../test/fakes/manual-clock.js';
import { describeResult, keyOf, useStoreFolder } from '../../../../test/rig/store-folder.js';
import { openFolderResultPacks } from '../../local/result-pack/folder-result-packs.js';
import { locateStore } from '../../local/store/store-layout.js';
import type { IndexOwner } from './entry-names.js';
import { listIndexPrefixes, nameIndex, nameResult } from './entry-names.js';
import type { GithubResultStore } from './github-result-store.js';
import { openGithubResultStore } from './github-result-store.js';
import { mostSmallBytes, type PendingResults } from './result-uploads.js';

const place = useStoreFolder();
const from = (...paths: readonly string[]) => ({ paths, log: null, holdsSecret: null });

interface Job {
  readonly store: GithubResultStore;
  readonly clock: ManualClock;
  readonly pending: () => PendingResults;
}

function createJobs(cache: MemoryRemoteCache): (given?: { readonly cell?: string; readonly pending?: PendingResults; readonly disk?: string; readonly reads?: readonly string[] }) => Job {
  let jobs = 0;
  return ({ cell = 'build', pending, disk, reads = ['local'] } = {}) => {
    const clock = createManualClock();
    const at = locateStore(join(place().root, disk ?? `job-${(jobs += 1)}`));
    let told: PendingResults = { large: [], small: [] };
    const store = openGithubResultStore({
      local: place().open(at), packs: openFolderResultPacks({ storeFolder: at.folder, tollgateVersion: '1.0.0' }), cache, domains: { write: 'local', read: reads },
      owner: { workflow: 'ci', parts: '', cell, run: '7', turn: `7-1-${jobs}` }, folder: join(place().root, 'transfer'), after: clock.after, ...(pending === undefined ? {} : { pending }), onPending: (now) => (told = now),
    });
    return { store, clock, pending: () => told };
  };
}

test('small results travel together: many hits cost one request, and a miss one more', async () => {
  const cache = createMemoryRemoteCache();
  const begin = createJobs(cache);
  const first = begin().store;
  for (const name of 'abcdef') await first.save(describeResult({ key: keyOf(name) }), from());
  await first.uploads.settle();
  expect(cache.entries.size).toBe(1);
  cache.calls.length = 0;
  const second = begin().store;
  for (const name of 'abcdef') expect((await second.find(keyOf(name))).kind).toBe('hit');
  expect(cache.calls).toEqual(['find']);
  for (let time = 0; time < 3; time++) expect((await second.find(keyOf('9'))).kind).toBe('miss');
  expect(cache.calls).toEqual(['find', 'find']);
  await second.uploads.settle();
  expect(cache.calls).toHaveLength(2);
});

test('a large result has an entry of its own, and comes back byte for byte', async () => {
  const cache = createMemoryRemoteCache();
  const begin = createJobs(cache);
  place().write('big.bin', Buffer.alloc(mostSmallBytes + 1, 7));
  const { store } = begin();
  await store.save(describeResult({ key: keyOf('a') }), from('big.bin'));
  await store.uploads.settle();
  expect([...cache.entries.keys()]).toEqual([nameResult('local', keyOf('a'))]);
  const before = place().list();
  place().remove('big.bin');
  const later = begin().store;
  const found = await later.find(keyOf('a'));
  if (found.kind !== 'hit') throw new Error('no hit');
  expect(await later.place(found.result, { keep: new Set() })).toEqual({ kind: 'placed', written: 1 });
  expect(place().list()).toEqual(before);
});

test('what lies on this machine for other runs alone is still looked for on GitHub; withdrawn or damaged, it is not', async () => {
  const cache = createMemoryRemoteCache();
  const begin = createJobs(cache);
  const first = begin().store;
  await first.save(describeResult(), from());
  await first.uploads.settle();
  const imported = { write: 'imported', read: ['imported'] };
  const other = place().open({ ...locateStore(join(place().root, 'there')), domains: imported });
  await other.save(describeResult(), from());
  await other.save(describeResult({ key: keyOf('b') }), from());
  const { store } = begin({ disk: 'there' });
  expect((await store.find(keyOf('a'))).kind).toBe('hit');
  expect(await store.find(keyOf('b'))).toEqual({ kind: 'miss', reason: expect.stringContaining('imported') as string });
  const own = begin({ disk: 'gone' });
  place().open(locateStore(join(place().root, 'gone'))).withdraw(keyOf('a'));
  cache.calls.length = 0;
  expect(await own.store.find(keyOf('a'))).toMatchObject({ kind: 'miss', withdrawn: true });
  expect(cache.calls).toEqual([]);
});

test('an entry of a longer key is nobody\'s result: a miss, and no word about damage', async () => {
  const cache = createMemoryRemoteCache();
  cache.entries.set(`${nameResult('other', keyOf('a'))}-and-more`, Buffer.from('somebody has saved this'));
  expect(await createJobs(cache)({ reads: ['local', 'other'] }).store.find(keyOf('a'))).toEqual({ kind: 'miss' });
});

test('two cells that save at once both survive, and each goes on with what the one before knew', async () => {
  const cache = createMemoryRemoteCache();
  const begin = createJobs(cache);
  const cells = ['x', 'y'].map((cell) => begin({ cell }).store);
  await Promise.all(cells.map(async (store, index) => {
    await store.save(describeResult({ key: keyOf(String(index)) }), from());
    await store.uploads.settle();
  }));
  for (const [index, cell] of ['x', 'y'].entries()) {
    const { store } = begin({ cell });
    expect((await store.find(keyOf(String(index)))).kind).toBe('hit');
    await store.save(describeResult({ key: keyOf(`${index + 2}`) }), from());
    await store.uploads.settle();
    const third = begin({ cell }).store;
    for (const key of [index, index + 2]) expect((await third.find(keyOf(String(key)))).kind).toBe('hit');
  }
});

test('steps that end one after the other share an index, and it does not wait for the last', async () => {
  const cache = createMemoryRemoteCache();
  const { store, clock } = createJobs(cache)();
  for (const name of 'abc') await store.save(describeResult({ key: keyOf(name) }), from());
  expect(cache.entries.size).toBe(0);
  clock.advance(1_000);
  await store.uploads.settle();
  expect(cache.entries.size).toBe(1);
});

test('what could not be brought away is brought away by the process after it', async () => {
  const cache = createMemoryRemoteCache();
  const begin = createJobs(cache);
  place().write('big.bin', Buffer.alloc(mostSmallBytes + 1, 7));
  const first = begin({ disk: 'one' });
  await first.store.save(describeResult({ key: keyOf('a') }), from());
  const waiting = first.pending();
  expect(waiting).toEqual({ large: [], small: [keyOf('a')] });
  const post = begin({ disk: 'one', pending: { ...waiting, large: [] } });
  await post.store.uploads.settle();
  expect(post.store.uploads.pending()).toEqual({ large: [], small: [] });
  expect((await begin().store.find(keyOf('a'))).kind).toBe('hit');
});

test('without the service everything is a miss and nothing fails; a token that only reads is asked once', async () => {
  const cache = createMemoryRemoteCache();
  const begin = createJobs(cache);
  cache.mode = 'down';
  const { store } = begin();
  expect(await store.find(keyOf('a'))).toEqual({ kind: 'miss' });
  expect((await store.save(describeResult({ key: keyOf('a') }), from())).kind).toBe('saved');
  await store.uploads.settle();
  expect((await store.find(keyOf('a'))).kind).toBe('hit');
  cache.mode = 'denied';
  const reader = begin().store;
  place().write('big.bin', Buffer.alloc(mostSmallBytes + 1, 7));
  for (const name of 'abcdef') await reader.save(describeResult({ key: keyOf(name) }), from('big.bin'));
  await reader.uploads.settle();
  expect(cache.calls.filter((call) => call.startsWith('save')).length).toBeLessThanOrEqual(3);
  expect(reader.uploads.pending()).toEqual({ large: [], small: [] });
});

test.each([
  ['of another key', nameResult('local', keyOf('b')), /another key/u],
  ['cut off', undefined, /damaged/u],
])('an entry that is %s is a miss that names it', async (_name, source, reason) => {
  const cache = createMemoryRemoteCache();
  const begin = createJobs(cache);
  place().write('big.bin', Buffer.alloc(mostSmallBytes + 1, 7));
  const { store } = begin();
  await store.save(describeResult({ key: keyOf('b') }), from('big.bin'));
  await store.uploads.settle();
  const whole = cache.entries.get(nameResult('local', keyOf('b'))) ?? new Uint8Array();
  cache.entries.set(nameResult('local', keyOf('a')), source === undefined ? whole.subarray(0, 900) : whole);
  const found = await begin().store.find(keyOf('a'));
  expect(found).toMatchObject({ kind: 'miss', damaged: true, reason: expect.stringMatching(reason) as string });
});

test('names of entries have neither commas nor too many characters, and none is taken for another', () => {
  const owner: IndexOwner = { workflow: 'a, b'.repeat(200), parts: 'x', cell: 'y', run: '1', turn: '1-1' };
  const domains = ['default', 'pr:1', 'pr:12', 'ref:refs/heads/default', 'fork:3'];
  const names = domains.flatMap((domain) => [nameIndex(domain, owner, 1), nameResult(domain, keyOf('a'))]);
  for (const name of names) expect(name).toMatch(/^[\w-]{1,512}$/u);
  for (const domain of domains) {
    const prefixes = listIndexPrefixes([domain], owner);
    expect(names.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))).toEqual([nameIndex(domain, owner, 1)]);
  }
});
