import fc from 'fast-check';
import { compileName, matchesName } from './name-pattern.js';

const matches = (pattern: string, name: string): boolean => matchesName(compileName(pattern), name);

test.each([
  ['*', 'x', true], ['*', '', true], ['*', '.hidden', true], ['a*', 'a', true], ['a*b', 'ab', true], ['a*b', 'axxb', true], ['a*b', 'axxbc', false],
  ['*.ts', 'a.ts', true], ['*.ts', 'a.tsx', false], ['*.test.*', 'a.b.test.ts', true], ['?', 'x', true], ['?', '', false], ['?', 'xy', false], ['?', '🎈', true],
  ['[abc]', 'b', true], ['[abc]', 'd', false], ['[a-c]x', 'bx', true], ['[!a-c]', 'b', false], ['[^a-c]', 'd', true], ['[]]', ']', true], ['[a-]', '-', true],
  ['[abc', '[abc', true], ['[abc', 'a', false], ['[]', '[]', true], ['\\*', '*', true], ['\\*', 'x', false], ['a\\', 'a\\', true], ['\\[a]', '[a]', true],
  ['plain', 'plain', true], ['plain', 'Plain', false], ['**', 'anything', true], ['*a*a*a', 'aaa', true], ['*a*a*a', 'aa', false],
])('%s and %s: %s', (pattern, name, wanted) => {
  expect(matches(pattern, name)).toBe(wanted);
});

test('a name without wildcards is literal', () => {
  expect([compileName('a\\*b'), compileName('a-b')]).toEqual([{ kind: 'literal', name: 'a*b' }, { kind: 'literal', name: 'a-b' }]);
});

test('stars and question marks mean what a regular expression says', () => {
  const pattern = fc.stringMatching(/^[ab?*]{0,8}$/u);
  fc.assert(
    fc.property(pattern, fc.stringMatching(/^[ab]{0,10}$/u), (written, name) => {
      expect(matches(written, name)).toBe(new RegExp(`^${written.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u').test(name));
    }),
  );
});

test('a pattern made to take for ever takes no time', () => {
  const started = performance.now();
  expect(matches(`${'*a'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});
