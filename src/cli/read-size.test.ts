import { readSize } from './read-size.js';

test.each([['0', 0], ['500', 500], ['500MB', 500_000_000], ['5GiB', 5 * 1024 ** 3], ['5 g', 5 * 1024 ** 3], ['1.5k', 1536], ['2TB', 2e12]])('%s', (text, bytes) => {
  expect(readSize(text)).toBe(bytes);
});

test.each(['', 'GiB', '-1', '5XB', '1e3', '5 G B', '99999999TB'])("'%s' is no size", (text) => {
  expect(readSize(text)).toBeUndefined();
});
