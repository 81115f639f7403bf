import { mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { describeFileProblem, findRefusedPath } from './describe-file-problem.js';
import { readErrorCode } from './processes/error-code.js';

function errorOf(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it was to fail');
}

test.each([
  ['ENOENT', 'there is no such file'], ['EACCES', 'permission denied'], ['EROFS', 'the file system is read-only'], ['ENOSPC', 'no space is left'],
  ['EIO', 'the disk reports an error'], ['EMFILE', 'this process may not open more files (ulimit -n)'], ['EDQUOT', 'the disk quota is used up'],
])('%s is said in words', (code, words) => {
  expect(describeFileProblem(Object.assign(new Error(`${code}: as the system says it, open '/a/b'`), { code }))).toBe(words);
});

test('a quota that is used up is known, though Node has no name for it', () => {
  const error = Object.assign(new Error('Unknown system error -122'), { code: 'Unknown system error -122', errno: -constants.errno.EDQUOT });
  expect([readErrorCode(error), describeFileProblem(error)]).toEqual(['EDQUOT', 'the disk quota is used up']);
});

test('what has no words is said as it is', () => {
  expect(describeFileProblem(Object.assign(new Error('EXDEV: cross-device link'), { code: 'EXDEV' }))).toBe('EXDEV: cross-device link');
  expect(describeFileProblem('just this')).toBe('just this');
});

test('the path that was refused is found where the error says one', () => {
  expect(findRefusedPath(errorOf(() => readFileSync('/no/such/file')))).toBe('/no/such/file');
  expect(findRefusedPath(errorOf(() => mkdirSync('/')))).toBe('/');
  expect(findRefusedPath(Object.assign(new Error('rename'), { path: '/from', dest: '/to' }))).toBe('/to');
  expect(findRefusedPath(new Error('of nothing'))).toBeUndefined();
});
