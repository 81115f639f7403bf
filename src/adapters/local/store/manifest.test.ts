import fc from 'fast-check';
import { describeResult } from '../../../../test/rig/store-folder.js';
import type { StoredResult } from '../../../core/cache/stored-result.js';
import { digestOf } from './digest.js';
import { readManifest, writeManifest, writeWithdrawal } from './manifest.js';

const sample: StoredResult = {
  ...describeResult({ folders: ['dist'] }),
  domain: 'pr:7',
  files: [{ kind: 'folder', path: 'dist' }, { kind: 'file', path: 'dist/a', executable: true, digest: digestOf('a'), size: 1 }, { kind: 'link', path: 'dist/b', target: 'a' }],
  log: { digest: digestOf('log'), size: 3 },
};
const bytes = Buffer.from(writeManifest(sample));
const anywhere = (): boolean => true;

test('whatever a result says is read as it was written', () => {
  const texts = fc.string({ unit: 'binary' });
  fc.assert(fc.property(texts, texts, fc.jsonValue(), fc.option(fc.nat()), (stdout, domain, value, exitCode) => {
    // JSON knows no -0, and no undefined.
    const result: StoredResult = { ...sample, stdout, domain, exitCode, outputs: JSON.parse(JSON.stringify({ value })) as StoredResult['outputs'] };
    expect(readManifest(Buffer.from(writeManifest(result)), anywhere)).toEqual({ kind: 'whole', result });
  }));
});

test('an output with a dangerous name is an output', () => {
  const outputs = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as StoredResult['outputs'];
  const read = readManifest(Buffer.from(writeManifest({ ...sample, outputs })), anywhere);
  expect(read.kind === 'whole' ? Object.keys(read.result.outputs) : []).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a bit that is flipped anywhere is seen', () => {
  for (let at = 0; at < bytes.length * 8; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at >> 3]! ^= 1 << (at & 7);
    expect(readManifest(flipped, anywhere).kind).toBe('damaged');
  }
});

test('so is an end anywhere, and anything after the end', () => {
  for (let length = 0; length < bytes.length; length++) expect(readManifest(bytes.subarray(0, length), anywhere).kind).toBe('damaged');
  expect(readManifest(Buffer.concat([bytes, Buffer.from(' ')]), anywhere).kind).toBe('damaged');
});

test('it says itself where it belongs', () => {
  const asked: unknown[] = [];
  expect(readManifest(bytes, (place) => asked.push(place) === 0)).toEqual({ kind: 'damaged', reason: 'it is the result of another key' });
  expect(asked).toEqual([{ domain: 'pr:7', key: sample.key }]);
});

const sign = (body: unknown): Buffer => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Buffer.from(`${digestOf(text)}\n${text}`);
};
const fields = JSON.parse(bytes.subarray(65).toString()) as Record<string, unknown>;

test('another format is not ours to judge', () => {
  expect(readManifest(sign({ ...fields, format: 2, files: 'of a later kind' }), anywhere)).toEqual({ kind: 'foreign' });
});

test('a withdrawal is no result', () => {
  expect(readManifest(Buffer.from(writeWithdrawal({ domain: 'a', key: 'b' })), anywhere)).toEqual({ kind: 'withdrawn' });
});

describe('with a right checksum', () => {
  test.each(Object.keys(fields))('a %s of another type is no result', (name) => {
    for (const value of [undefined, { a: 1 }, [1], true, name === 'exitCode' ? 'x' : typeof fields[name] === 'number' ? '7' : 7]) {
      const isOutputs = name === 'outputs' && typeof value === 'object' && !Array.isArray(value);
      if (isOutputs) continue;
      expect(readManifest(sign({ ...fields, [name]: value }), anywhere).kind).toBe(name === 'format' ? 'foreign' : 'damaged');
    }
  });

  const digest = digestOf('a');
  test.each([
    { kind: 'device', path: 'a' },
    { kind: 'file', path: 'a', executable: false, digest, size: -1 },
    { kind: 'file', path: 'a', executable: false, digest, size: 1.5 },
    { kind: 'file', path: 'a', executable: false, digest, size: 2 ** 60 },
    { kind: 'file', path: 'a', executable: false, digest: '../../x', size: 1 },
    { kind: 'file', path: 'a', executable: false, digest: digest.toUpperCase(), size: 1 },
    { kind: 'file', path: 'a', executable: 0o4755, digest, size: 1 },
    { kind: 'file', path: 7, executable: false, digest, size: 1 },
    { kind: 'link', path: 'a' },
    { path: 'a' },
    null,
  ])('%j is no file of a result', (file) => {
    expect(readManifest(sign({ ...fields, files: [file] }), anywhere).kind).toBe('damaged');
    expect(readManifest(sign({ ...fields, files: [] }), anywhere).kind).toBe('whole');
  });

  test.each(['', '[]', 'null', '7', '{', '"text"', '['.repeat(100_000)])('%.20j is none', (body) => {
    expect(readManifest(sign(body), anywhere).kind).toBe('damaged');
  });
});
