import { Octokit } from '@octokit/rest';
import type { EmulatedJob, Emulator, EmulatorOptions } from './emulator.mjs';
import { startEmulator } from './emulator.mjs';

const where = { owner: 'octo-org', repo: 'example' };
const start = Date.parse('2026-05-05T12:00:00Z');
describe('the REST routes', () => {
  let github: Emulator;

  const begin = async (options: EmulatorOptions = {}): Promise<void> => {
    github = await startEmulator({ now: () => start, ...options });
  };
  afterEach(() => github.close());

  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const clientOf = (auth: string | undefined): Octokit => new Octokit({ ...(auth === undefined ? {} : { auth }), baseUrl: github.url, log: silent });
  const as = (job: Partial<EmulatedJob> = {}): Octokit => clientOf(github.env({ runId: 7, ...job }).GITHUB_TOKEN);
  const statusOf = (call: Promise<{ readonly status: number }>): Promise<unknown> => call.then(({ status }) => status, (error: unknown) => {
      const { status, message } = error as { readonly status: number; readonly message: string };
      return `${status} ${message.split(' - ')[0] ?? ''}`;
    });
  const sha = 'a'.repeat(40);

  test('a run is what its newest attempt is', async () => {
    await begin();
    const { rest } = as({ workflowPath: '.github/workflows/gate.yml' });
    github.plantRun({ id: 7, status: 'completed', conclusion: 'cancelled' });
    as({ attempt: 2, workflowPath: '.github/workflows/gate.yml' });
    const { data } = await rest.actions.getWorkflowRun({ ...where, run_id: 7 });
    expect(data).toMatchObject({ id: 7, run_attempt: 2, status: 'in_progress', conclusion: null, path: '.github/workflows/gate.yml', head_branch: 'main', repository: { full_name: 'octo-org/example' }, html_url: 'https://github.com/octo-org/example/actions/runs/7' });
    expect((await rest.actions.getWorkflowRunAttempt({ ...where, run_id: 7, attempt_number: 1 })).data).toMatchObject({ run_attempt: 1, status: 'completed', conclusion: 'cancelled' });
    expect(await statusOf(rest.actions.getWorkflowRun({ ...where, run_id: 8 }))).toBe('404 Not Found');
  });

  test('runs are listed by what they are, newest first, in pages', async () => {
    await begin();
    for (let id = 1; id <= 5; id += 1) github.plantRun({ id, createdAt: start + id * 1000, conclusion: id % 2 === 0 ? 'failure' : 'success', workflowPath: `.github/workflows/${id < 4 ? 'a' : 'b'}.yml`, branch: id === 1 ? 'old' : 'main' });
    const { rest } = clientOf(github.token({}));
    const list = async (parameters: object): Promise<readonly number[]> => (await rest.actions.listWorkflowRunsForRepo({ ...where, ...parameters })).data.workflow_runs.map(({ id }) => id);
    expect([await list({}), await list({ status: 'failure' }), await list({ branch: 'old' }), await list({ created: '>=2026-05-05T12:00:04Z' }), await list({ created: '2026-05-05' })]).toEqual([[5, 4, 3, 2, 1], [4, 2], [1], [5, 4], [5, 4, 3, 2, 1]]);
    expect([await list({ per_page: 2 }), await list({ per_page: 2, page: 3 })]).toEqual([[5, 4], [1]]);
    expect((await rest.actions.listWorkflowRuns({ ...where, workflow_id: 'a.yml' })).data).toMatchObject({ total_count: 3 });
  });

  test('caches are found by the beginning of their key and by their ref', async () => {
    await begin();
    for (const key of ['a-1', 'a-2', 'b-1']) github.plant({ key, bytes: Buffer.from(key), createdAt: start + key.charCodeAt(2) });
    github.plant({ key: 'a-1', bytes: Buffer.from('pull'), ref: 'refs/pull/3/merge' });
    const { rest } = as({ permissions: { actions: 'write' } });
    const list = async (parameters: object): Promise<readonly unknown[]> => (await rest.actions.getActionsCacheList({ ...where, ...parameters })).data.actions_caches.map(({ key, ref }) => [key, ref]);
    expect(await list({ key: 'a-' })).toEqual([['a-2', 'refs/heads/main'], ['a-1', 'refs/heads/main'], ['a-1', 'refs/pull/3/merge']]);
    expect(await list({ key: 'a-1', ref: 'refs/pull/3/merge' })).toEqual([['a-1', 'refs/pull/3/merge']]);
    expect(await list({ sort: 'size_in_bytes', direction: 'asc' })).toHaveLength(4);
    expect(await statusOf(rest.actions.deleteActionsCacheByKey({ ...where, key: 'a-1' }))).toBe(200);
    expect(await list({ key: 'a-' })).toEqual([['a-2', 'refs/heads/main']]);
  });

  test('lists come in pages of at most 100, each with the address of the next', async () => {
    await begin({ contentPerMinute: 1000 });
    for (let each = 0; each < 230; each += 1) github.plantComment({ issue: 3, body: `comment ${each}`, user: 'somebody' });
    const octokit = as();
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...where, issue_number: 3, per_page: 500 });
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 230 }, (_, each) => `comment ${each}`));
    expect(github.requests().map(({ call, query }) => `${call} ${query}`)).toEqual(['', '&page=2', '&page=3'].map((page) => `rest.list-comments ?per_page=500${page}`));
  });

  test('a comment is made and changed by the bot of the job', async () => {
    await begin();
    const { rest } = as({ pull: { number: 3 } });
    const { data } = await rest.issues.createComment({ ...where, issue_number: 3, body: 'one' });
    await rest.issues.updateComment({ ...where, comment_id: data.id, body: 'two' });
    expect(github.comments()).toMatchObject([{ id: data.id, issue: 3, body: 'two', user: 'github-actions[bot]', edits: 1 }]);
    expect(data).toMatchObject({ user: { login: 'github-actions[bot]', type: 'Bot' } });
    expect(await statusOf(rest.issues.createComment({ ...where, issue_number: 4, body: 'one' }))).toBe('404 Not Found');
    expect(await statusOf(rest.issues.createComment({ ...where, issue_number: 3, body: 'x'.repeat(65_536) }))).toBe(201);
    expect(github.violations()).toEqual([]);
    expect(await statusOf(rest.issues.createComment({ ...where, issue_number: 3, body: 'x'.repeat(65_537) }))).toContain('422 Validation Failed');
    expect(await statusOf(rest.issues.createComment({ ...where, issue_number: 3, body: ' ' }))).toContain('422 Validation Failed');
    expect(github.violations()).toHaveLength(2);
  });

  const annotation = (line: number): { path: string; start_line: number; end_line: number; annotation_level: 'failure'; message: string } => ({ path: 'a.ts', start_line: line, end_line: line, annotation_level: 'failure', message: 'no' });
  const output = (count: number): { title: string; summary: string; annotations: ReturnType<typeof annotation>[] } => ({ title: 'Gate', summary: 'no-go', annotations: Array.from({ length: count }, (_, at) => annotation(at + 1)) });

  test('annotations of a check run add up, at most 50 at once', async () => {
    await begin();
    const { rest } = as();
    const { data } = await rest.checks.create({ ...where, name: 'gate', head_sha: sha, status: 'in_progress', output: output(50) });
    await rest.checks.update({ ...where, check_run_id: data.id, output: output(7) });
    await rest.checks.update({ ...where, check_run_id: data.id, conclusion: 'failure' });
    expect(github.checkRuns()).toMatchObject([{ name: 'gate', headSha: sha, status: 'completed', conclusion: 'failure', output: { title: 'Gate', summary: 'no-go' } }]);
    expect(github.checkRuns()[0]?.annotations).toHaveLength(57);
    expect((await rest.checks.listForRef({ ...where, ref: sha, check_name: 'gate' })).data).toMatchObject({ total_count: 1 });
    expect(github.violations()).toEqual([]);
    expect(await statusOf(rest.checks.update({ ...where, check_run_id: data.id, output: output(51) }))).toContain('No more than 50 items are allowed; 51 were supplied.');
    expect(github.violations()).toMatchObject([{ call: 'rest.update-check-run' }]);
  });

  test.each([
    { what: 'a name', body: { name: '' } },
    { what: 'a commit', body: { head_sha: 'main' } },
    { what: 'a conclusion when it is completed', body: { status: 'completed' } },
    { what: 'a known conclusion', body: { conclusion: 'no-go' } },
    { what: 'a known status', body: { status: 'done' } },
    { what: 'a title', body: { output: { summary: 'a' } } },
    { what: 'a summary that fits', body: { output: { title: 'a', summary: 'x'.repeat(65_536) } } },
    { what: 'a path within the repository', body: { output: { ...output(0), annotations: [{ ...annotation(1), path: '/a' }] } } },
    { what: 'lines from 1', body: { output: { ...output(0), annotations: [annotation(0)] } } },
    { what: 'columns of one line', body: { output: { ...output(0), annotations: [{ ...annotation(1), end_line: 2, start_column: 3 }] } } },
    { what: 'a known level', body: { output: { ...output(0), annotations: [{ ...annotation(1), annotation_level: 'error' }] } } },
  ])('a check run needs $what', async ({ body }) => {
    await begin();
    expect(await statusOf(as().request('POST /repos/{owner}/{repo}/check-runs', { ...where, name: 'gate', head_sha: sha, ...body } as never))).toContain('422 Invalid request.');
    expect([github.violations().length, github.checkRuns()]).toEqual([1, []]);
  });

  test('a token does what its permissions say', async () => {
    await begin();
    const may = async (permissions: Record<string, 'read' | 'write'>): Promise<readonly unknown[]> => {
      const { rest } = as({ permissions, pull: { number: 3 } });
      return Promise.all([
        statusOf(rest.repos.get(where)), statusOf(rest.actions.getWorkflowRun({ ...where, run_id: 7 })), statusOf(rest.issues.listComments({ ...where, issue_number: 3 })),
        statusOf(rest.issues.createComment({ ...where, issue_number: 3, body: 'a' })), statusOf(rest.checks.create({ ...where, name: 'a', head_sha: sha })), statusOf(rest.actions.createWorkflowDispatch({ ...where, workflow_id: 'a.yml', ref: 'main' })),
      ]);
    };
    const no = '403 Resource not accessible by integration';
    expect(await may({})).toEqual([200, no, no, no, no, no]);
    expect(await may({ actions: 'read', 'pull-requests': 'read', checks: 'read' })).toEqual([200, 200, 200, no, no, no]);
    expect(await may({ actions: 'write', issues: 'write', checks: 'write' })).toEqual([200, 200, 200, 201, 201, 204]);
    expect(github.dispatches()).toMatchObject([{ kind: 'workflow_dispatch', workflow: 'a.yml', ref: 'main', inputs: {} }]);
  });

  test('a job of a fork only reads, and everybody reads what is public but for the bytes of artifacts', async () => {
    await begin({ visibility: 'public' });
    const fork = as({ pull: { number: 3, fork: true } });
    expect(await statusOf(fork.rest.issues.createComment({ ...where, issue_number: 3, body: 'a' }))).toBe('403 Resource not accessible by integration');
    expect((await fork.rest.pulls.get({ ...where, pull_number: 3 })).data).toMatchObject({ head: { repo: { full_name: 'octocat/example', fork: true } } });
    const poor = as({ permissions: {} });
    expect(await statusOf(poor.rest.actions.listWorkflowRunArtifacts({ ...where, run_id: 7 }))).toBe(200);
    github.plantArtifact({ runId: 7, name: 'one', bytes: Buffer.from('one'), id: 5 });
    expect(await statusOf(poor.rest.actions.downloadArtifact({ ...where, artifact_id: 5, archive_format: 'zip' }))).toBe('403 Resource not accessible by integration');
  });

  test('a token that is wrong, over or of another repository opens nothing', async () => {
    await begin();
    expect([await statusOf(clientOf(undefined).rest.repos.get(where)), await statusOf(clientOf('ghs_wrong').rest.repos.get(where))]).toEqual(['401 Requires authentication', '401 Bad credentials']);
    const octokit = as();
    expect(await statusOf(octokit.rest.repos.get({ owner: 'octo-org', repo: 'other' }))).toBe('404 Not Found');
    github.expireTokens('7/1/build');
    expect(await statusOf(octokit.rest.repos.get(where))).toBe('401 Bad credentials');
  });

  test('every answer says how much is left, and after that none is given until the hour is over', async () => {
    await begin({ requestsPerHour: 2 });
    const octokit = as();
    const { headers } = await octokit.rest.repos.get(where);
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1', 'x-ratelimit-used': '1', 'x-ratelimit-reset': String((start + 3_600_000) / 1000), 'x-ratelimit-resource': 'core' });
    await octokit.rest.repos.get(where);
    expect(await statusOf(octokit.rest.repos.get(where))).toContain('403 API rate limit exceeded');
    github.advance(3_600_000);
    expect(await statusOf(octokit.rest.repos.get(where))).toBe(200);
  });

  test('who writes too much in a minute is told to wait', async () => {
    await begin({ contentPerMinute: 1 });
    const { rest } = as({ pull: { number: 3 } });
    const comment = (): Promise<unknown> => statusOf(rest.issues.createComment({ ...where, issue_number: 3, body: 'a' }));
    expect([await comment(), await comment()]).toEqual([201, expect.stringContaining('403 You have exceeded a secondary rate limit')]);
    github.advance(60_000);
    expect(await comment()).toBe(201);
  });

  test('the bytes of an artifact lie behind an address that is signed and ends', async () => {
    await begin();
    github.plantArtifact({ runId: 7, name: 'one', bytes: Buffer.from('0123456789'), id: 5 });
    const answer = await as().rest.actions.downloadArtifact({ ...where, artifact_id: 5, archive_format: 'zip', request: { redirect: 'manual' } });
    const { location = '' } = answer.headers;
    expect(answer.status).toBe(302 as never);
    const get = async (headers: Record<string, string> = {}, at = location): Promise<readonly unknown[]> => {
      const response = await fetch(at, { headers });
      return [response.status, await response.text(), response.headers.get('content-type'), response.headers.get('content-range')];
    };
    expect(await get()).toEqual([200, '0123456789', 'application/zip', null]);
    expect(await get({ range: 'bytes=2-4' })).toEqual([206, '234', 'application/zip', 'bytes 2-4/10']);
    expect(await get({ range: 'bytes=8-' })).toEqual([206, '89', 'application/zip', 'bytes 8-9/10']);
    expect((await get({ range: 'bytes=10-' }))[0]).toBe(416);
    const head = await fetch(location, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.headers.get('x-ms-request-id')]).toEqual([200, '10', expect.any(String)]);
    expect((await get({}, location.replace('/5.zip', '/6.zip')))[0]).toBe(403);
    github.advance(3_600_001);
    expect((await get())[0]).toBe(403);
  });

  test('dispatches have their limits', async () => {
    await begin();
    const { rest } = as();
    expect(await statusOf(rest.repos.createDispatchEvent({ ...where, event_type: 'go', client_payload: { a: 1 } }))).toBe(204);
    expect(await statusOf(rest.repos.createDispatchEvent({ ...where, event_type: 'x'.repeat(101) }))).toContain('422');
    const inputs = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, each) => [`i${each}`, 'v']));
    expect([await statusOf(rest.actions.createWorkflowDispatch({ ...where, workflow_id: 'a.yml', ref: 'main', inputs: inputs(25) })), await statusOf(rest.actions.createWorkflowDispatch({ ...where, workflow_id: 'a.yml', ref: 'main', inputs: inputs(26) }))]).toEqual([204, expect.stringContaining('422')]);
    expect(github.dispatches()).toHaveLength(2);
  });
});
