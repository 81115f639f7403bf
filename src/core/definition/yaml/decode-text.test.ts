import { decodeText } from './decode-text.js';
import { yamlLimits } from './limits.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function refusal(bytes: Uint8Array): readonly [code: string, message: string, span: readonly [number, number], shown: string] {
  const decoded = decodeText(bytes);
  if (decoded.kind === 'text') throw new Error(`read as ${decoded.text}`);
  const { code, message, span, severity, hint } = decoded.diagnostic;
  expect([severity, typeof hint]).toEqual(['error', 'string']);
  expect(span[0]).toBeLessThan(span[1]);
  expect(span[1]).toBeLessThanOrEqual(decoded.text.length);
  return [code, message, span, decoded.text];
}

test('UTF-8 is read, with Windows line ends and without a byte order mark', () => {
  expect(decodeText(bytesOf('a: ü€😀\u2028\x85\n\tb\r\n'))).toEqual({ kind: 'text', text: 'a: ü€😀\u2028\x85\n\tb\r\n' });
  expect(decodeText(bytesOf('\ufeffa: b'))).toEqual({ kind: 'text', text: 'a: b' });
  expect(decodeText(bytesOf('a: \ufffd b'))).toEqual({ kind: 'text', text: 'a: \ufffd b' });
  expect(decodeText(new Uint8Array())).toEqual({ kind: 'text', text: '' });
});

test.each(['le', 'be'])('UTF-16 %s is told by its mark or its zero bytes', (order) => {
  const encode = (text: string): Uint8Array => {
    const bytes = new Uint8Array(Buffer.from(text, 'utf16le'));
    return order === 'le' ? bytes : new Uint8Array(Buffer.from(bytes).swap16());
  };
  for (const text of ['\ufeffname: x', 'name: x', 'n']) {
    const [code, message, span, shown] = refusal(encode(text));
    expect([code, message, span]).toEqual(['TG1001', 'the file is in UTF-16; workflows are read as UTF-8', [0, 1]]);
    expect(shown).toBe(text.replace('\ufeff', ''));
  }
});

test('a byte of an older encoding is pointed at', () => {
  const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
  expect(refusal(latin1('name: caf\xe9 x'))).toEqual(['TG1001', 'the byte E9 is not UTF-8', [9, 10], 'name: caf\ufffd x']);
  expect(refusal(latin1('name: caf\xe9'))).toEqual(['TG1001', 'the byte E9 is not UTF-8', [9, 10], 'name: caf\ufffd']);
  expect(refusal(latin1('\x80'))).toEqual(['TG1001', 'the byte 80 is not UTF-8', [0, 1], '\ufffd']);
  expect(refusal(Uint8Array.of(...bytesOf('ü\ufffd😀 '), 0xff, 0x41))).toEqual(['TG1001', 'the byte FF is not UTF-8', [5, 6], 'ü\ufffd😀 \ufffdA']);
  expect(refusal(Uint8Array.of(...bytesOf('ab '), 0xf0, 0x9f, 0x98))).toEqual(['TG1001', 'the byte F0 is not UTF-8', [3, 4], 'ab \ufffd']);
  for (const [lead = 0, second = 0] of [[0xe0, 0x9f], [0xed, 0xa0], [0xf0, 0x8f], [0xf4, 0x90], [0xc1, 0x80], [0xf5, 0x80], [0xc2, 0x41]]) {
    expect(refusal(Uint8Array.of(0x61, lead, second, 0x80, 0x80))[1]).toBe(`the byte ${lead.toString(16).toUpperCase()} is not UTF-8`);
  }
  for (const text of ['\u0800\ufffd', '\ud7ff\ufffd', '\u{10000}\ufffd', '\u{10ffff}\ufffd', '\u00a0\u07ff\ufffd']) expect(decodeText(bytesOf(text)).kind).toBe('text');
  expect(refusal(Uint8Array.of(...bytesOf('ab '), 0xe2, 0x82, 0x41))).toEqual(['TG1001', 'the byte E2 is not UTF-8', [3, 4], 'ab \ufffdA']);
});

test.each([
  ['\0', '0000'],
  ['\x08', '0008'],
  ['\x0b', '000B'],
  ['\x0c', '000C'],
  ['\x0e', '000E'],
  ['\x1b', '001B'],
  ['\x1f', '001F'],
  ['\x7f', '007F'],
  ['\x84', '0084'],
  ['\x86', '0086'],
  ['\x9f', '009F'],
  ['\ufffe', 'FFFE'],
  ['\uffff', 'FFFF'],
])('the control character %j is refused', (character, code) => {
  expect(refusal(bytesOf(`a: b ${character}`))).toEqual(['TG1002', `the control character U+${code} cannot stand in YAML`, [5, 6], `a: b ${character}`]);
  const decoded = decodeText(bytesOf(`a: b ${character}`));
  expect(decoded.kind === 'refused' && decoded.diagnostic.fix?.edits).toEqual([{ span: [5, 6], text: '' }]);
});

test('a carriage return ends a line only with a line feed', () => {
  expect(refusal(bytesOf('a: 1\rb: 2\r\nc: 3\r'))).toEqual(['TG1002', 'a carriage return without a line feed: lines end with LF or CR LF', [4, 5], 'a: 1\rb: 2\r\nc: 3\r']);
  const decoded = decodeText(bytesOf('a: 1\rb: 2\r\nc: 3\r'));
  expect(decoded.kind === 'refused' && decoded.diagnostic.fix?.edits).toEqual([
    { span: [4, 5], text: '\n' },
    { span: [15, 16], text: '\n' },
  ]);
});

test('a file may have 4 MiB and no byte more', () => {
  expect(decodeText(new Uint8Array(yamlLimits.size).fill(0x61)).kind).toBe('text');
  const [code, message, span, shown] = refusal(new Uint8Array(yamlLimits.size + 1).fill(0x61));
  expect([code, message, span]).toEqual(['TG1003', 'the file has 4.0 MiB; a workflow has at most 4 MiB', [0, 80]]);
  expect(shown).toBe('a'.repeat(1000));
  expect(refusal(bytesOf(`a\n${'a'.repeat(yamlLimits.size)}`))[2]).toEqual([0, 1]);
});
