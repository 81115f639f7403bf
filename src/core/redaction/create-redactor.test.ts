import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canaryForms, findCanary } from '../../../test/rig/canary-forms.js';
import { createRedactor } from './create-redactor.js';
import type { Redactor } from './create-redactor.js';

const token = 'ghp_9aZx"7&k$2`q\'L0<w>v%+/é 日😀~#\\end';
const secrets: readonly (readonly [string, string])[] = [
  ['a token of letters and digits', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['every kind of sign', token],
  ['a short one', 'p4ss'],
  ['letters beyond ascii', 'pässwörtchen'],
  ['a long one', Array.from({ length: 60 }, (_, index) => `${index}x${index * 7919}`).join('-')],
];

const redactorOf = (...values: readonly string[]): Redactor => createRedactor(values.map((value, index) => ({ name: `S${index}`, value })));

function maskChunks(redactor: Redactor, chunks: readonly Uint8Array[]): Buffer {
  const stream = redactor.open();
  return Buffer.concat([...chunks.map((chunk) => Buffer.from(stream.push(chunk))), stream.end()]);
}

function splitAt(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length));
}

describe.each(secrets)('%s is masked', (_, secret) => {
  const redactor = redactorOf(secret);

  test.each(canaryForms(secret).map((form) => [form.name, form] as const))('as %s', (_name, { printed, telling }) => {
    expect(printed.includes(telling)).toBe(true);
    expect(redactor.holdsSecret(printed)).toBe(true);
    const masked = maskChunks(redactor, [printed]);
    expect(masked.includes('***')).toBe(true);
    expect(findCanary(secret, masked)).toEqual([]);
    expect(redactor.holdsSecret(masked)).toBe(false);
    const bytewise = maskChunks(redactor, splitAt(printed, [...printed.keys()]));
    expect(bytewise.equals(masked)).toBe(true);
  });
});

test('nothing but the secret is masked', () => {
  const redactor = redactorOf(secrets[0]![1]);
  expect(redactor.text(`a ${secrets[0]![1]} b`)).toBe('a *** b');
  expect(redactor.text(`{"k":"${Buffer.from(secrets[0]![1]).toString('base64')}"}`)).toBe('{"k":"***"}');
  expect(redactor.text(Buffer.from(`user:${secrets[0]![1]}`).toString('base64'))).toBe('dXNlcjp***');
});

test.each(['\n', '\r\n', '\\n', '\n      '])('a line break (%j) may stand anywhere in base64, when the secret stands amid other text', (lineBreak) => {
  const secret = secrets[0]![1];
  const redactor = redactorOf(secret);
  for (let before = 0; before < 57; before++) {
    const base64 = Buffer.from(`${'k'.repeat(before)}${secret}, and more`).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const wrapped = base64.replace(/.{76}/u, `$&${lineBreak}`);
    const broken = 76 - first;
    const end = Math.floor(((before + secret.length) * 8) / 6);
    // With an indentation, a break within the first characters leaves these, and no more.
    const left = lineBreak.includes(' ') && broken > 0 && broken < 16 ? 16 : 0;
    const start = base64.slice(0, first + left);
    const masked = redactor.text(wrapped).replaceAll(lineBreak, '');
    expect([`${start}***${base64.slice(end)}`, `${start}***${base64.slice(end + 1)}`]).toContain(masked);
    expect(maskChunks(redactor, splitAt(Buffer.from(wrapped), [...Buffer.from(wrapped).keys()])).toString()).toBe(redactor.text(wrapped));
  }
});

test('the scan sees a secret that nobody masked', () => {
  for (const [, secret] of secrets) {
    for (const { name, printed } of canaryForms(secret)) expect(findCanary(secret, printed)).toContain(name);
  }
});

test('there are more encodings than the runner masks', () => {
  expect(new Set(canaryForms(token).map(({ telling }) => telling.toString('latin1'))).size).toBeGreaterThan(40);
});

const noise = fc.uint8Array({ maxLength: 40 });
const printedSecret = (values: readonly string[]): fc.Arbitrary<Uint8Array> => fc.constantFrom(...values.flatMap((value) => canaryForms(value).flatMap(({ printed, telling }) => [printed, telling, telling.subarray(0, -1), telling.subarray(0, telling.length >> 1)])));

test('however the bytes are cut, the result is the same, and holds no secret', () => {
  const values = [secrets[0]![1], token, 'p4ss'];
  const redactor = redactorOf(...values);
  fc.assert(fc.property(fc.array(fc.oneof(noise, printedSecret(values), printedSecret(values)), { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 30 }), (parts, places) => {
    const bytes = Buffer.concat(parts);
    const whole = maskChunks(redactor, [bytes]);
    expect(maskChunks(redactor, splitAt(bytes, places)).equals(whole)).toBe(true);
    for (const value of values) expect(findCanary(value, whole)).toEqual([]);
    expect(redactor.holdsSecret(bytes)).toBe(!whole.equals(bytes));
  }), { numRuns: 300 });
});

test('without a secret in them, bytes come out as they went in', () => {
  const redactor = redactorOf(secrets[0]![1], 'correct horse battery staple');
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.array(fc.nat(), { maxLength: 10 }), (bytes, places) => {
    expect(maskChunks(redactor, splitAt(bytes, places)).equals(bytes)).toBe(true);
  }));
  const chunk = Buffer.from('no secret in here\n');
  expect(redactor.open().push(chunk)).toBe(chunk);
  expect(createRedactor([]).open().push(chunk)).toBe(chunk);
  expect(createRedactor([]).text('\ud800')).toBe('\ud800');
  expect(redactor.text('\ud800')).toBe('\ud800');
});

describe('what is held back', () => {
  const pushAll = (redactor: Redactor, ...texts: readonly string[]): readonly string[] => {
    const stream = redactor.open();
    return [...texts.map((text) => Buffer.from(stream.push(Buffer.from(text))).toString()), Buffer.from(stream.end()).toString()];
  };

  test('a prompt passes at once', () => {
    expect(pushAll(redactorOf('hunter22'), 'Password: ', 'x')).toEqual(['Password: ', 'x', '']);
  });
  test('only what may become a secret waits', () => {
    expect(pushAll(redactorOf('hunter22'), 'a hunt', 'er is no secret')).toEqual(['a ', 'hunter is no secret', '']);
    expect(pushAll(redactorOf('hunter22'), 'a hunt')).toEqual(['a ', 'hunt']);
    expect(pushAll(redactorOf('hunter22'), 'a hunt', 'er', '22', '!')).toEqual(['a ', '', '***', '!', '']);
  });
  test('a secret that may be a longer one is masked at once, and once', () => {
    const redactor = redactorOf('hunter22', 'hunter22-and-more');
    expect(pushAll(redactor, 'hunter22', '-and', '-more', '!')).toEqual(['***', '', '', '!', '']);
    expect(pushAll(redactor, 'hunter22', '-and', '-less')).toEqual(['***', '', '-and-less', '']);
    expect(pushAll(redactor, 'hunter22', '-and')).toEqual(['***', '', '-and']);
  });
  test('secrets that overlap are one mask', () => {
    expect(pushAll(redactorOf('abcdefgh', 'fghijklm'), '<abcdefghijklm>')).toEqual(['<***>', '']);
    expect(pushAll(redactorOf('abcdefgh', 'fghijklm'), '<abcdefg', 'hij', 'klm>')).toEqual(['<', '***', '>', '']);
    expect(pushAll(redactorOf('aaaaa'), 'b', 'aaaaaaaaaaaaaa', 'b')).toEqual(['b', '***', 'b', '']);
  });
});

describe('secrets of several lines', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n  hkiG9w0BAQEFAASC\n}\nabc\nkind:\n-----END PRIVATE KEY-----\n';
  const redactor = redactorOf(key);

  test('each line is masked on its own', () => {
    expect(redactor.text('1: MIIEvQIBADANBgkq\n2: hkiG9w0BAQEFAASC')).toBe('1: ***\n2: ***');
    expect(redactor.text(Buffer.from('MIIEvQIBADANBgkq').toString('hex'))).toBe('***');
  });
  test('trivial lines are not', () => {
    const trivial = '} abc kind: -----BEGIN PRIVATE KEY----- -----END PRIVATE KEY-----';
    expect(redactor.text(trivial)).toBe(trivial);
  });
  test('the whole is one mask, in every form', () => {
    expect(redactor.text(`<${key.trim()}>`)).toBe('<***>');
    expect(redactor.text(JSON.stringify({ key }))).toBe('{"key":"***\\n"}');
    expect(redactor.text(`<${Buffer.from(key.trim()).toString('base64').replace(/.{64}/gu, '$&\r\n')}>`)).toBe('<***>');
  });
  test('a key with escaped ends of line is known with real ones', () => {
    expect(redactorOf('{"key":"-----BEGIN KEY-----\\nMIIEvQIBADANBgkq\\nAAAABBBB\\n"}').text('MIIEvQIBADANBgkq\nAAAABBBB\n')).toBe('***\n***\n');
  });
});

test('what is too short or too common is named and not masked', () => {
  const redactor = createRedactor([{ name: 'SHORT', value: 'abc' }, { name: 'LONG', value: 'abcd' }, { name: 'BLANK', value: ' a     ' }, { name: 'EMPTY', value: '' }, { name: 'WORD', value: 'true' }, { name: 'WIDE', value: '😀😀😀' }]);
  expect(redactor.unmasked).toEqual(['SHORT', 'BLANK', 'EMPTY', 'WORD', 'WIDE']);
  expect(redactor.text('abc abcd true 😀😀😀     ')).toBe('abc *** true 😀😀😀     ');
  expect(createRedactor([{ name: 'SHORT', value: 'abc' }]).unmasked).toEqual(['SHORT']);
});

test('blanks around a secret are no part of it', () => {
  expect(redactorOf(' hunter22\n').text('x hunter22 y')).toBe('x *** y');
});

describe('values', () => {
  const redactor = redactorOf('hunter22', '12345678');

  test('texts, keys and numbers are masked, however deep', () => {
    expect(redactor.value({ a: ['hunter22', { 'k hunter22': 'x hunter22' }], n: 12345678, m: 3, t: true, z: null })).toEqual({ a: ['***', { 'k ***': 'x ***' }], n: '***', m: 3, t: true, z: null });
  });
  test('two keys that look alike both stay', () => {
    expect(redactor.value({ hunter22: 1, 12345678: 2, '*** (2)': 3 })).toEqual({ '***': 2, '*** (2)': 1, '*** (2) (2)': 3 });
  });
  test('a key is no way to a prototype', () => {
    const value = redactor.value(JSON.parse('{"__proto__": "hunter22"}') as never);
    expect(JSON.stringify(value)).toBe('{"__proto__":"***"}');
  });
});
