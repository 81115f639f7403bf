import { cutText, describeCost, describeElapsed, describeValue, oneLine } from './run-words.js';

test.each([
  [0, '0 ms'],
  [-5, '0 ms'],
  [Number.NaN, '0 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1_000, '1.0 s'],
  [59_999, '59.9 s'],
  [60_000, '1 min 0 s'],
  [192_400, '3 min 12 s'],
  [3_599_999, '59 min 59 s'],
  [7_500_000, '2 h 5 min'],
  [86_399_999, '23 h 59 min'],
  [100_800_000, '1 d 4 h'],
])('%d ms are %s', (ms, text) => {
  expect(describeElapsed(ms)).toBe(text);
});

test.each([
  [0, '$0'],
  [0.0042, '$0.004'],
  [0.314, '$0.31'],
  [12, '$12.00'],
])('%d is %s', (usd, text) => {
  expect(describeCost(usd)).toBe(text);
});

test('a value is one text, a text one line, a cut never goes through a character', () => {
  expect([describeValue('a'), describeValue(['a', 1, null])]).toEqual(['a', '["a",1,null]']);
  expect(oneLine(' a\r\n\tb ')).toBe('a b');
  expect([cutText('abc', 3), cutText('abcd', 3), cutText('a😀b', 3)]).toEqual(['abc', 'ab…', 'a…']);
});
