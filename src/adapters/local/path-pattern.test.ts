import type { PathPattern } from './path-pattern.js';
import { advance, compilePattern, coversAll, isMatch, start } from './path-pattern.js';

const walk = (pattern: PathPattern, path: string) => path.split('/').reduce((progress, name) => advance(pattern, progress, name), start(pattern));
const only = (written: string): PathPattern => {
  const [pattern, ...others] = compilePattern(written);
  if (pattern === undefined || others.length > 0) throw new Error('one pattern is wanted');
  return pattern;
};

test.each([
  ['src/**', 'src', false], ['src/**', 'src/a', true], ['src/**', 'src/a/b', true], ['**', 'a', true], ['**', 'a/b', true], ['**/a', 'a', true], ['**/a', 'x/y/a', true], ['**/a', 'x/ab', false],
  ['a/**/b', 'a/b', true], ['a/**/b', 'a/x/y/b', true], ['a/**/**/b', 'a/b', true], ['a/*/b', 'a/b', false], ['a/*/b', 'a/x/b', true],
  ['src', 'src/a/b', true], ['src/*', 'src/a/b', false], ['src/*/', 'src/a/b', true], ['*.ts', 'a.ts/b', false], ['./a//b', 'a/b', true], ['a', 'b', false],
])('%s and %s: %s', (written, path, wanted) => {
  const pattern = only(written);
  expect(isMatch(pattern, walk(pattern, path))).toBe(wanted);
});

test.each([['x/**', 'x', true], ['x/**', 'x/y', true], ['x', 'x', true], ['x', 'x/y/z', true], ['**/x', 'a/x', true], ['x/*', 'x', false], ['x/**/y', 'x', false], ['x/*', 'x/y', false], ['x/**', 'y', false]])('all below is covered: by %s of %s: %s', (written, folder, wanted) => {
  const pattern = only(written);
  expect(coversAll(pattern, walk(pattern, folder))).toBe(wanted);
});

test('progress is empty where nothing below can match, so that no folder is read in vain', () => {
  expect(walk(only('src/*.ts'), 'lib')).toEqual([]);
  expect(walk(only('src/*.ts'), 'src/a')).toEqual([]);
  expect(walk(only('src/*.ts'), 'src')).not.toEqual([]);
});

test('! takes away, braces are several, and what leads out is none', () => {
  expect(compilePattern('!a').map(({ takesAway }) => takesAway)).toEqual([true]);
  expect(compilePattern('{a,b}/c')).toHaveLength(2);
  expect(compilePattern('../a')).toEqual([]);
  expect(compilePattern('a/../b')).toEqual([]);
  expect(compilePattern('')).toEqual([]);
});

test('a dot stands for the whole workspace', () => {
  const pattern = only('.');
  expect([isMatch(pattern, walk(pattern, 'a/b')), coversAll(pattern, start(pattern))]).toEqual([true, true]);
});
