import { expandBraces } from './expand-braces.js';

test.each([
  ['a', ['a']],
  ['{a,b}', ['a', 'b']],
  ['src/{a,b}/{c,d}.ts', ['src/a/c.ts', 'src/a/d.ts', 'src/b/c.ts', 'src/b/d.ts']],
  ['{a,{b,c}d}', ['a', 'bd', 'cd']],
  ['{a,}', ['a', '']],
  ['{a}', ['{a}']],
  ['{}', ['{}']],
  ['{a,b', ['{a,b']],
  ['a}{b,c}', ['a}b', 'a}c']],
  ['\\{a,b}', ['\\{a,b}']],
  ['{a\\,b,c}', ['a\\,b', 'c']],
  ['{a}{b,c}', ['{a}b', '{a}c']],
])('%s', (pattern, wanted) => {
  expect([...expandBraces(pattern)].sort()).toEqual([...wanted].sort());
});

test('what nobody means is taken as written', () => {
  const bomb = '{a,b}'.repeat(20);
  expect(expandBraces(bomb)).toEqual([bomb]);
});
