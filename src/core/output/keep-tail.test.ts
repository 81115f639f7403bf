import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keepTail } from './keep-tail.js';

function tailOf(limit: number, chunks: readonly Uint8Array[]): ReturnType<typeof keepTail> {
  const tail = keepTail(limit);
  for (const chunk of chunks) tail.push(chunk);
  return tail;
}

test('the last bytes are kept, however they come', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 30 }), (limit, chunks) => {
    const all = Buffer.concat(chunks);
    const tail = tailOf(limit, chunks);
    expect(Buffer.from(tail.bytes()).equals(all.subarray(Math.max(0, all.length - limit)))).toBe(true);
    expect(tail.length).toBe(all.length);
  }), { numRuns: 500 });
});

test.each([
  ['', ''],
  ['abc\n', 'abc'],
  ['abc\r\n', 'abc'],
  ['abc\n\n', 'abc\n'],
  ['abc ', 'abc '],
  ['héllo', 'héllo'],
])('%j is the text %j', (given, text) => {
  expect(tailOf(100, [Buffer.from(given)]).text()).toBe(text);
});

test.each([[4, '😀'], [5, '\n😀'], [3, ''], [2, ''], [1, ''], [7, '\n😀'], [8, '日\n😀'], [9, '日\n😀']])('of a first character that is cut nothing is left: %d bytes', (limit, text) => {
  expect(tailOf(limit, [Buffer.from('x日日\n😀')]).text()).toBe(text);
});

test('bytes that were bad from the start are not dropped', () => {
  expect(tailOf(10, [Buffer.from([0x80, 0x61])]).text()).toBe('\ufffda');
});

test('what was given is not touched later', () => {
  const tail = tailOf(4, [Buffer.from('abcd')]);
  const bytes = tail.bytes();
  tail.push(Buffer.from('efghijkl'));
  expect(Buffer.from(bytes).toString()).toBe('abcd');
});

test('64 KiB when nothing is said', () => {
  expect(tailOf(65536, [Buffer.alloc(70_000, 'x')]).bytes()).toHaveLength(65536);
  const tail = keepTail();
  tail.push(Buffer.alloc(70_000, 'x'));
  expect(tail.bytes()).toHaveLength(65536);
});
