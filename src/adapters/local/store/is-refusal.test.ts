import { isRefusal } from './is-refusal.js';

test.each([['EIO', true], ['ENOSPC', true], ['EROFS', true], ['EACCES', true], ['ENOTDIR', false], ['EEXIST', false], ['ENOENT', false]])('%s is the disk refusing: %s', (code, refused) => {
  expect(isRefusal(Object.assign(new Error(code), { code }))).toBe(refused);
});

test('what has no code comes from what lies there', () => {
  expect(isRefusal(new Error('dist is no folder any more'))).toBe(false);
});
