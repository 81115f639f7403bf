import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPlanStore } from './plan-store.js';

const root = mkdtempSync(join(tmpdir(), 'tollgate-plans-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const plan = { steps: [{ id: 'a' }], table: new Map([['k', 1]]) };

test('what was kept is read as it was, and nothing else is', () => {
  const store = openPlanStore(join(root, 'a'));
  store.write('one', plan);
  expect(store.read('one')).toEqual(plan);
  expect(store.read('other')).toBeUndefined();
});

test('one that is flipped anywhere, cut, or lies under the name of another is none', () => {
  const store = openPlanStore(join(root, 'b'));
  store.write('one', plan);
  store.write('other', 'other');
  const path = (key: string): string => join(root, 'b', 'plans', key);
  const bytes = readFileSync(path('one'));
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 4;
    writeFileSync(path('one'), flipped);
    expect(store.read('one')).toBeUndefined();
    writeFileSync(path('one'), bytes.subarray(0, at));
    expect(store.read('one')).toBeUndefined();
  }
  writeFileSync(path('one'), readFileSync(path('other')));
  expect(store.read('one')).toBeUndefined();
  expect(store.read('other')).toBe('other');
});

test('a folder in its place is none, and leaves nothing behind', () => {
  mkdirSync(join(root, 'c', 'plans', 'one'), { recursive: true });
  const store = openPlanStore(join(root, 'c'));
  expect(store.read('one')).toBeUndefined();
  store.write('one', plan);
  expect(readdirSync(join(root, 'c', 'plans'))).toEqual([]);
  store.write('one', plan);
  expect(store.read('one')).toEqual(plan);
});
