import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLineCap } from './cap-lines.js';
import { describeLeftOut } from './describe-left-out.js';

const linesOf = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `l${index}`);

describe('head and tail', () => {
  test('the first lines pass at once, the last ones come at the end', () => {
    const cap = createLineCap({ head: 2, tail: 2 });
    expect(cap.push(['a'])).toEqual(['a']);
    expect(cap.push(['b', 'ccc', 'dé'])).toEqual(['b']);
    expect(cap.push(['e', 'f'])).toEqual([]);
    expect(cap.end()).toEqual({ leftOut: { lines: 2, bytes: 8 }, tail: ['e', 'f'] });
  });
  test('nothing is missing as long as all fits', () => {
    const cap = createLineCap({ head: 2, tail: 2 });
    expect(cap.push(linesOf(4))).toEqual(['l0', 'l1']);
    expect(cap.end()).toEqual({ leftOut: null, tail: ['l2', 'l3'] });
  });
  test('either may be nothing', () => {
    const without = createLineCap({ head: 0, tail: 0 });
    expect(without.push(['ab'])).toEqual([]);
    expect(without.end()).toEqual({ leftOut: { lines: 1, bytes: 3 }, tail: [] });
  });
});

test('every line is shown, kept or counted, once and in order', () => {
  fc.assert(fc.property(fc.nat(6), fc.nat(6), fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 5 }), { maxLength: 8 }), { maxLength: 8 }), (head, tail, chunks) => {
    const all = chunks.flat();
    const cap = createLineCap({ head, tail });
    const shown = chunks.flatMap((chunk) => cap.push(chunk));
    const end = cap.end();
    const kept = all.slice(Math.min(head, all.length)).slice(-tail || Infinity);
    const missing = all.slice(head, Math.max(head, all.length - tail));
    expect(shown).toEqual(all.slice(0, head));
    expect(end.tail).toEqual(kept);
    expect(end.leftOut).toEqual(missing.length === 0 ? null : { lines: missing.length, bytes: missing.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) });
  }), { numRuns: 500 });
});

test.each([
  [1, 1, '… 1 line (1 byte) left out: tollgate logs build'],
  [2, 999, '… 2 lines (999 bytes) left out: tollgate logs build'],
  [999, 1000, '… 999 lines (1 kB) left out: tollgate logs build'],
  [12345, 1_234_567, '… 12,345 lines (1.2 MB) left out: tollgate logs build'],
  [1_234_567, 999_960, '… 1,234,567 lines (1 MB) left out: tollgate logs build'],
  [1000, 123_456_789_000, '… 1,000 lines (123 GB) left out: tollgate logs build'],
  [1000, 5e15, '… 1,000 lines (5000 TB) left out: tollgate logs build'],
])('%d lines of %d bytes', (lines, bytes, text) => {
  expect(describeLeftOut({ lines, bytes }, 'tollgate logs build')).toBe(text);
});
