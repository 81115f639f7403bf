import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatedJob, Emulator, EmulatorOptions } from './emulator.mjs';
import { startEmulator } from './emulator.mjs';
import type { ClientFolder, ClientOrder } from './run-clients.js';
import { createClientFolder } from './run-clients.js';

const start = 1_800_000_000_000;
const paths = ['files'];
const save = (key: string): ClientOrder => ({ do: 'save', paths, key });
const restore = (key: string, restoreKeys: readonly string[] = []): ClientOrder => ({ do: 'restore', paths, key, restoreKeys });
const main = { runId: 7, ref: 'refs/heads/main' };

describe('the cache service', () => {
  let github: Emulator;
  let clients: ClientFolder;
  let others: Emulator[] = [];

  beforeEach(async () => {
    let ms = start;
    github = await startEmulator({ now: () => (ms += 1) });
    clients = createClientFolder();
    mkdirSync(join(clients.workspace, 'files'));
    writeFileSync(join(clients.workspace, 'files', 'a.txt'), 'hello');
  });
  afterEach(async () => {
    await Promise.all([github, ...others].map((each) => each.close()));
    others = [];
    clients.remove();
  });
  const startOther = async (options: EmulatorOptions): Promise<Emulator> => {
    const other = await startEmulator(options);
    others.push(other);
    return other;
  };

  const become = (job: EmulatedJob): ClientOrder => ({ do: 'become', env: github.env(job) });
  const values = async (env: Record<string, string>, orders: Parameters<ClientFolder['run']>[1]): Promise<readonly unknown[]> => (await clients.run(env, orders)).map(({ value, error }) => error ?? value);

  test('what is saved is restored, in a request for each part of it', async () => {
    expect(await values(github.env(main), [save('one')])).toEqual([1001]);
    rmSync(join(clients.workspace, 'files'), { recursive: true });
    expect(await values(github.env({ ...main, attempt: 2 }), [restore('one')])).toEqual(['one']);
    expect(readFileSync(join(clients.workspace, 'files', 'a.txt'), 'utf8')).toBe('hello');
    expect(github.requests().map(({ call, status, name, job }) => [call, status, name, job])).toEqual([
      ['cache.create', 200, 'one', '7/1/build'], ['cache.upload', 201, 'one', '7/1/build'], ['cache.finalize', 200, 'one', '7/1/build'],
      ['cache.lookup', 200, 'one', '7/2/build'], ['cache.download', 200, 'one', '7/2/build'],
    ]);
    expect(github.requests().at(-1)?.received).toBe(github.entries()[0]?.size);
    expect(github.violations()).toEqual([]);
  });

  test('an entry is found by its key, then by the beginning of the wish, the newest first, and never under other paths', async () => {
    const [, , ...found] = await values(github.env(main), [
      save('a-1'), save('a-2'), restore('a-1'), restore('a'), restore('b', ['a-1', 'a-2']), restore('b', ['a']), restore('b'), { do: 'restore', paths: ['other'], key: 'a-1' },
    ]);
    expect(found).toEqual(['a-1', 'a-2', 'a-1', 'a-2', null, null]);
  });

  test('an entry never changes, and one that is being made is taken', async () => {
    const upload = github.fault({ call: 'cache.upload', fault: 'forbidden', where: ({ name }) => name === 'two' });
    expect(await values(github.env(main), [save('one'), save('one'), save('two'), save('two')])).toEqual([1001, -1, -1, -1]);
    expect(clients.said()).toContain('(409) Conflict: cache entry with the same key, version, and scope already exists');
    expect([upload.hits, github.reservations().map(({ key }) => key)]).toEqual([1, ['two']]);
  });

  test('a ref sees its own, that of the base and that of the default branch, and writes its own', async () => {
    const pull = (number: number): ClientOrder => become({ runId: 20 + number, pull: { number, base: 'next' } });
    const all = [restore('of-main'), restore('of-next'), restore('of-pull')];
    const found = await values({}, [
      become(main), save('of-main'), become({ runId: 8, ref: 'refs/heads/next' }), save('of-next'), pull(1), save('of-pull'),
      become(main), ...all, pull(1), ...all, pull(2), ...all, save('of-main'),
    ]);
    expect(found.slice(6)).toEqual([null, 'of-main', null, null, null, 'of-main', 'of-next', 'of-pull', null, 'of-main', 'of-next', null, 1004]);
    expect(github.entries().map(({ key, scope }) => [key, scope])).toEqual([['of-main', 'refs/heads/main'], ['of-next', 'refs/heads/next'], ['of-pull', 'refs/pull/1/merge'], ['of-main', 'refs/pull/2/merge']]);
  });

  test.each([{ event: 'issue_comment' }, { event: 'pull_request_target' }, { event: 'workflow_run', readOnlyCache: true }])('a run for $event reads and does not write', async (job) => {
    expect(await values(github.env(main), [save('one'), become({ ...main, runId: 8, ...job }), restore('one'), save('two')])).toEqual([1001, null, 'one', -1]);
    expect(clients.said()).toContain('cache write denied:');
    expect(github.entries()).toHaveLength(1);
  });

  test('a token without scopes reads nothing', async () => {
    expect(await values(github.env({ ...main, scopes: [{ Scope: 'refs/heads/main', Permission: 0 }] }), [restore('one')])).toEqual([null]);
    expect(clients.said()).toContain('cache read denied:');
  });

  test('bytes that nobody saved answer to any version', async () => {
    await clients.run(github.env(main), [save('one')]);
    const bytes = github.entries()[0]?.bytes ?? Buffer.alloc(0);
    const id = github.plant({ key: 'planted', bytes });
    expect(await values(github.env(main), [restore('planted')])).toEqual(['planted']);
    expect(github.entries().find((each) => each.id === id)).toMatchObject({ key: 'planted', version: '*', job: undefined });
  });

  test('what is idle for seven days goes, and what does not fit goes by its last use', async () => {
    await clients.run(github.env(main), [save('one'), save('two')]);
    github.advance(6 * 86_400_000);
    await clients.run(github.env(main), [restore('two')]);
    github.advance(2 * 86_400_000);
    expect([github.evict(), github.evict(), github.entries().map(({ key }) => key)]).toEqual([['one'], [], ['two']]);

    const small = await startOther({ cacheBytes: (github.entries()[0]?.size ?? 0) * 2.5 });
    await clients.run(small.env(main), [save('one'), save('two'), restore('one'), save('three')]);
    expect(small.entries().map(({ key }) => key)).toEqual(['one', 'three']);
  });

  test('more than so many entries a minute are too many', async () => {
    const slow = await startOther({ uploadsPerMinute: 2, now: () => start });
    const found = await clients.run(slow.env(main), [save('1'), save('2'), save('3')]);
    expect(found.map(({ value }) => value)).toEqual([1001, 1002, -1]);
    expect(clients.said()).toContain("You've hit a rate limit, your rate limit will reset in 60 seconds");
    slow.advance(60_000);
    expect((await clients.run(slow.env(main), [save('3')]))[0]?.value).toBe(1003);
  });

  test('nobody is there when the port is down, and all is as before when it is up', async () => {
    await clients.run(github.env(main), [save('one')]);
    await github.goDown();
    expect(await values(github.env(main), [restore('one')])).toEqual([null]);
    expect(clients.said()).toContain('ECONNREFUSED');
    await github.comeUp();
    expect(await values(github.env(main), [restore('one')])).toEqual(['one']);
  });
});
