import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanLine } from './clean-line.js';
import { createLineSplitter } from './split-lines.js';

function split(chunks: readonly (string | Uint8Array)[], ...options: Parameters<typeof createLineSplitter>): readonly string[] {
  const splitter = createLineSplitter(...options);
  return [...chunks.flatMap((chunk) => splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)), ...splitter.end()];
}

const bytewise = (bytes: Uint8Array): readonly Uint8Array[] => Array.from(bytes, (byte) => Uint8Array.of(byte));

describe('where a line ends', () => {
  test.each<[string, readonly string[]]>([
    ['', []],
    ['a', ['a']],
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\n\nb', ['a', '', '', 'b']],
    ['\n', ['']],
    ['\r\n\r\n', ['', '']],
    ['a\r\r\nb', ['a', 'b']],
    ['10%\r20%\r30%\n', ['10%', '20%', '30%']],
    ['\r10%\r20%\n', ['10%', '20%']],
    ['a\r\n\nb', ['a', '', 'b']],
    ['a\r\n\r\nb', ['a', '', 'b']],
    ['\u001b[0m\nb', ['', 'b']],
    ['\u001b[2K\rb', ['b']],
  ])('%j is %j, in one piece and byte by byte', (text, lines) => {
    expect(split([text])).toEqual(lines);
    expect(split(bytewise(Buffer.from(text)))).toEqual(lines);
  });

  test('a line is given as soon as it ends, a bar too', () => {
    const splitter = createLineSplitter();
    expect(splitter.push(Buffer.from('10%'))).toEqual([]);
    expect(splitter.push(Buffer.from('\r'))).toEqual(['10%']);
    expect(splitter.push(Buffer.from('\nnext'))).toEqual([]);
    expect(splitter.push(Buffer.from('\n'))).toEqual(['next']);
    expect(splitter.end()).toEqual([]);
  });
});

describe('characters', () => {
  test('one that is split over chunks stays whole', () => {
    expect(split(bytewise(Buffer.from('añ日😀\n')))).toEqual(['añ日😀']);
  });
  test('only bytes that are no character are replaced', () => {
    expect(split([Buffer.from([0x61, 0xff, 0x62, 0xc3]), Buffer.from([0x28, 0x0a, 0xe6, 0x97])])).toEqual(['a\ufffdb\ufffd(', '\ufffd']);
  });
  test.each([
    ['a\ttab', 'a\ttab'],
    ['nul \0', 'nul \\x00'],
    ['bell \u0007 back \b', 'bell \\x07 back \\x08'],
    ['c1 \u009b', 'c1 \\x9b'],
    ['turned \u202etxt', 'turned \\u202etxt'],
    ['red \u001b[31mx\u001b[0m', 'red x'],
    ['up \u001b[1A\u001b[2Kx', 'up x'],
    ['cursor \u001b[?25lx\u001b[?25h', 'cursor x'],
    ['title \u001b]0;evil\u0007x', 'title x'],
    ['link \u001b]8;;https://x.test\u001b\\x\u001b]8;;\u001b\\', 'link x'],
    ['device \u001bP1$r\u001b\\x', 'device x'],
    ['set \u001b(Bx', 'set x'],
    ['reset \u001bcx', 'reset x'],
    ['no end \u001b]0;x', 'no end \\x1b]0;x'],
    ['no end \u001b[', 'no end \\x1b['],
  ])('%j is shown as %j', (line, shown) => {
    expect(split([line])).toEqual([shown]);
  });
  test('colours stay where they are wanted, and end with their line', () => {
    expect(split(['\u001b[31mred\u001b[0m \u001b[38;5;1mx\u001b[m\n'], 4096, 'kept')).toEqual(['\u001b[31mred\u001b[0m \u001b[38;5;1mx\u001b[m']);
    expect(split(['\u001b[1;31mred\n\u001b[2Jx'], 4096, 'kept')).toEqual(['\u001b[1;31mred\u001b[0m', 'x']);
  });
});

describe('long lines', () => {
  test('come in pieces of the limit', () => {
    const pieces = split(['x'.repeat(10_000), '\nend']);
    expect(pieces.join('')).toBe(`${'x'.repeat(10_000)}end`);
    expect(pieces.map((piece) => piece.length)).toEqual([4092, 4092, 1816, 3]);
  });
  test('are given as they grow', () => {
    const splitter = createLineSplitter(100);
    expect(splitter.push(Buffer.from('x'.repeat(96)))).toEqual([]);
    expect(splitter.push(Buffer.from('x'))).toEqual(['x'.repeat(96)]);
  });
  test('no colour is cut in two', () => {
    expect(split([`${'x'.repeat(26)}\u001b[31m${'y'.repeat(9)}`], 32, 'kept')).toEqual(['x'.repeat(26), `\u001b[31m${'y'.repeat(9)}\u001b[0m`]);
  });
  test('what grows as it is shown is cut again', () => {
    const pieces = split(['\0'.repeat(100)], 64);
    expect(pieces.join('')).toBe('\\x00'.repeat(100));
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(64);
  });
});

const fragment = fc.oneof(
  fc.constantFrom('\n', '\r', '\r\n', '\u001b[31m', '\u001b[2K', '\u001b]0;t\u0007', '\u001b', '\u202e', '\0', '日', '😀', 'é', '\t', 'plain '),
  fc.uint8Array({ maxLength: 8 }),
  fc.string({ maxLength: 60, unit: 'binary' }),
);

test('whatever the bytes and however they are cut, lines are the same, harmless and no longer than the limit', () => {
  fc.assert(fc.property(fc.array(fragment, { maxLength: 30 }), fc.constantFrom('kept' as const, 'removed' as const), (parts, colours) => {
    const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
    const lines = split([bytes], 48, colours);
    expect(split(bytewise(bytes), 48, colours)).toEqual(lines);
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(48);
      expect(line.replace(/\u001b\[[\d;:]*m/gu, colours === 'kept' ? '' : '$&')).not.toMatch(/[\0-\x08\n-\x1f\x7f-\x9f\u202a-\u202e]/u);
    }
  }), { numRuns: 500 });
});

test('text without anything to hide comes out as it went in', () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[ -~é日😀\t]{0,20}$/u), { maxLength: 20 }), (lines) => {
    expect(split(lines.map((line) => `${line}\n`))).toEqual(lines);
  }));
});

test('a line is cleaned alone too', () => {
  expect(cleanLine('a\u001b[31mb', 'removed')).toBe('ab');
});
