import { isSameStamp, isSettled, type FileStamp } from './file-stamp.js';

const stamp: FileStamp = { size: 3, mtimeMs: 1_700_000_000_123.25, ctimeMs: 1_700_000_000_123.5, ino: 7, mode: 0o100644 };

test.each(['size', 'mtimeMs', 'ctimeMs', 'ino', 'mode'] as const)('another %s is another stamp', (name) => {
  expect(isSameStamp(stamp, { ...stamp })).toBe(true);
  expect(isSameStamp(stamp, { ...stamp, [name]: stamp[name] + 0.25 })).toBe(false);
});

test('a file as new as the look at it is not settled', () => {
  expect(isSettled(stamp, stamp.ctimeMs)).toBe(false);
  expect(isSettled(stamp, stamp.ctimeMs + 15)).toBe(false);
  expect(isSettled(stamp, stamp.ctimeMs + 25)).toBe(true);
});

test('nor one whose times lie ahead', () => {
  expect(isSettled({ ...stamp, mtimeMs: stamp.mtimeMs + 60_000 }, stamp.ctimeMs + 25)).toBe(false);
  expect(isSettled(stamp, stamp.ctimeMs - 60_000)).toBe(false);
});

test('a time that was set back does not make it older than its last change', () => {
  expect(isSettled({ ...stamp, mtimeMs: 1_000_000_000_000.5 }, stamp.ctimeMs + 5)).toBe(false);
});

test('whole seconds may come from a clock that knows no more', () => {
  const coarse = { ...stamp, mtimeMs: 1_700_000_000_000, ctimeMs: 1_700_000_000_000 };
  expect(isSettled(coarse, coarse.ctimeMs + 2000)).toBe(false);
  expect(isSettled(coarse, coarse.ctimeMs + 2600)).toBe(true);
});
