import { describe, expect, test } from '@jest/globals';
import { describeReads, type ReadsOfStep } from './describe-reads.js';
import type { FileRead } from './file-uses.js';
import { sortUndeclared } from './sort-undeclared.js';

const read = (...paths: readonly string[]): readonly FileRead[] => paths.map((path) => ({ path }));
const sort = (files: readonly FileRead[], more: Partial<Parameters<typeof sortUndeclared>[1]> = {}) => sortUndeclared(files, { written: new Set(), makerOf: () => undefined, known: () => new Set(files.map(({ path, via }) => via ?? path)), isThere: () => true, ...more });
const describeFor = (files: readonly FileRead[], more: Partial<ReadsOfStep> = {}) => {
  const sorted = more.sorted ?? sort(files);
  return describeReads({ uses: { read: files, listed: [], absent: [] }, sorted, suggested: { patterns: sorted.inputs.map(({ path, via }) => via ?? path), unnamable: [] }, basis: 'inputs', isWhole: true, at: [3, 9], ...more });
};

describe('what there is to do about each', () => {
  test('inputs, in an order and form that YAML takes', () => {
    const { code, level, at, message, hints } = describeFor([...read('lib/b.ts', 'a b\n"c', '1.5', 'true', 'src/**', '*x', '[id].ts'), { path: 'real', via: 'link' }]);
    expect({ code, level, at }).toEqual({ code: 'TG3414', level: undefined, at: [3, 9] });
    expect(message).toBe('it read 8 files that it does not declare: lib/b.ts, "a b\\n\\"c", "1.5", "true", src/** and 3 more');
    expect(hints).toEqual(['Add to its inputs: lib/b.ts, "a b\\n\\"c", "1.5", "true", src/**, "*x", "[id].ts", link']);
  });
  test('what git ignores, by the outermost folder of nothing else', () => {
    const files = read('node_modules/a/x.js', 'node_modules/b/y.js', 'src/gen/z.ts', 'src/a.ts', 'local.env');
    const { message, hints } = describeFor(files, { sorted: sort(files, { known: () => new Set(['src/a.ts', 'src/b.ts']) }) });
    expect(message).toBe('it read 5 files that it does not declare: src/a.ts, node_modules (2 files), src/gen, local.env');
    expect(hints).toEqual(['Add to its inputs: src/a.ts', 'git ignores node_modules, src/gen, local.env: let the step that makes it declare it as an output and be needed here, or name exactly this path in inputs']);
  });
  test('outputs of steps that are not needed, and what it changes itself', () => {
    const files = read('dist/a', 'cache/b', 'c');
    const { message, hints } = describeFor(files, { sorted: sort(files, { written: new Set(['cache/b']), makerOf: (path) => (path.startsWith('dist/') ? 'build' : undefined) }) });
    expect(message).toBe('it read 3 files that it does not declare: c, dist/a, cache/b');
    expect(hints).toEqual(['Add to its inputs: c', 'dist/a is an output of build: add needs: [build]', 'It also changes cache/b: declare that as an output, or keep it out of the workspace']);
  });
  test('a link that it sets anew is changed, wherever it leads', () => {
    expect(sort([{ path: 'real', via: 'link' }], { written: new Set(['link']) })).toMatchObject({ inputs: [], changed: ['link'] });
    expect(sort([{ path: 'real', via: 'link' }], { written: new Set(['real']) })).toMatchObject({ inputs: [], changed: ['link'] });
  });
  test('what is gone by now was no ignored file', () => {
    expect(sort(read('a'), { known: () => new Set(), isThere: () => false }).inputs).toEqual(read('a'));
  });
  test('a step whose key is its own affair is told, not warned', () => {
    expect(describeFor(read('a', 'b'), { basis: 'key' })).toEqual({ kind: 'step-type:trace', code: 'TG3414', level: 'info', at: [3, 9], message: 'it read 2 files without inputs, so that its key has to cover a, b', hints: ['See that its cache_key covers them, or declare inputs: [a, b]'] });
  });
  test('names that are no text', () => {
    expect(describeFor(read('caf\ufffd'), { suggested: { patterns: [], unnamable: ['caf\ufffd'] } }).hints).toEqual(['No input can name "caf\ufffd": rename it, or declare its folder']);
  });
});

describe('beside that', () => {
  const aside = { listed: ['src/deep', ''], absent: ['a/b/c', '.npmrc', 'z', 'y', 'x', 'w'] };
  test('folders and absent files are named in short, the nearest to the root first', () => {
    expect(describeFor(read('a'), { uses: { read: read('a'), ...aside } }).hints.at(-1)).toBe('It also listed the workspace, src/deep, and looked for .npmrc, w, x and 3 more, not there');
  });
  test('a step that read nothing else gets one note, alike for all', () => {
    expect(describeFor([])).toEqual({ kind: 'step-type:trace', code: 'TG3414', level: 'info', message: 'it read nothing that it does not declare', hints: [] });
    expect(describeFor([], { uses: { read: [], ...aside } }).message).toBe('it read nothing that it does not declare; it listed the workspace, src/deep, and looked for .npmrc, w, x and 3 more, not there');
  });
  test('a trace that broke off is never taken for a whole one', () => {
    expect(describeFor([], { isWhole: false })).toMatchObject({ message: 'what it read could not be watched to its end', at: [3, 9] });
    expect(describeFor(read('a'), { isWhole: false }).hints.at(-1)).toBe('The trace broke off: there may be more');
  });
});
