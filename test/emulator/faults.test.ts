import { request } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator, SetFault } from './emulator.mjs';
import { callNames, canBefall, faultNames, startEmulator } from './emulator.mjs';
import type { ClientOrder } from './run-clients.js';
import { createClientFolder } from './run-clients.js';

const aText: unknown = expect.any(String);
const aNumber: unknown = expect.any(Number);

describe('faults and refusals', () => {
  let github: Emulator;
  let env: Record<string, string>;

  beforeEach(async () => {
    github = await startEmulator();
    env = github.env({ runId: 7, pull: { number: 3 } });
  });
  afterEach(() => github.close());

  interface Seen {
    /** 0 when there was no answer. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Buffer;
    /** How it ended: by itself, broken off by the other side, or given up by this one. */
    readonly end: 'whole' | 'broken' | 'given up';
  }

  /** One request, read as far as it goes within the time. */
  const ask = (path: string, { method = 'GET', body = '', headers = {}, patienceMs = 150 }: { method?: string; body?: string; headers?: Record<string, string>; patienceMs?: number } = {}): Promise<Seen> =>
    new Promise((resolve) => {
      const pieces: Buffer[] = [];
      const seen = { status: 0, headers: {} as Seen['headers'] };
      const finish = (end: Seen['end']): void => {
        clearTimeout(timer);
        outgoing.destroy();
        resolve({ ...seen, body: Buffer.concat(pieces), end });
      };
      const outgoing = request(new URL(path, github.url), { method, headers, agent: false }, (response) => {
        Object.assign(seen, { status: response.statusCode, headers: response.headers });
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => finish('whole'));
        response.on('error', () => finish('broken'));
      });
      outgoing.on('error', () => finish('broken'));
      const timer = setTimeout(() => finish('given up'), patienceMs);
      outgoing.end(body);
    });

  const twirp = (method: string, message: object, patienceMs?: number): Promise<Seen> =>
    ask(`/twirp/github.actions.results.api.v1.CacheService/${method}`, {
      method: 'POST', body: JSON.stringify(message), headers: { authorization: `Bearer ${env.ACTIONS_RUNTIME_TOKEN}`, 'content-type': 'application/json' }, ...(patienceMs === undefined ? {} : { patienceMs }),
    });
  const create = (key: string): Promise<Seen> => twirp('CreateCacheEntry', { key, version: 'v' });
  const lookup = (key: string): Promise<Seen> => twirp('GetCacheEntryDownloadURL', { key, version: 'v' });
  const comments = (): Promise<Seen> => ask('/repos/octo-org/example/issues/3/comments', { headers: { authorization: `token ${env.GITHUB_TOKEN}`, 'user-agent': 'test' } });
  const addressOf = async (key: string): Promise<string> => (JSON.parse((await lookup(key)).body.toString()) as { readonly signed_download_url: string }).signed_download_url;

  const anywhere = faultNames.filter((fault) => callNames.every((call) => canBefall(fault, call)));

  describe.each(['before', 'after'] as const)('%s the work', (moment) => {
    test.each(anywhere)('%s befalls the call it is set for, and leaves it so', async (fault) => {
      const set = github.fault({ call: 'cache.create', fault, moment, nth: 2, times: 1, ms: 10 });
      const seen = [await create('one'), await create('two'), await create('three')];
      expect(seen.map(({ status, end }) => status === 200 && end === 'whole').filter(Boolean).length).toBeGreaterThanOrEqual(2);
      // `slow` takes its time, and the work is done at either moment.
      const isDone = moment === 'after' || fault === 'slow';
      expect(github.reservations().map(({ key }) => key)).toEqual(isDone ? ['one', 'two', 'three'] : ['one', 'three']);
      expect([set.hits, set.seen, github.requests().map((each) => each.fault)]).toEqual([1, 3, [undefined, fault, undefined]]);
      expect(github.violations()).toEqual([]);
    });
  });

  test.each([
    ['rate-limited-1', 429, '1'], ['rate-limited-3600', 429, '3600'], ['rate-limited-garbage', 429, 'soon'], ['rate-limited-silent', 429, undefined], ['error-500', 500, undefined], ['error-502', 502, undefined],
    ['error-503', 503, undefined], ['error-504', 504, undefined], ['gone', 404, undefined], ['conflict', 409, undefined], ['forbidden', 403, undefined],
  ])('%s is said in the words of each service', async (fault, status, retryAfter) => {
    github.plant({ key: 'one', bytes: Buffer.from('one') });
    const address = await addressOf('one');
    github.fault({ fault });
    const [ofTwirp, ofRest, ofBlob] = [await lookup('one'), await comments(), await ask(address)];
    expect([ofTwirp, ofRest, ofBlob].map((each) => [each.status, each.headers['retry-after']])).toEqual(Array(3).fill([status, retryAfter]));
    expect(JSON.parse(ofTwirp.body.toString())).toEqual({ code: aText, msg: aText, meta: {} });
    expect(JSON.parse(ofRest.body.toString())).toMatchObject({ message: aText, documentation_url: aText });
    expect(ofBlob.body.toString()).toMatch(/<Error><Code>\w+<\/Code>/u);
  });

  test('an expired token is 401, of a signed address 403', async () => {
    github.plant({ key: 'one', bytes: Buffer.from('one') });
    const address = await addressOf('one');
    github.fault({ fault: 'expired-token' });
    expect([(await lookup('one')).status, (await comments()).status, (await ask(address)).status]).toEqual([401, 401, 403]);
  });

  test.each([
    { fault: 'html-200', status: 200, end: 'whole', body: /^<!DOCTYPE html>/u },
    { fault: 'html-502', status: 502, end: 'whole', body: /^<!DOCTYPE html>/u },
    { fault: 'empty-200', status: 200, end: 'whole', body: /^$/u },
    { fault: 'reset', status: 0, end: 'broken', body: /^$/u },
    { fault: 'silence', status: 0, end: 'given up', body: /^$/u },
    { fault: 'stall-after-headers', status: 200, end: 'given up', body: /^$/u },
    { fault: 'stall-in-body', status: 200, end: 'given up', body: /^01234$/u },
    { fault: 'drip', status: 200, end: 'given up', body: /^0$/u },
    { fault: 'truncated', status: 200, end: 'broken', body: /^01234$/u },
    { fault: 'wrong-length', status: 200, end: 'whole', body: /^01234$/u },
    { fault: 'invalid-json', status: 200, end: 'whole', body: /^01234\{"$/u },
    { fault: 'slow', status: 200, end: 'whole', body: /^0123456789$/u },
  ])('$fault on the wire', async ({ fault, status, end, body }) => {
    github.plant({ key: 'one', bytes: Buffer.from('0123456789') });
    const address = await addressOf('one');
    const set = github.fault({ call: 'cache.download', fault, ms: 30 });
    const seen = await ask(address);
    expect({ ...seen, body: seen.body.toString() }).toMatchObject({ status, end, body: expect.stringMatching(body) as unknown });
    expect(set.hits).toBe(1);
    set.end();
    expect((await ask(address)).body.toString()).toBe('0123456789');
  });

  test.each([['primary-limit', 'x-ratelimit-remaining', '0'], ['secondary-limit', 'retry-after', '60']])('the %s of REST is a 403', async (fault, header, value) => {
    const set = github.fault({ fault });
    const seen = await comments();
    expect([seen.status, seen.headers[header], (await lookup('one')).status, set.hits]).toEqual([403, value, 200, 1]);
  });

  test('one byte is another', async () => {
    const bytes = Buffer.from('0123456789');
    github.plant({ key: 'one', bytes });
    const address = await addressOf('one');
    github.fault({ call: 'cache.download', fault: 'flipped-byte' });
    const { body } = await ask(address);
    expect([...body].filter((byte, at) => byte !== bytes[at])).toHaveLength(1);
    expect(body).toHaveLength(bytes.length);
    expect(github.entries()[0]?.bytes?.equals(bytes)).toBe(true);
  });

  test('a lookup can hit a longer key, whatever there is', async () => {
    const set = github.fault({ call: 'cache.lookup', fault: 'prefix-hit' });
    for (const key of ['nothing', 'one']) {
      const { matched_key: matched, signed_download_url: address } = JSON.parse((await lookup(key)).body.toString()) as { readonly matched_key: string; readonly signed_download_url: string };
      expect([matched, (await ask(address)).status]).toEqual([`${key}-and-more`, 200]);
    }
    expect(set.hits).toBe(2);
  });

  test('a fault chooses its calls: by name, job, time and what they are about', async () => {
    const of = async (order: Omit<Parameters<Emulator['fault']>[0], 'fault'>): Promise<SetFault> => {
      github.clearFaults();
      const set = github.fault({ fault: 'error-500', ...order });
      await Promise.all([lookup('one'), create(`${github.requests().length}`), comments()]);
      return set;
    };
    expect([(await of({})).hits, (await of({ call: 'cache.*' })).hits, (await of({ call: 'rest.list-comments' })).hits]).toEqual([3, 2, 1]);
    expect([(await of({ job: '7/1/build' })).hits, (await of({ job: '7/2/build' })).hits, (await of({ where: ({ name }) => name === 'one' })).hits, (await of({ times: 2 })).hits]).toEqual([3, 0, 1, 2]);
    const brief = await of({ forMs: 1000 });
    github.advance(1001);
    await lookup('one');
    expect(brief.hits).toBe(3);
  });

  test('a fault that cannot be is refused', () => {
    expect(() => github.fault({ call: 'cache.lookup', fault: 'melted' })).toThrow('there is no fault melted');
    expect(() => github.fault({ call: 'cache.look', fault: 'reset' })).toThrow('never befalls cache.look');
    expect(() => github.fault({ call: 'cache.create', fault: 'prefix-hit' })).toThrow('never befalls cache.create');
  });

  test('every request takes its time', async () => {
    github.setLatency(60);
    const began = performance.now();
    await lookup('one');
    expect(performance.now() - began).toBeGreaterThan(55);
  });

  test.each([
    { message: { key: 'a,b', version: 'v' }, reason: 'a key has at most 512 characters and no comma' },
    { message: { key: 'k'.repeat(513), version: 'v' }, reason: 'a key has at most 512 characters and no comma' },
    { message: { key: 'k', version: 'v', restore_keys: Array(10).fill('r') }, reason: 'at most 10 keys are looked up, 11 were sent' },
    { message: { key: 'k' }, reason: 'version is needed' },
    { message: { key: 5, version: 'v' }, reason: 'key is of another type' },
    { message: { key: 'k', version: 'v', restoreKeys: [] }, reason: 'there is no field restoreKeys' },
  ])('what the cache service does not take is refused and kept: $reason', async ({ message, reason }) => {
    expect((await twirp('GetCacheEntryDownloadURL', message)).status).toBe(400);
    expect(github.violations()).toMatchObject([{ call: 'cache.lookup', reason: expect.stringContaining(reason) as unknown }]);
  });

  test('what is at its limit is taken', async () => {
    expect((await twirp('GetCacheEntryDownloadURL', { key: 'k'.repeat(512), version: 'v', restore_keys: Array(9).fill('r') })).status).toBe(200);
    expect(github.violations()).toEqual([]);
  });

  test('a route that is not there is kept too', async () => {
    expect([(await twirp('Guess', {})).status, (await ask('/repos/octo-org/example/guess')).status]).toEqual([404, 404]);
    expect(github.violations().map(({ call }) => call)).toEqual(['unknown', 'unknown']);
  });

  /** What becomes of one save or restore by the real clients when the fault befalls one of its calls. */
  const outcomes: readonly { readonly call: string; readonly fault: string; readonly value: unknown }[] = [
    ...['rate-limited-1', 'rate-limited-3600', 'rate-limited-garbage', 'rate-limited-silent', 'gone', 'conflict', 'expired-token', 'forbidden', 'write-denied', 'reset'].map((fault) => ({ call: 'cache.create', fault, value: -1 })),
    ...['error-500', 'error-502', 'error-503', 'error-504', 'html-200', 'html-502', 'empty-200', 'invalid-json', 'wrong-length', 'slow'].map((fault) => ({ call: 'cache.create', fault, value: aNumber })),
    ...['gone', 'forbidden', 'conflict'].map((fault) => ({ call: 'cache.upload', fault, value: -1 })),
    ...['error-500', 'error-503', 'reset'].map((fault) => ({ call: 'cache.upload', fault, value: 'saved' })),
    ...['gone', 'write-denied', 'reset'].map((fault) => ({ call: 'cache.finalize', fault, value: -1 })),
    ...['gone', 'flipped-byte', 'wrong-length', 'truncated', 'empty-200'].map((fault) => ({ call: 'cache.download', fault, value: null })),
    ...['gone', 'read-denied', 'forbidden'].map((fault) => ({ call: 'cache.lookup', fault, value: null })),
    ...['error-500', 'html-200'].map((fault) => ({ call: 'cache.lookup', fault, value: 'restored' })),
  ];

  test('the real clients meet each of them', async () => {
    const clients = createClientFolder();
    try {
      mkdirSync(join(clients.workspace, 'files'));
      writeFileSync(join(clients.workspace, 'files', 'a.txt'), 'hello');
      const paths = ['files'];
      const cases = outcomes.map((each) => ({ ...each, key: `${each.call} ${each.fault}`, restores: /lookup|download/u.test(each.call) }));
      await clients.run(env, cases.filter(({ restores }) => restores).map(({ key }): ClientOrder => ({ do: 'save', paths, key })), { together: true });
      const set = cases.map(({ call, fault, key }) => github.fault({ call, fault, times: 1, where: ({ name }) => name === key }));
      const found = await clients.run(env, cases.map(({ key, restores }): ClientOrder => ({ do: restores ? 'restore' : 'save', paths, key })), { together: true });
      expect(set.map(({ call, fault, hits }) => [call, fault, hits])).toEqual(outcomes.map(({ call, fault }) => [call, fault, 1]));
      const wanted = cases.map(({ key, value }) => [key, value === 'restored' ? key : (value === 'saved' ? aNumber : value)]);
      expect(found.map(({ value, error }, at) => [cases[at]?.key, error ?? value])).toEqual(wanted);
      expect(github.violations()).toEqual([]);
    } finally {
      clients.remove();
    }
  });
});
