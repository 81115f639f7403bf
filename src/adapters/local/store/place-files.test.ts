import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import type { StagedFile } from './place-files.js';
import { placeFiles } from './place-files.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-place-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Case {
  readonly root: string;
  readonly staged: ReadonlyMap<string, StagedFile>;
  readonly wanted: readonly StoredFile[];
}

/** Two files that are there, and what is to take their places. */
function setUp(): Case {
  const root = mkdtempSync(join(scratch, 'case-'));
  const names = ['a', 'b'];
  for (const name of names) {
    writeFileSync(join(root, name), `old ${name}`);
    writeFileSync(join(root, `new-${name}`), `new ${name}`);
  }
  return {
    root,
    staged: new Map(names.map((path) => [path, { path, temporary: `new-${path}`, stats: lstatSync(join(root, `new-${path}`)) }])),
    wanted: names.map((path) => ({ kind: 'file', path, executable: false, digest: '', size: 5 })),
  };
}

test('what was done before a fault is undone, and nothing is left', () => {
  const { root, wanted, staged } = setUp();
  let left = 0;
  const asideOf = (path: string): string => (path === 'b' ? 'x'.repeat(300) : `aside-${path}`);
  expect(() => placeFiles({ root, reserved: [] }, { wanted, staged, cleared: [], asideOf, onLeft: () => void (left += 1) })).toThrow('ENAMETOOLONG');
  expect(left).toBe(0);
  expect(['a', 'b'].map((name) => readFileSync(join(root, name), 'utf8'))).toEqual(['old a', 'old b']);
  expect(readdirSync(root)).not.toContain('aside-a');
});

test('what cannot be put back is said', () => {
  const { root, wanted, staged } = setUp();
  let left = 0;
  const asideOf = (path: string): string => {
    if (path === 'a') return 'aside-a';
    // Somebody is quick: where the first has its place is a folder by now.
    rmSync(join(root, 'a'));
    mkdirSync(join(root, 'a/b'), { recursive: true });
    return 'x'.repeat(300);
  };
  expect(() => placeFiles({ root, reserved: [] }, { wanted, staged, cleared: [], asideOf, onLeft: () => void (left += 1) })).toThrow('ENAMETOOLONG');
  expect(left).toBeGreaterThan(0);
  expect(readFileSync(join(root, 'aside-a'), 'utf8')).toBe('old a');
});
