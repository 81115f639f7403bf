import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeRemote, createFakeRemoteArtifacts } from '../../../../test/fakes/fake-remote-artifacts.js';
import { createManualClock } from '../../../../test/fakes/manual-clock.js';
import { createMemoryRemoteCache } from '../../../../test/fakes/memory-remote-cache.js';
import type { RemoteSaved } from '../transfer/transfers.js';
import { readSegmentName } from './segment-names.js';
import { createSegmentSaver } from './segment-saver.js';

const folder = mkdtempSync(join(tmpdir(), 'tollgate-saver-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A saver of a state that a test changes. `holds`: saves answer when the test lets them. */
function open({ holds = false }: { readonly holds?: boolean } = {}) {
  const cache = createMemoryRemoteCache();
  const remote = createFakeRemote();
  const clock = createManualClock();
  const held: (() => void)[] = [];
  const saved: string[] = [];
  const world = { state: '' };
  const save = async (key: string, file: string): Promise<RemoteSaved> => {
    const answer = await cache.save(key, file);
    if (answer.kind === 'saved') saved.push(readFileSync(file, 'utf8'));
    if (holds) await new Promise<void>((resolve) => void held.push(resolve));
    return answer;
  };
  const saver = createSegmentSaver({
    cache: { ...cache, save },
    artifacts: createFakeRemoteArtifacts(remote),
    name: { run: '7', part: 'build.x', attempt: 2 },
    count: 0, seal: null, folder, after: clock.after,
    write: (file, extent) => {
      writeFileSync(file, `${world.state} ${extent}`);
      return Promise.resolve(true);
    },
  });
  const touch = (state: string, haste?: 'at-once'): void => {
    world.state = state;
    saver.touch(haste);
  };
  return { cache, remote, saver, saved, touch, pass: async (ms: number): Promise<void> => {
    clock.advance(ms);
    await turn();
  }, release: async (): Promise<void> => {
    held.shift()?.();
    await turn();
  } };
}

const turn = async (): Promise<void> => await new Promise((resolve) => void setImmediate(resolve));

test('what ends shortly after a step travels with it, and later states follow at a distance', async () => {
  const { touch, pass, saved, saver, cache } = open();
  touch('a');
  touch('b');
  expect([saved, saver.isKept()]).toEqual([[], false]);
  await pass(1_000);
  expect([saved, saver.isKept()]).toEqual([['b lean'], true]);
  touch('c');
  await pass(4_999);
  expect([saved, saver.isKept()]).toEqual([['b lean'], false]);
  touch('d');
  await pass(1);
  expect([saved, saver.isKept()]).toEqual([['b lean', 'd lean'], true]);
  expect([...cache.entries.keys()].map(readSegmentName)).toEqual([1, 2].map((count) => ({ run: '7', part: 'build.x', attempt: 2, count })));
});

test('what must be known at once waits for nothing but the one that is under way', async () => {
  const { touch, pass, release, saved, saver } = open({ holds: true });
  touch('a');
  touch('b', 'at-once');
  await turn();
  expect(saved).toEqual(['b lean']);
  touch('c', 'at-once');
  await turn();
  expect(saved).toEqual(['b lean']);
  await release();
  expect(saved).toEqual(['b lean', 'c lean']);
  await release();
  expect(saver.isKept()).toBe(true);
  await pass(60_000);
  expect(saved).toEqual(['b lean', 'c lean']);
});

test('what happens while a slow one is under way follows it, though nothing happens after', async () => {
  const { touch, pass, release, saved, saver } = open({ holds: true });
  touch('a');
  await pass(1_000);
  touch('b');
  await pass(60_000);
  expect([saved, saver.isKept()]).toEqual([['a lean'], false]);
  await release();
  expect(saved).toEqual(['a lean', 'b lean']);
  await release();
  expect(saver.isKept()).toBe(true);
});

test('settling brings away what waits, once', async () => {
  const { touch, pass, release, saved, saver } = open({ holds: true });
  touch('a');
  await pass(1_000);
  touch('b');
  await pass(60_000);
  const settled = saver.settle();
  await release();
  await release();
  await settled;
  expect([saved, saver.isKept()]).toEqual([['a lean', 'b lean'], true]);
});

test('what the cache does not take is tried again with the next change; what it denies never again', async () => {
  const { cache, touch, pass, saved, saver } = open();
  cache.mode = 'down';
  touch('a');
  await pass(1_000);
  await pass(60_000);
  expect([cache.calls.length, saver.isKept()]).toEqual([1, false]);
  cache.mode = 'denied';
  touch('b');
  await pass(1_000);
  touch('c');
  await pass(60_000);
  await saver.settle();
  expect([cache.calls.length, saved, saver.isKept()]).toEqual([2, [], false]);
});

test('as an artifact it is no newer than what the cache has already, unless something happened since', async () => {
  const { remote, touch, pass, saver } = open();
  touch('a');
  await pass(1_000);
  await saver.keepAsArtifact(undefined);
  touch('b');
  await saver.keepAsArtifact(undefined);
  expect(remote.uploads.map(({ name }) => readSegmentName(name)?.count)).toEqual([1, 2]);
  expect(new Set(remote.uploads.map(({ name }) => name)).size).toBe(2);
});

test('as an artifact it has all its results with it, and where the cache is denied that is enough', async () => {
  const { cache, remote, touch, pass, saver } = open();
  cache.mode = 'denied';
  touch('a');
  await pass(1_000);
  expect(await saver.keepAsArtifact(3)).toBeUndefined();
  expect(saver.isKept()).toBe(true);
  expect(remote.uploads.map(({ name, files, retentionDays }) => [readSegmentName(name)?.count, files.get('state')?.toString(), retentionDays])).toEqual([[2, 'a whole', 3]]);
  remote.isBroken = () => 'HTTP 503';
  touch('b');
  expect(await saver.keepAsArtifact(undefined)).toBe('HTTP 503');
  expect(saver.isKept()).toBe(false);
});
