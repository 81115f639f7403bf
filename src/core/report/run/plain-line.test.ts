import { toPlainLine } from './plain-line.js';

test.each([
  ['\u001b[1;31mred\u001b[0m and \u009b2K', 'red and '],
  ['\u001b]0;title\u0007x \u001b]8;;https://a\u001b\\link\u001b]8;;\u001b\\', 'x link'],
  ['\u001b(B\u001b=y', 'y'],
  ['10%\r 50%\r100%', '100%'],
  ['done\r', 'done'],
  ['\r', ''],
  ['a\tb\t\tc', 'a       b               c'],
  ['\u0000\u202e\u001b', '\\x00\\u202e\\x1b'],
])('%j stands there as %j', (line, expected) => {
  expect(toPlainLine(line)).toBe(expected);
});

test('what is very long is cut', () => {
  expect(toPlainLine('x'.repeat(5_000_000))).toBe(`${'x'.repeat(4_000)}…`);
});
