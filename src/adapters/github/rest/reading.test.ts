import { mkdtempSync, readFileSync, rmSync, existsSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGithubJob, useEmulator } from '../../../../test/rig/github-job.js';
import { openGithubApi } from './open-github-api.js';

const scene = useEmulator();
const place = { folder: '' };
beforeEach(() => {
  place.folder = mkdtempSync(join(tmpdir(), 'tollgate-rest-'));
});
afterEach(() => {
  rmSync(place.folder, { recursive: true, force: true });
});

test('caches of many pages, the newest first, those of a prefix and a ref alone', async () => {
  for (let index = 0; index < 205; index++) scene.github.plant({ key: `tollgate-state-${index}`, bytes: Buffer.from('x'), createdAt: 1_700_000_000_000 + index * 1_000 });
  scene.github.plant({ key: 'other', bytes: Buffer.from('x') });
  scene.github.plant({ key: 'tollgate-state-pull', bytes: Buffer.from('xyz'), ref: 'refs/pull/1/merge', createdAt: 1_600_000_000_000 });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  const all = await api.listCaches({ keyPrefix: 'tollgate-state-' });
  if (all.kind !== 'done') throw new Error(all.kind);
  expect(all.value).toHaveLength(206);
  expect(all.value.slice(0, 2).map(({ key }) => key)).toEqual(['tollgate-state-204', 'tollgate-state-203']);
  expect(await api.listCaches({ keyPrefix: 'tollgate-state-', ref: 'refs/pull/1/merge' })).toMatchObject({ kind: 'done', value: [{ key: 'tollgate-state-pull', ref: 'refs/pull/1/merge', createdAt: 1_600_000_000_000, size: 3 }] });
  expect(scene.github.requests().filter(({ call }) => call === 'rest.list-caches')).toHaveLength(4);
  expect(scene.github.violations()).toEqual([]);
});

test('a run, its repository, and what starts another', async () => {
  scene.github.plantRun({ id: 77, attempt: 3, workflowPath: '.github/workflows/release.yml@refs/heads/main', workflow: 'Release', conclusion: 'failure', branch: 'main', sha: 'a'.repeat(40) });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.getRun(77)).toEqual({
    kind: 'done',
    value: { id: 77, attempt: 3, path: '.github/workflows/release.yml', name: 'Release', headBranch: 'main', headSha: 'a'.repeat(40), event: 'push', status: 'completed', conclusion: 'failure', url: 'https://github.com/octo-org/example/actions/runs/77', repository: 'octo-org/example' },
  });
  expect(await api.getRun(78)).toEqual({ kind: 'absent' });
  expect(await api.getRepository()).toEqual({ kind: 'done', value: { isPrivate: true } });
  expect(await api.dispatchWorkflow({ workflow: 'release.yml', ref: 'main', inputs: { resume: '77' } })).toEqual({ kind: 'done', value: 'dispatched' });
  expect(scene.github.dispatches()).toMatchObject([{ workflow: 'release.yml', ref: 'main', inputs: { resume: '77' } }]);
});

test('an artifact of another run comes as its archive, whole or not at all', async () => {
  scene.github.plantRun({ id: 77 });
  const bytes = Buffer.from('PK archive '.repeat(1_000));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const old = scene.github.plantArtifact({ runId: 77, name: 'state-a1', bytes: Buffer.from('old'), createdAt: Date.now() - 100 * 86_400_000 });
  const id = scene.github.plantArtifact({ runId: 77, attempt: 2, name: 'state-a2', bytes, digest: `sha256:${sha256}` });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.listRunArtifacts(77)).toMatchObject({ kind: 'done', value: [{ id, name: 'state-a2', size: bytes.length, expired: false, sha256 }, { id: old, name: 'state-a1', expired: true }] });
  const file = join(place.folder, 'a.zip');
  expect(await api.downloadArtifact({ id, file, mostBytes: bytes.length, sha256 })).toEqual({ kind: 'done', value: { bytes: bytes.length } });
  expect(readFileSync(file).equals(bytes)).toBe(true);

  const small = join(place.folder, 'small.zip');
  expect(await api.downloadArtifact({ id, file: small, mostBytes: bytes.length - 1 })).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('larger than') as string });
  expect(await api.downloadArtifact({ id, file: small, mostBytes: 1_000_000, sha256: 'f'.repeat(64) })).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('damaged') as string });
  for (const none of [5, old]) expect(await api.downloadArtifact({ id: none, file: small, mostBytes: 10 })).toEqual({ kind: 'absent' });
  expect(existsSync(small)).toBe(false);
  writeFileSync(small, 'mine');
  expect(await api.downloadArtifact({ id, file: small, mostBytes: 1_000_000 })).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('already') as string });
  expect(readFileSync(small, 'utf8')).toBe('mine');
});

test.each(['truncated', 'wrong-length', 'flipped-byte', 'error-503', 'reset', 'html-200'])('a download that is %s once comes at the second try', async (fault) => {
  const bytes = Buffer.alloc(50_000, 7);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const id = scene.github.plantArtifact({ runId: 77, name: 'state', bytes, digest: `sha256:${sha256}` });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  const set = scene.github.fault({ call: 'artifact.download', fault, times: 1 });
  const file = join(place.folder, 'a.zip');
  expect(await api.downloadArtifact({ id, file, mostBytes: 1_000_000, sha256 })).toEqual({ kind: 'done', value: { bytes: bytes.length } });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(set.hits).toBe(1);
});

test('no token goes along to the storage', async () => {
  const id = scene.github.plantArtifact({ runId: 77, name: 'state', bytes: Buffer.from('zip') });
  const { api, env } = openGithubJob(scene.github, { runId: 1 });
  const real = globalThis.fetch;
  const seen: string[] = [];
  globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    seen.push(`${new URL(typeof input === 'object' && 'url' in input ? input.url : input).pathname.split('/')[1] ?? ''} ${headers.get('authorization') ?? 'none'}`);
    return await real(input, init);
  };
  try {
    await api.downloadArtifact({ id, file: join(place.folder, 'a.zip'), mostBytes: 100 });
  } finally {
    globalThis.fetch = real;
  }
  expect(seen).toEqual([`repos token ${env['GITHUB_TOKEN'] ?? ''}`, 'blob none']);
});

test('the pull request is that of the event, or is asked for', async () => {
  scene.github.plantPull({ number: 12, fork: true, author: 'mona', sha: 'b'.repeat(40) });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  const named = { pull_request: { number: 3, user: { login: 'hubot' }, head: { sha: 'c'.repeat(40), repo: { full_name: 'octo-org/example' } }, base: { repo: { full_name: 'octo-org/example' } } } };
  expect(await api.findPullRequest(named)).toEqual({ kind: 'done', value: { number: 3, isFork: false, author: 'hubot', headSha: 'c'.repeat(40) } });
  const gone = { pull_request: { ...named.pull_request, head: { sha: 'c'.repeat(40), repo: null } } };
  expect(await api.findPullRequest(gone)).toMatchObject({ kind: 'done', value: { isFork: true } });
  expect(await api.findPullRequest({ ref: 'refs/heads/main' })).toEqual({ kind: 'absent' });
  expect(await api.findPullRequest({ issue: { number: 12 } })).toEqual({ kind: 'absent' });
  expect(scene.github.requests()).toEqual([]);
  const asked = { kind: 'done', value: { number: 12, isFork: true, author: 'mona', headSha: 'b'.repeat(40) } };
  expect(await api.findPullRequest({ issue: { number: 12, pull_request: { url: 'x' } } })).toEqual(asked);
  expect(await api.findPullRequest({ workflow_run: { pull_requests: [{ number: 12 }] } })).toEqual(asked);
});

test('what a token may not is named by the permission; without one, with none that is taken, too', async () => {
  const poor = openGithubJob(scene.github, { runId: 1, permissions: { contents: 'read' } });
  expect(await poor.api.listCaches({ keyPrefix: 'x' })).toEqual({ kind: 'forbidden', permission: 'actions: read', reason: 'Resource not accessible by integration (HTTP 403)' });
  expect(await poor.api.dispatchWorkflow({ workflow: 'x.yml', ref: 'main' })).toMatchObject({ kind: 'forbidden', permission: 'actions: write' });
  const env = scene.github.env({ runId: 2 });
  expect(await openGithubApi({ env, token: '' }).getRun(2)).toEqual({ kind: 'forbidden', permission: 'actions: read', reason: 'the job gave no token' });
  expect(await openGithubApi({ env, token: 'wrong' }).getRun(2)).toMatchObject({ kind: 'forbidden', reason: 'Bad credentials (HTTP 401)' });
  expect(poor.waits).toEqual([]);
});

test.each([
  ['no repository', { GITHUB_REPOSITORY: '' }, 'nobody says which repository'],
  ['an address that is none', { GITHUB_API_URL: 'ftp://x' }, 'GITHUB_API_URL is no address'],
])('%s is said, and nothing is sent', async (_name, part, words) => {
  const env = { ...scene.github.env({ runId: 1 }), ...part };
  expect(await openGithubApi({ env, token: 'x' }).getRun(1)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(words) as string });
});

test('a token pasted with its line break is taken, and none is ever told', async () => {
  const env = scene.github.env({ runId: 5 });
  const token = env['GITHUB_TOKEN'] ?? '';
  expect(await openGithubApi({ env, token: `${token}\n` }).getRepository()).toMatchObject({ kind: 'done' });
  const broken = await openGithubApi({ env, token: 'ghs_first\nghs_second', wait: () => Promise.resolve() }).getRepository();
  expect(broken.kind).toBe('unavailable');
  expect(JSON.stringify(broken)).not.toContain('ghs_');
});
