import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatedJob, Emulator, EmulatorOptions } from './emulator.mjs';
import { startEmulator } from './emulator.mjs';
import type { ClientFolder, ClientOrder, ClientResult } from './run-clients.js';
import { createClientFolder } from './run-clients.js';

const dayMs = 86_400_000;
const run7 = { runId: 7 };
describe('the artifact service', () => {
  let github: Emulator;
  let clients: ClientFolder;

  const begin = async (options: EmulatorOptions = {}): Promise<void> => {
    github = await startEmulator(options);
    clients = createClientFolder();
    writeFileSync(join(clients.workspace, 'a.txt'), 'hello');
  };
  afterEach(async () => {
    await github.close();
    clients.remove();
  });

  const upload = (name: string, options: object = {}): ClientOrder => ({ do: 'upload', name, files: [join(clients.workspace, 'a.txt')], root: clients.workspace, ...options });
  const become = (job: EmulatedJob): ClientOrder => ({ do: 'become', env: github.env(job) });
  const names = (result: ClientResult | undefined): readonly string[] => (result?.value as { readonly artifacts: readonly { readonly name: string }[] }).artifacts.map(({ name }) => name);
  const calls = (): readonly string[] => github.requests().map(({ call, status }) => `${call} ${status ?? ''}`);

  test('what is uploaded is listed, downloaded and deleted', async () => {
    await begin();
    const found = await clients.run(github.env(run7), [
      upload('one'), { do: 'list' }, { do: 'get', name: 'one' }, { do: 'download', id: 1001, path: join(clients.folder, 'out') }, { do: 'delete', name: 'one' }, { do: 'list' }, { do: 'get', name: 'one' },
    ]);
    const [{ value: uploaded }, , { value: got }] = found as unknown as [{ value: { id: number; size: number; digest: string } }, unknown, { value: unknown }];
    expect(uploaded).toMatchObject({ id: 1001 });
    expect(got).toMatchObject({ artifact: { name: 'one', id: 1001, size: uploaded.size, digest: `sha256:${uploaded.digest}` } });
    expect([names(found[1]), names(found[5])]).toEqual([['one'], []]);
    expect(readFileSync(join(clients.folder, 'out', 'a.txt'), 'utf8')).toBe('hello');
    expect(found[6]?.error).toContain('Artifact not found for name: one');
    expect(calls()).toEqual([
      'artifact.create 200', 'artifact.upload-block 201', 'artifact.upload-block-list 201', 'artifact.finalize 200', 'artifact.list 200', 'artifact.list 200',
      'artifact.list 200', 'artifact.sign 200', 'artifact.download 200', 'artifact.list 200', 'artifact.delete 200', 'artifact.list 200', 'artifact.list 200',
    ]);
    expect(github.violations()).toEqual([]);
  });

  test('a file of many blocks arrives whole', async () => {
    await begin();
    const bytes = Buffer.alloc(20_000_000, 'tollgate').map((byte, at) => (byte + (at >> 8)) & 255);
    writeFileSync(join(clients.workspace, 'a.txt'), bytes);
    await clients.run(github.env(run7), [upload('one', { compressionLevel: 0 }), { do: 'download', id: 1001, path: join(clients.folder, 'out') }]);
    expect(github.requests().filter(({ call }) => call === 'artifact.upload-block')).toHaveLength(3);
    expect(readFileSync(join(clients.folder, 'out', 'a.txt')).equals(bytes)).toBe(true);
  });

  test('a file that is no archive stays as it is', async () => {
    await begin();
    await clients.run(github.env(run7), [upload('ignored', { skipArchive: true }), { do: 'download', id: 1001, path: join(clients.folder, 'out') }]);
    expect(readFileSync(join(clients.folder, 'out', 'a.txt'), 'utf8')).toBe('hello');
    expect(github.artifacts()).toMatchObject([{ name: 'a.txt', mimeType: 'text/plain', bytes: Buffer.from('hello') }]);
  });

  test('a name is taken once in a run, whatever the job and the attempt', async () => {
    await begin();
    const found = await clients.run(github.env(run7), [upload('one'), become({ ...run7, job: 'test' }), upload('one'), become({ ...run7, attempt: 2 }), upload('one'), { do: 'list' }, become({ runId: 8 }), upload('one'), { do: 'list' }]);
    const conflict = 'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run';
    expect([found[2]?.error, found[4]?.error]).toEqual([conflict, conflict]);
    expect([names(found[5]), names(found[8])]).toEqual([['one'], ['one']]);
    expect(github.artifacts().map(({ name, runId, attempt, job }) => [name, runId, attempt, job])).toEqual([['one', 7, 1, '7/1/build'], ['one', 8, 1, '8/1/build']]);
  });

  test('an earlier attempt is seen through REST alone, where GitHub keeps attempts apart', async () => {
    await begin({ attemptsShareArtifacts: false });
    const found = await clients.run(github.env(run7), [
      upload('one'), become({ ...run7, attempt: 2 }), { do: 'list' }, { do: 'listOf', runId: 7 }, { do: 'downloadOf', runId: 7, id: 1001, path: join(clients.folder, 'out') },
    ]);
    expect([names(found[2]), names(found[3])]).toEqual([[], ['one']]);
    expect(readFileSync(join(clients.folder, 'out', 'a.txt'), 'utf8')).toBe('hello');
  });

  test('another run is read with `actions: read`, and not without', async () => {
    await begin();
    const other = [{ do: 'listOf', runId: 7 }, { do: 'downloadOf', runId: 7, id: 1001, path: join(clients.folder, 'out') }] as const;
    const found = await clients.run(github.env(run7), [upload('one'), become({ runId: 8, permissions: { actions: 'read' } }), ...other, become({ runId: 9, permissions: { contents: 'write' } }), ...other]);
    expect(names(found[2])).toEqual(['one']);
    expect(found[3]?.error).toBeUndefined();
    expect([found[5], found[6]].map((each) => each?.error)).toEqual(Array(2).fill(expect.stringContaining('Resource not accessible by integration')));
  });

  test('an artifact is over after its time', async () => {
    await begin();
    await clients.run(github.env(run7), [upload('short', { retentionDays: 2 }), upload('long')]);
    github.advance(3 * dayMs);
    const found = await clients.run(github.env(run7), [{ do: 'list' }, { do: 'downloadOf', runId: 7, id: 1001, path: join(clients.folder, 'out') }]);
    expect(names(found[0])).toEqual(['long']);
    expect(found[1]).toMatchObject({ status: 410 });
  });

  test('more than the retention of the repository is refused', async () => {
    await begin({ retentionDays: 5 });
    const env = { ...github.env(run7), GITHUB_RETENTION_DAYS: '90' };
    expect((await clients.run(env, [upload('one', { retentionDays: 30 })]))[0]?.error).toContain('an artifact is kept for 1 to 5 days');
    expect(github.violations()).toMatchObject([{ call: 'artifact.create' }]);
  });

  test('planted ones have the id and the time that they are given', async () => {
    await begin();
    github.plantArtifact({ runId: 7, name: 'one', bytes: Buffer.from('new'), id: 500, createdAt: Date.now(), mimeType: 'text/plain' });
    github.plantArtifact({ runId: 7, name: 'one', bytes: Buffer.from('old'), id: 900, createdAt: Date.now() - dayMs, mimeType: 'text/plain' });
    const [listed, latest] = await clients.run(github.env(run7), [{ do: 'listOf', runId: 7 }, { do: 'list', latest: true }]);
    expect(listed?.value).toMatchObject({ artifacts: [{ id: 900 }, { id: 500 }] });
    expect(latest?.value).toMatchObject({ artifacts: [{ id: 900 }] });
  });
});
