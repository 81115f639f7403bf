import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lease, Leases, LeaseWish } from '../../../ports/lease.js';
import { createLeases } from './create-leases.js';
import type { LeaseWorld } from './lease-world.js';
import { thisWorld } from './lease-world.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-leases-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const wish: LeaseWish = { note: 'run 1 of release', takeOver: false };

interface Bench {
  readonly folder: string;
  readonly leases: Leases;
  /** Somewhere else each time, where it cannot be known whether owners live. */
  readonly elsewhere: (passedMs?: number) => Leases;
  readonly files: () => readonly string[];
  readonly fileOf: (name: string) => string;
  /** Lets the time of a heartbeat come. */
  readonly beat: (passedMs?: number) => void;
}

function setUp(): Bench {
  const folder = join(mkdtempSync(join(scratch, 'case-')), 'leases');
  const beats = new Set<() => void>();
  let passed = 0;
  let namespaces = 0;
  const world: LeaseWorld = {
    ...thisWorld,
    now: () => Date.now() + passed,
    every: (_, call) => {
      beats.add(call);
      return () => void beats.delete(call);
    },
  };
  const place = (): string => join(folder, readdirSync(folder)[0] ?? '');
  return {
    folder,
    leases: createLeases(folder, world),
    elsewhere: (passedMs = 0) => {
      const pidNamespace = `pid:[${(namespaces += 1)}]`;
      return createLeases(folder, { ...world, identifySelf: () => ({ ...thisWorld.identifySelf(), pidNamespace }), now: () => Date.now() + passedMs });
    },
    files: () => readdirSync(place()).sort(),
    fileOf: (name) => join(place(), name),
    beat: (passedMs = 0) => {
      passed = passedMs;
      beats.forEach((call) => call());
    },
  };
}

function hold(leases: Leases, given: Partial<LeaseWish> = {}): Lease {
  const claim = leases.claim('name', { ...wish, ...given });
  if (claim.kind !== 'held') throw new Error(`it is ${claim.kind}`);
  return claim.lease;
}

test('one at a time, also within a process, and other names have nothing to do with it', () => {
  const { leases } = setUp();
  const lease = hold(leases);
  expect(lease.isHeld()).toBe(true);
  expect(leases.claim('name', wish)).toMatchObject({ kind: 'busy', owner: { pid: process.pid, note: wish.note, life: 'alive' } });
  expect(leases.claim('../other name\n', wish).kind).toBe('held');
  lease.release();
  expect(lease.isHeld()).toBe(false);
  expect(hold(leases).epoch).toBe(2);
  lease.release();
  expect(leases.claim('name', wish).kind).toBe('busy');
});

test('files of owners that nobody goes by any more are taken away', () => {
  const { leases, files } = setUp();
  for (let epoch = 1; epoch <= 5; epoch++) {
    const lease = hold(leases);
    expect(lease.epoch).toBe(epoch);
    lease.release();
  }
  expect(files()).toEqual(['4', '4.released', '5', '5.released']);
});

test('who was succeeded long ago knows it, though its own file and the next are gone', () => {
  const { leases, elsewhere, files } = setUp();
  const first = hold(leases);
  for (let epoch = 2; epoch <= 4; epoch++) hold(elsewhere(), { takeOver: true });
  expect(files()).toEqual(['3', '4']);
  expect(first.isHeld()).toBe(false);
  expect(first.successor()).toMatchObject({ pid: process.pid });
});

test('whose file was taken away by somebody has lost it', () => {
  const { leases, fileOf } = setUp();
  const lease = hold(leases);
  rmSync(fileOf('1'));
  expect(lease.isHeld()).toBe(false);
  expect(lease.successor()).toBeNull();
});

test('an owner of unknown life is given up after 60 s without a word', () => {
  const { leases, elsewhere, beat } = setUp();
  const lease = hold(leases);
  expect(elsewhere(59_000).claim('name', wish)).toMatchObject({ kind: 'busy', owner: { life: 'unknown' } });
  beat(120_000);
  expect(elsewhere(120_000 + 59_000).claim('name', wish).kind).toBe('busy');
  expect(lease.isHeld()).toBe(true);
  expect(elsewhere(120_000 + 61_000).claim('name', wish).kind).toBe('held');
  expect(lease.isHeld()).toBe(false);
});

test('a clock that was set back gives nobody up', () => {
  const { leases, elsewhere } = setUp();
  hold(leases);
  expect(elsewhere(-86_400_000).claim('name', wish).kind).toBe('busy');
});

test('after the end of a lease nothing is touched any more', () => {
  const { leases, elsewhere, beat, fileOf } = setUp();
  hold(leases);
  hold(elsewhere(), { takeOver: true }).release();
  const before = statSync(fileOf('1')).mtimeMs;
  beat(3_600_000);
  expect(statSync(fileOf('1')).mtimeMs).toBe(before);
});

const damages: readonly (readonly [string, (file: string) => void])[] = [
  ['an empty file', (file) => writeFileSync(file, '')],
  ['junk', (file) => writeFileSync(file, Buffer.from([0, 255, 13]))],
  ['{}', (file) => writeFileSync(file, '{}')],
  ['half of what was there', (file) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 60))],
  ['a folder', (file) => {
    rmSync(file);
    mkdirSync(file);
  }],
];

test.each(damages)('%s in place of the file is an owner of unknown life, last seen when it was written', (_, damage) => {
  const { leases, fileOf, elsewhere } = setUp();
  hold(leases);
  damage(fileOf('1'));
  const seen = Date.now() - 30_000;
  utimesSync(fileOf('1'), seen / 1000, seen / 1000);
  expect(leases.claim('name', wish)).toMatchObject({ kind: 'busy', owner: { life: 'unknown', lastSeen: seen } });
  expect(elsewhere(31_000).claim('name', wish)).toMatchObject({ kind: 'held', lease: { epoch: 2 } });
});

test('who places a number that was given out before does not have it', () => {
  const { leases, elsewhere, folder, files } = setUp();
  const first = hold(leases);
  const others: Lease[] = [];
  const late = createLeases(folder, {
    ...thisWorld,
    // While it looks whether the first one lives, and is stopped over that, four others have it one after the other.
    ask: () => {
      if (others.length > 0) return 'there';
      for (let epoch = 2; epoch <= 5; epoch++) others.push(hold(elsewhere(), { takeOver: true }));
      return 'gone';
    },
  });
  expect(late.claim('name', wish)).toMatchObject({ kind: 'busy', owner: { life: 'unknown' } });
  expect(files()).toEqual(['2', '4', '5']);
  expect([first, ...others].map((each) => each.isHeld())).toEqual([false, false, false, false, true]);
  expect(hold(elsewhere(), { takeOver: true }).epoch).toBe(6);
  expect(files()).toEqual(['5', '6']);
});

test('what killed claimants left behind goes after a while', () => {
  const { leases, files, fileOf } = setUp();
  hold(leases).release();
  for (const [name, age] of [['2.old.tmp', 3600], ['2.new.tmp', 1]] as const) {
    writeFileSync(fileOf(name), '');
    utimesSync(fileOf(name), Date.now() / 1000 - age, Date.now() / 1000 - age);
  }
  hold(leases);
  expect(files()).toEqual(['1', '1.released', '2', '2.new.tmp']);
});

test('where nothing can be written it says why', () => {
  const { leases, folder } = setUp();
  writeFileSync(folder, '');
  expect(leases.claim('name', wish)).toEqual({ kind: 'failed', reason: expect.stringMatching(/^\/.* cannot be used: there is no such file$/u) as string });
});

test('nobody else may read who has what', () => {
  const { leases, fileOf, folder } = setUp();
  hold(leases);
  expect(statSync(fileOf('1')).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
