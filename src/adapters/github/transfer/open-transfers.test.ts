import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { useTransferRig } from '../../../../test/rig/transfer-rig.js';
import type { RemoteFound } from './transfers.js';

const rig = useTransferRig();

function textOf(found: RemoteFound): string {
  if (found.kind !== 'found') throw new Error(JSON.stringify(found));
  const text = readFileSync(found.file, 'utf8');
  found.release();
  if (existsSync(found.file)) throw new Error('it is still there');
  return text;
}

describe('the cache', () => {
  test('what is saved is found, and leaves nothing behind', async () => {
    const { open, write, list, github } = rig();
    const { cache, takeWarnings, close } = open();
    expect(await cache.find({ key: 'tollgate-a' })).toEqual({ kind: 'absent' });
    expect(await cache.save('tollgate-a', write('some file', 'the pack'))).toEqual({ kind: 'saved' });
    expect(textOf(await cache.find({ key: 'tollgate-a' }))).toBe('the pack');
    expect(await cache.save('tollgate-a', write('some file', 'another'))).toEqual({ kind: 'exists' });
    expect(textOf(await open().cache.find({ key: 'tollgate-a' }))).toBe('the pack');
    expect(takeWarnings()).toEqual([]);
    expect(github.violations()).toEqual([]);
    await close();
    expect(list().filter((path) => path.startsWith('private place/')).length).toBeGreaterThan(0);
    expect(list().filter((path) => path.includes('order-'))).toEqual([]);
  });

  test('every size arrives as it went', async () => {
    const { open, write } = rig();
    const { cache } = open();
    for (const size of [0, 1, 511, 512, 513, 3_000_000]) {
      const content = 'x'.repeat(size);
      expect(await cache.save(`size-${size}`, write('pack', content))).toEqual({ kind: 'saved' });
      expect(textOf(await cache.find({ key: `size-${size}` })) === content).toBe(true);
    }
  });

  test('a longer key is no answer, unless a prefix asks for it', async () => {
    const { open, write } = rig();
    const { cache } = open();
    await cache.save('run/1', write('a', 'one'));
    await cache.save('run/10', write('b', 'ten'));
    await cache.save('older/7', write('c', 'seven'));
    expect(textOf(await cache.find({ key: 'run/1' }))).toBe('one');
    expect(await cache.find({ key: 'run/' })).toEqual({ kind: 'absent' });
    expect(await cache.find({ key: 'ru', prefixes: ['none/'] })).toEqual({ kind: 'absent' });
    expect(await cache.find({ key: 'run', prefixes: ['run/'] })).toMatchObject({ kind: 'found', key: 'run/10' });
    expect(await cache.find({ key: 'ru', prefixes: ['none/', 'older/'] })).toMatchObject({ kind: 'found', key: 'older/7' });
  });

  test('a job that may only read is told once, and does not try again', async () => {
    const { open, write, github } = rig();
    const { cache, takeWarnings } = open({ job: { readOnlyCache: true } });
    for (let index = 0; index < 3; index++) expect(await cache.save(`key-${index}`, write('pack', 'p'))).toEqual({ kind: 'denied' });
    expect(github.requests().map(({ call }) => call)).toEqual(['cache.create']);
    expect(takeWarnings()).toEqual([expect.stringContaining('its token may only read')]);
    expect(takeWarnings()).toEqual([]);
    expect(await cache.find({ key: 'a' })).toEqual({ kind: 'absent' });
  });

  test.each([['read', 'absent', 'denied'], ['none', 'unavailable', 'denied'], ['write-only', 'unavailable', 'saved'], ['write', 'absent', 'saved']] as const)('the cache mode %s is kept without asking', async (cacheMode, found, saved) => {
    const { open, write, github } = rig();
    const { cache } = open({ job: { cacheMode } });
    expect((await cache.find({ key: 'a' })).kind).toBe(found);
    expect((await cache.save('a', write('pack', 'p'))).kind).toBe(saved);
    const calls = github.requests().map(({ call }) => call);
    expect([calls.includes('cache.lookup'), calls.includes('cache.create')]).toEqual([found === 'absent', saved === 'saved']);
  });

  test('where there is no service, nothing is started and everything says why', async () => {
    const { open, write, list } = rig();
    for (const env of [{ ACTIONS_RESULTS_URL: '' }, { ACTIONS_RUNTIME_TOKEN: '' }, { GITHUB_SERVER_URL: 'https://github.example.com' }]) {
      const { cache, artifacts } = open({ env });
      const reason = expect.stringMatching(/ACTIONS_RESULTS_URL|ACTIONS_RUNTIME_TOKEN|github\.example\.com/u) as string;
      const answers = await Promise.all([cache.find({ key: 'a' }), cache.save('a', write('pack', '')), artifacts.list(), artifacts.download(1), artifacts.remove('a'), artifacts.upload({ name: 'a', folder: '/nowhere' })]);
      for (const answer of answers) expect(answer).toEqual({ kind: 'unavailable', reason });
    }
    expect(list()).toEqual(['pack']);
  });

  test('the version of an entry does not depend on the tools of the machine', async () => {
    const { open, write } = rig();
    await open().cache.save('a', write('pack', 'here'));
    expect(textOf(await open({ env: { PATH: '/usr/bin:/bin' } }).cache.find({ key: 'a' }))).toBe('here');
  });
});

describe('artifacts', () => {
  test('what is uploaded is listed, downloaded and removed', async () => {
    const { open, write, scratch, github } = rig();
    const { artifacts, takeWarnings } = open();
    write('out/a.txt', 'text');
    write('out/deep/b ü.bin', Buffer.alloc(70_000, 7));
    const uploaded = await artifacts.upload({ name: 'report-a1', folder: join(scratch, 'out'), retentionDays: 3 });
    if (uploaded.kind !== 'uploaded') throw new Error(JSON.stringify(uploaded));
    expect(await artifacts.upload({ name: 'report-a1', folder: join(scratch, 'out') })).toEqual({ kind: 'exists' });
    await artifacts.upload({ name: 'report-a2', folder: join(scratch, 'out') });
    const listed = await artifacts.list();
    if (listed.kind !== 'listed') throw new Error(JSON.stringify(listed));
    expect(listed.artifacts.map(({ name }) => name)).toEqual(['report-a2', 'report-a1']);
    expect(listed.artifacts[1]).toMatchObject({ id: uploaded.id, size: uploaded.size });
    const downloaded = await artifacts.download(uploaded.id);
    if (downloaded.kind !== 'downloaded') throw new Error(JSON.stringify(downloaded));
    expect(readdirSync(downloaded.folder, { recursive: true }).sort()).toEqual(['a.txt', 'deep', 'deep/b ü.bin']);
    expect(readFileSync(join(downloaded.folder, 'a.txt'), 'utf8')).toBe('text');
    expect(readFileSync(join(downloaded.folder, 'deep/b ü.bin'))).toEqual(Buffer.alloc(70_000, 7));
    expect(statSync(join(downloaded.folder, 'a.txt')).mode & 0o777).toBe(0o644);
    downloaded.release();
    expect(existsSync(downloaded.folder)).toBe(false);
    expect([await artifacts.remove('report-a1'), await artifacts.remove('report-a1')]).toEqual([{ kind: 'removed' }, { kind: 'absent' }]);
    expect(await artifacts.download(uploaded.id)).toEqual({ kind: 'absent' });
    expect(takeWarnings()).toEqual([]);
    expect(github.violations()).toEqual([]);
  });
});
