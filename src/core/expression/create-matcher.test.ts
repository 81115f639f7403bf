import { createMatcher } from './create-matcher.js';

test.each([
  ['release-1.2', '^release-\\d+', true],
  ['a release-1', '^release-\\d+', false],
  ['Abc', 'abc', false],
  ['Abc', '(?i)abc', true],
  ['one\ntwo', '(?m)^two$', true],
  ['héllo', 'h\\p{L}llo', true],
  ['', '', true],
])('%j with %s: %s', (text, pattern, found) => {
  const matches = createMatcher();
  expect(matches(text, pattern)).toBe(found);
  expect(matches(text, pattern)).toBe(found);
});

test.each(['(', '(?=a)', '(?<!a)b', '(a)\\1', '[z-a]'])('%s is refused with a reason', (pattern) => {
  const matches = createMatcher();
  const answer = matches('a', pattern);
  expect(answer).toEqual({ error: expect.stringMatching(/\w/) as string });
  expect(matches('b', pattern)).toBe(answer);
});

test('a pattern that makes other engines go on for ever is answered in linear time', () => {
  expect(createMatcher()(`${'a'.repeat(20_000)}b`, '^(a+)+$')).toBe(false);
});

test('a pattern of more than a thousand characters is refused', () => {
  const matches = createMatcher();
  expect(matches('a', 'a'.repeat(1000))).toBe(false);
  expect(matches('a', 'a'.repeat(1001))).toEqual({ error: 'a regular expression can have 1000 characters, this one has 1001' });
});
