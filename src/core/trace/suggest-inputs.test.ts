import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryWorkspaceReader } from '../../../test/fakes/memory-workspace-reader.js';
import type { InputSelection } from './suggest-inputs.js';
import { suggestInputs } from './suggest-inputs.js';

/** `*.{a,b}` → `*.a`, `*.b` */
function expand(pattern: string): readonly string[] {
  const [whole = '', list = ''] = /\{([^}]*)\}/u.exec(pattern) ?? [];
  return whole === '' ? [pattern] : list.split(',').map((each) => pattern.replace(whole, each));
}

function selectionOf(files: readonly string[], more: Partial<InputSelection> = {}): InputSelection {
  const reader = createMemoryWorkspaceReader(Object.fromEntries(files.map((path) => [path, ''])));
  return { select: (pattern) => (files.includes(pattern) ? [pattern] : reader.glob(expand(pattern))), avoid: new Set(), ...more };
}
const suggest = (files: readonly string[], others: readonly string[] = [], avoid: readonly string[] = []): readonly string[] => suggestInputs(files, selectionOf([...files, ...others], { avoid: new Set(avoid) })).patterns;

describe('the shortest honest suggestion', () => {
  test('few files are named', () => {
    expect(suggest(['lib/b.ts', 'a', 'lib/a.ts'])).toEqual(['a', 'lib/a.ts', 'lib/b.ts']);
  });
  test('many of one kind in one folder are a glob', () => {
    expect(suggest(['lib/a.ts', 'lib/b.ts', 'lib/c.ts', 'lib/d.ts', 'x'], ['lib/e.md'])).toEqual(['x', 'lib/*.ts']);
    expect(suggest(['a.md', 'b.md', 'c.md', 'd.md'])).toEqual(['*.md']);
  });
  test('many below one folder are a deep glob, where they are of few kinds', () => {
    expect(suggest(['lib/a.ts', 'lib/x/b.ts', 'lib/y/c.json', 'lib/z/d.ts'])).toEqual(['lib/**/*.{json,ts}']);
    expect(suggest(['lib/a.ts', 'lib/x/b.c', 'lib/y/c.json', 'lib/z/d.md'])).toEqual(['lib']);
    expect(suggest(['lib/Makefile', 'lib/x/b.c', 'lib/y/c.c', 'lib/z/d.c'])).toEqual(['lib']);
  });
  test('the nearest folder is named that they have in common', () => {
    expect(suggest(['a/b/c/1.x', 'a/b/c/2.x', 'a/b/c/3.x', 'a/b/c/4.x'])).toEqual(['a/b/c/*.x']);
  });
  test('a whole workspace is none', () => {
    expect(suggest(['a/1', 'b/2', 'c/3', 'd/4', 'e/5'])).toEqual(['a/1', 'b/2', 'c/3', 'd/4', 'e/5']);
  });
  test('what the step writes is kept out', () => {
    const files = ['lib/a.py', 'lib/b.py', 'lib/c.md', 'lib/d'];
    expect(suggest(files, ['lib/cache.pyc'], ['lib/cache.pyc'])).toEqual(files);
    expect(suggest(['lib/a.py', 'lib/b.py', 'lib/c.py', 'lib/d.py'], ['lib/cache.pyc'], ['lib/cache.pyc'])).toEqual(['lib/*.py']);
  });
  test('what a glob would leave out is not left out', () => {
    const files = ['lib/.a.ts', 'lib/b.ts', 'lib/c.ts', 'lib/d.ts'];
    const visible = selectionOf(files);
    expect(suggestInputs(files, { ...visible, select: (pattern) => visible.select(pattern).filter((file) => pattern === file || !file.includes('/.')) }).patterns).toEqual(files);
  });
  test('an exclamation mark in front takes nothing away', () => {
    expect(suggestInputs(['!x'], { select: (pattern) => (pattern === './!x' ? ['!x'] : []), avoid: new Set() }).patterns).toEqual(['./!x']);
  });
  test('what no input selects is said', () => {
    expect(suggestInputs(['a', 'caf\ufffd'], selectionOf(['a']))).toEqual({ patterns: ['a'], unnamable: ['caf\ufffd'] });
  });
});

test('it has every file in it, and nothing that is written', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'a.ts', 'b.ts', 'c.ts', 'd.ts', 'x.json', 'y.md');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.map((each, index) => (index === names.length - 1 ? each : `${each}_`)).join('/'));
  fc.assert(fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 25 }), fc.uniqueArray(path, { maxLength: 5 }), (files, others) => {
    const written = others.filter((each) => !files.includes(each));
    const selection = selectionOf([...files, ...written], { avoid: new Set(written) });
    const { patterns, unnamable } = suggestInputs(files, selection);
    const selected = new Set(patterns.flatMap((pattern) => selection.select(pattern)));
    expect(unnamable).toEqual([]);
    expect(files.filter((file) => !selected.has(file))).toEqual([]);
    expect(written.filter((file) => selected.has(file))).toEqual([]);
    expect(patterns.length).toBeLessThanOrEqual(files.length);
  }));
});
