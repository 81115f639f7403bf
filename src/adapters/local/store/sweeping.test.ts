import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeResult, findResult, useStoreFolder } from '../../../../test/rig/store-folder.js';
import { createTemporaryNames, isGone, makerOf } from './temporary-names.js';

const here = useStoreFolder();

/** A name that a process has made which is dead. */
const nameOfDead = (name = createTemporaryNames().next()): string => name.replace(`-${process.pid}-`, `-${spawnSync('true').pid}-`);

describe('names', () => {
  test('are never made twice, and tell their maker', () => {
    const [one, other] = [createTemporaryNames(), createTemporaryNames()];
    const names = [one, one, other, other].map(({ next }) => next());
    expect(new Set(names).size).toBe(4);
    expect(new Set(names.map(makerOf)).size).toBe(1);
    expect(names.map(makerOf)[0]).toMatch(new RegExp(`^[0-9a-f]{8}-${process.pid}$`, 'u'));
  });

  test.each(['.tollgate.yml', '.tollgate-tmp-', '.tollgate-tmp-0-1-2', 'x.tollgate-tmp-00000000-1-00000000-1', '.tollgate-tmp-00000000-1-00000000-1/x'])('%j is none of them', (name) => {
    expect(makerOf(name)).toBeUndefined();
  });

  test('a dead process is gone at once, a living one never, one that cannot be seen after an hour', () => {
    const own = makerOf(createTemporaryNames().next())!;
    expect(isGone(own, Infinity)).toBe(false);
    expect(isGone(makerOf(nameOfDead())!, 0)).toBe(true);
    expect(isGone('00000000-1', 3_500_000)).toBe(false);
    expect(isGone('00000000-1', 3_700_000)).toBe(true);
  });
});

test('a store that is opened clears up after the dead, and nobody else', () => {
  mkdirSync(here().layout.temporary, { recursive: true });
  const [dead, alive, foreign, old] = [nameOfDead(), createTemporaryNames().next(), '.tollgate-tmp-00000000-1-00000000-1', '.tollgate-tmp-00000000-1-00000000-2'];
  for (const name of [dead, alive, foreign, old, 'other']) writeFileSync(join(here().layout.temporary, name), '');
  utimesSync(join(here().layout.temporary, old), 1000, 1000);
  here().open();
  expect(readdirSync(here().layout.temporary).sort()).toEqual([alive, foreign, 'other'].sort());
});

describe('after a process was killed while it placed', () => {
  const dead = nameOfDead();
  const names = Array.from({ length: 6 }, (_, index) => dead.replace(/\d+$/u, String(index)));
  const note = (lines: readonly string[]): void => {
    mkdirSync(dirname(here().placedIndexFile), { recursive: true });
    writeFileSync(join(dirname(here().placedIndexFile), `${dead.replace(/-\d+$/u, '')}-placing`), lines.join('\n'));
  };

  test('what it had staged goes, and what it had put aside goes home if its place is free', () => {
    const [staged, aside, asideOfTaken, asideOfFolder, never] = names as [string, string, string, string, string];
    here().write(`dist/${staged}`, 'half');
    here().write(aside, 'mine');
    here().write(`dist/${asideOfTaken}`, 'old');
    here().write('dist/taken', 'new');
    here().write(`${asideOfFolder}/x`, 'in a folder');
    note([JSON.stringify([[`dist/${staged}`, null], [aside, 'home'], [never, 'b']]), JSON.stringify([[`dist/${asideOfTaken}`, 'dist/taken'], [asideOfFolder, 'folder']]), '[["half of a li']);
    here().open();
    expect(here().list()).toEqual({ dist: 'folder', 'dist/taken': 'file new', folder: 'folder', 'folder/x': 'file in a folder', home: 'file mine' });
    expect(readdirSync(dirname(here().placedIndexFile))).toEqual([]);
  });

  test('a poisoned note removes and moves nothing else', () => {
    const outside = join(here().root, 'outside');
    mkdirSync(outside);
    const [one, two, three, other] = [names[0]!, names[1]!, names[2]!, createTemporaryNames().next()];
    for (const name of [one, two, three]) writeFileSync(join(outside, name), 'outside');
    here().write('mine', 'mine');
    here().write(other, 'of a living process');
    here().write(two, 'aside');
    here().link('link', '../outside');
    const moves: unknown[] = [[`../outside/${one}`, null], [`link/${one}`, null], ['mine', null], ['mine', 'elsewhere'], [other, null], [two, '../outside/x'], 7, [7], null];
    note([JSON.stringify(moves), JSON.stringify({}), '7']);
    here().open();
    expect(here().list()).toEqual({ link: 'link ../outside', mine: 'file mine', [other]: 'file of a living process' });
    expect(readdirSync(outside).sort()).toEqual([one, two, three].sort());
  });

  test('in an output folder its temporary files are no files of somebody else', async () => {
    here().write('dist/a', 'one');
    const store = here().open();
    await store.save(describeResult({ folders: ['dist'] }), { paths: ['dist'], log: null, holdsSecret: null });
    here().write(`dist/${nameOfDead()}`, 'half');
    const alive = createTemporaryNames().next();
    here().write(`dist/${alive}`, 'of a living process');
    const placed = await store.place(findResult(store), { keep: new Set() });
    expect(placed.kind).toBe('placed');
    expect(here().list()).toEqual({ dist: 'folder', 'dist/a': 'file one', [`dist/${alive}`]: 'file of a living process' });
    // Nor are they part of what a step has made.
    const saved = await store.save(describeResult({ folders: ['dist'] }), { paths: ['dist'], log: null, holdsSecret: null });
    expect(saved.files.map(({ path }) => path)).toEqual(['dist', 'dist/a']);
  });
});

test('a note is there before the first file is, and gone when all is kept', async () => {
  here().write('a', 'x'.repeat(2_000_000));
  const store = here().open();
  await store.save(describeResult(), { paths: ['a'], log: null, holdsSecret: null });
  store.keep();
  here().remove('a');
  const placing = store.place(findResult(store), { keep: new Set() });
  const notes = (): readonly string[] => readdirSync(dirname(here().placedIndexFile)).filter((name) => name.endsWith('-placing'));
  expect(notes()).toHaveLength(1);
  expect(here().list()).not.toHaveProperty('a');
  await placing;
  store.keep();
  expect([notes(), Object.keys(here().list())]).toEqual([[], ['a']]);
});
