import { describe, expect, test } from '@jest/globals';
import type { FileRead, FileUses } from './file-uses.js';
import type { DeclaredFiles } from './find-undeclared.js';
import { coversNames, findUndeclared } from './find-undeclared.js';

const declare = (more: Partial<DeclaredFiles> = {}): DeclaredFiles => ({ files: new Set(), realFiles: () => new Set(), patterns: [], outputs: [], ...more });
const uses = (read: readonly (string | FileRead)[], more: Partial<FileUses> = {}): FileUses => ({ read: read.map((each) => (typeof each === 'string' ? { path: each } : each)), written: new Set(), listed: [], absent: [], ...more });
const readOf = (...given: Parameters<typeof findUndeclared>): readonly string[] => findUndeclared(...given).read.map(({ path, via }) => via ?? path);

describe('a file that was read', () => {
  test('is declared when it is among the inputs, an output, or of git or Tollgate', () => {
    const declared = declare({ files: new Set(['src/a.ts']), outputs: ['dist', 'gen/x.ts'] });
    expect(readOf(uses(['src/a.ts', 'src/b.ts', 'dist/a.js', 'dist', 'dist2/a.js', 'gen/x.ts', 'gen/y.ts', '.git/HEAD', 'sub/.git', '.tollgate/runs/1/x', '.gitignore']), declared)).toEqual(['src/b.ts', 'dist2/a.js', 'gen/y.ts', '.gitignore']);
  });
  test('is declared when an input leads to it by a link', () => {
    expect(readOf(uses(['real/a', 'real/b']), declare({ files: new Set(['link/a']), realFiles: () => new Set(['real/a']) }))).toEqual(['real/b']);
  });
  test('and was asked for by a link, needs the link among the inputs', () => {
    const read = { path: 'real/a', via: 'link/a' };
    expect(readOf(uses([read]), declare({ files: new Set(['link/a']) }))).toEqual([]);
    expect(readOf(uses([read]), declare({ files: new Set(['real/a']) }))).toEqual(['link/a']);
  });
  test('and was asked for by a link that is made before, counts where it lies', () => {
    const read = { path: 'real/a', via: 'out/link' };
    expect(readOf(uses([read]), declare({ outputs: ['out'] }))).toEqual(['out/link']);
    expect(readOf(uses([read]), declare({ outputs: ['out'], files: new Set(['real/a']) }))).toEqual([]);
    expect(readOf(uses([{ path: '/usr/bin/python3', via: 'out/python' }, { path: '/usr/bin/python3', via: 'python' }]), declare({ outputs: ['out'] }))).toEqual(['python']);
  });
});

test.each([
  [['src'], 'src', true],
  [['src'], 'src/deep', true],
  [['src/a.ts'], 'src', false],
  [['./src/'], 'src', true],
  [['.'], '', true],
  [['src/*.ts'], 'src', true],
  [['src/*.ts'], 'src/deep', false],
  [['src/*.ts'], '', false],
  [['src/**'], 'src/a/b/c', true],
  [['src/**/x.ts'], 'src/a', true],
  [['*/x'], 'a', true],
  [['*/x'], 'a/b', false],
  [['!src'], 'src', false],
  ['workspace', 'src', true],
  [[], '', false],
] as const)('%j and a new name in «%s»: %s', (patterns, folder, covered) => {
  expect(coversNames(patterns, folder)).toBe(covered);
});

test('folders and absent files count only where no input could find them', () => {
  const declared = declare({ patterns: ['src/**', 'maybe.json'], outputs: ['dist'] });
  const found = findUndeclared(uses([], { listed: ['', 'src', 'src/a', 'dist', 'docs', '.git/refs'], absent: ['src/x', 'dist/y', 'maybe.json', '.npmrc', 'docs/z'] }), declared);
  expect(found).toEqual({ read: [], listed: ['', 'docs'], absent: ['.npmrc', 'docs/z'] });
});
