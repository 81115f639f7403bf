import { findColonBeyond } from './count-colons.js';

test.each([
  ['a: 1\nb: 2\nc: 3\n', 2, 11],
  ['a: 1\nb: 2\nc: 3\n', 3, undefined],
  ['a:\nb:\r\nc: 3', 2, 8],
  ['http://a http://b http://c', 1, undefined],
  ['{a: 1, b: 2}', 1, 8],
  ['a:', 0, undefined],
])('%j with at most %d', (text, most, at) => {
  expect(findColonBeyond(text, most)).toBe(at);
});
