import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCall, readDescriptor, readText } from './read-call.js';
import { readTraceLine } from './read-trace-line.js';
import { decodeTraceText } from './trace-text.js';

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

test('any name comes back from its bytes', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(decodeTraceText(hexOf(Buffer.from(text)))).toBe(text);
    expect(readCall(`open("${hexOf(Buffer.from(text))}", O_RDONLY) = 3<${hexOf(Buffer.from(text))}>`)).toEqual({ name: 'open', args: [`"${hexOf(Buffer.from(text))}"`, 'O_RDONLY'], result: { value: 3, error: undefined, path: text, isGone: false } });
  }));
});

test.each([
  ['plain', 'plain'],
  ['a\\nb\\tc\\\\d\\"e', 'a\nb\tc\\d"e'],
  ['\\303\\251\\0331', 'é\u001b1'],
  ['\\1\\012', '\u0001\n'],
  ['caf\\xe9', 'caf\ufffd'],
  ['\\xc3\\xa9 é', 'é é'],
])('%s is %j', (written, text) => {
  expect(decodeTraceText(written)).toBe(text);
});

test.each([
  ['f()= 0', [], 0],
  ['f(1, {a=[1, 2], b="x, )"}, g(3)) = -1 EPERM (Operation not permitted)', ['1', '{a=[1, 2], b="x, )"}', 'g(3)'], -1],
  ['f(AT_FDCWD</a, b)>, "c")         = 0x10', ['AT_FDCWD</a, b)>', '"c"'], 16],
  ['f("a\\"b, ") = ?', ['"a\\"b, "'], undefined],
])('%s', (text, args, value) => {
  const call = readCall(text);
  expect([call?.name, call?.args, call?.result.value]).toEqual(['f', args, value]);
});

test.each(['', 'f', 'f(', 'f("a', 'f("a") ', 'f("a"] = 0', 'F(1) = 0', '(1) = 0', 'f(1) 0'])('«%s» is no whole call', (text) => {
  expect(readCall(text)).toBeUndefined();
});

test('what was cut off is no path', () => {
  expect([readText('"a"...'), readText('0x7ffd'), readText('NULL'), readText('"'), readText(undefined), readText('""')]).toEqual([undefined, undefined, undefined, undefined, undefined, '']);
  expect([readDescriptor('AT_FDCWD'), readDescriptor('3</a'), readDescriptor(undefined), readDescriptor('-100</a>')]).toEqual([undefined, undefined, undefined, '/a']);
});

test('lines that say nothing of files are none', () => {
  const said = ['', '1', '1 ', 'x open("a") = 3', '12 --- SIGCHLD {si_signo=SIGCHLD} ---', '0 open() = 1', '12 <... open res', '12 +++ what +++', 'strace: Process 12 attached'];
  expect(said.map(readTraceLine)).toEqual(said.map(() => undefined));
});
