import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { findTokens } from './find-tokens.js';
import { longestToken } from './token-shapes.js';

/** Tokens are put together here: written out, they would be found in this file. */

const mixed = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5hJ7kL9nP1rS3tU5wX7zA9cD1eF3gH5jK7mN9pQ1sT3vW5yZ7bC9dE1fG3hJ5kL7nP9';
const the = (word: string): string => word;
const part = (length: number): string => mixed.slice(0, length);
const upper = 'Q3WERT7YUIO2PASD';
const jwt = (payload: object): string => [{ alg: 'RS256', typ: 'JWT' }, payload].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')).concat(part(80)).join('.');
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const tokens: readonly (readonly [what: string, text: string])[] = [
  ...['p', 'o', 'u', 's', 'r'].map((letter) => ['a token of GitHub', `gh${letter}_${part(36)}`] as const),
  ['a token of GitHub', `ghs_${the('123456')}_${jwt({ iss: 'x' })}`],
  ['a token of GitHub', `github_${the('pat')}_${part(22)}_${part(59)}`],
  ['a token of GitHub', `AUTHORIZATION: basic ${Buffer.from(`x-access-token:gh${the('s')}_${part(36)}`).toString('base64')}`],
  ["a token of this job's runner", jwt({ scp: 'Actions.Results:1:2', exp: 1 })],
  ["a token of this job's runner", jwt({ iss: 'https://token.actions.githubusercontent.com', aud: 'x'.repeat(3000) })],
  ['a key of AWS', `AK${the('IA')}${upper}`],
  ['a token of Slack', `xo${the('xb')}-123456789012-${part(24)}`],
  ['a key of Anthropic', `sk-${the('ant')}-api03-${part(80)}`],
  ['a key of OpenAI', `sk-${the('proj')}-${part(60)}`],
  ['a key of a model provider', `sk-${part(48)}`],
  ['a token of npm', `np${the('m')}_${part(36)}`],
  ['a token of PyPI', `pypi-${the('AgE')}IcHlwaS5vcmc${part(60)}`],
  ['a token of GitLab', `gl${the('pat')}-${part(20)}`],
  ['a key of Stripe', `sk_${the('live')}_${part(24)}`],
  ['a private key', pem],
  ['a private key', JSON.stringify({ private_key: pem })],
  ['a private key', pem.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n').replaceAll('PRIVATE', 'RSA PRIVATE')],
];

const innocent: readonly string[] = [
  `gh${the('p')}_${'x'.repeat(36)}`, `gh${the('p')}_short`, `AKIA${the('IOSFODNN7EXAMPLE')}`, `XAK${the('IA')}${upper}`, `AK${the('IA')}${upper}MORE`, `sk-${the('folding-cube-and-other-words-of-a-style-sheet')}`, `disk-${part(48)}`, `task_sk-${part(48)}`,
  `const heading = '-----BEGIN ${the('PRIVATE KEY')}-----';`, `-----BEGIN ${the('PRIVATE KEY')}-----\n...\n`, `-----BEGIN ${the('PUBLIC KEY')}-----\n${part(64)}\n`, jwt({ sub: '1234567890', name: 'John Doe' }), jwt({ scp: 'actions' }),
  `xo${the('xb')}-your-token-goes-in-this-place`, 'eyJ', 'sk-', `npm_config_${the('registry_and_other_settings_of_some')}_length`, 'https://example.org/ghp_/sk-ant-',
];

async function* inPieces(bytes: Buffer, cuts: readonly number[]): AsyncIterable<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, from] of places.slice(0, -1).entries()) yield await Promise.resolve(bytes.subarray(from, places[index + 1]));
}

const find = async (text: string | Buffer, own?: readonly string[]): Promise<readonly string[]> => await findTokens(inPieces(Buffer.from(text), []), own);

test.each(tokens)('%s is found wherever it lies and however the bytes are cut', async (what, text) => {
  await fc.assert(fc.asyncProperty(fc.nat({ max: 60_000 }), fc.constantFrom(' ', '\n', '\0', '"', '='), fc.array(fc.nat(), { maxLength: 12 }), async (before, around, cuts) => {
    const bytes = Buffer.concat([Buffer.alloc(before, '.'), Buffer.from(around + text + around), Buffer.alloc(before % 7, 0xff)]);
    expect(await findTokens(inPieces(bytes, cuts))).toEqual([what]);
  }), { numRuns: 30 });
  expect(await find(text)).toEqual([what]);
});

test('a cut anywhere in it hides none', async () => {
  const bytes = Buffer.from(`${'.'.repeat(longestToken * 2)} ${tokens[0]?.[1] ?? ''} ${'.'.repeat(longestToken * 2)}`);
  const first = longestToken * 2 - 5;
  for (let cut = first; cut < first + 60; cut += 1) expect(await findTokens(inPieces(bytes, [cut]))).toEqual(['a token of GitHub']);
});

test.each(innocent)('%s is none', async (text) => {
  await fc.assert(fc.asyncProperty(fc.nat({ max: 40_000 }), fc.array(fc.nat(), { maxLength: 8 }), async (before, cuts) => {
    expect(await findTokens(inPieces(Buffer.concat([Buffer.alloc(before, '.'), Buffer.from(` ${text} `), Buffer.alloc(20_000, '.')]), cuts))).toEqual([]);
  }), { numRuns: 15 });
});

test('a word that a piece of the window begins with is no token: what stood before it still counts', async () => {
  const text = `disk-${part(48)}`;
  for (let at = longestToken; at < longestToken + 6; at += 1) {
    const bytes = Buffer.concat([Buffer.alloc(longestToken * 4, '.'), Buffer.from(text), Buffer.alloc(at, '.')]);
    expect(await findTokens(inPieces(bytes, [longestToken * 4 + text.length + at - 1]))).toEqual([]);
  }
});

test("the job's own tokens are found as they are, longer than any shape too; what is too short to be one is not looked for", async () => {
  const long = 'q'.repeat(longestToken * 2);
  const bytes = Buffer.from(`${'.'.repeat(100_000)}${long}${'.'.repeat(50_000)}`);
  expect(await findTokens(inPieces(bytes, [100_001, 110_000, 120_000]), [long])).toEqual(['a token of this job']);
  expect(await find('a b c', ['', 'b'])).toEqual([]);
});

test('random bytes and words hold none', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), fc.base64String({ maxLength: 4000 }), async (bytes, text) => {
    expect([await find(Buffer.from(bytes)), await find(text)]).toEqual([[], []]);
  }));
});

test('openings without end take no more time than other bytes', async () => {
  const started = performance.now();
  for (const opening of ['sk-', 'eyJ', 'xoxb-', '-----BEGIN ']) expect(await find(opening.repeat(100_000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(20_000);
});
