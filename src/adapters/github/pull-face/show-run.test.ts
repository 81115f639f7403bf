import { makeFailedRun, makeFailure, makeRunSummary, makeSucceededRun } from '../../../../test/fakes/run-summary.js';
import type { EmulatedJob } from '../../../../test/emulator/emulator.mjs';
import { openGithubJob, useEmulator } from '../../../../test/rig/github-job.js';
import type { RunSummary } from '../../../core/report/run-summary.js';
import type { HostContext } from './host-context.js';
import { readHostContext } from './host-context.js';
import type { RunShowing } from './run-showing.js';
import { showRun } from './show-run.js';

const headSha = 'b'.repeat(40);
const scene = useEmulator((github) => github.plantPull({ number: 4, sha: headSha, author: 'mona' }));

const payload = (fork = false): unknown => ({ pull_request: { number: 4, user: { login: 'mona' }, head: { sha: headSha, repo: { full_name: fork ? 'mona/example' : 'octo-org/example' } }, base: { repo: { full_name: 'octo-org/example' } } } });
const auto = { comment: 'auto', check: 'auto' } as const;
const on = { comment: 'on', check: 'on' } as const;

interface Given {
  readonly job?: EmulatedJob;
  readonly context?: Partial<HostContext>;
  readonly summary?: RunSummary;
  readonly wish?: RunShowing['wish'];
}

async function show({ job = { runId: 7, pull: { number: 4 } }, context = {}, summary = makeFailedRun(), wish = auto }: Given = {}): Promise<readonly string[]> {
  const { api, env } = openGithubJob(scene.github, job);
  return await showRun({ api, summary, wish, context: { ...readHostContext(env, ''), payload: payload(), ...context } });
}

test('a comment and a check, and nothing to say of it; the next run changes the comment', async () => {
  expect(await show()).toEqual([]);
  expect(await show({ job: { runId: 8, pull: { number: 4 } }, summary: makeSucceededRun() })).toEqual([]);
  expect(scene.github.comments().map(({ body }) => body.split('\n').slice(1, 3))).toEqual([['<!-- tollgate run 8.1 -->', '## ✅ GO — release succeeded in 42.3 s']]);
  expect(scene.github.checkRuns()).toMatchObject([
    { name: 'tollgate: release', headSha, conclusion: 'failure', detailsUrl: 'https://github.com/octo-org/example/actions/runs/7', annotations: [{ start_line: 41 }, { start_line: 22 }] },
    { name: 'tollgate: release', headSha, conclusion: 'success' },
  ]);
  expect(scene.github.violations()).toEqual([]);
});

test('told twice of one attempt, the check is changed; another attempt has its own', async () => {
  await show({ summary: makeRunSummary({ status: 'running', verdict: null }) });
  await show({ summary: makeFailedRun() });
  await show({ job: { runId: 7, attempt: 2, pull: { number: 4 } }, summary: makeSucceededRun() });
  expect(scene.github.checkRuns().map(({ conclusion }) => conclusion)).toEqual(['failure', 'success']);
});

test('jobs of one workflow write over each other in nothing', async () => {
  for (const part of ['node=20', 'node=24', 'node=20']) await show({ context: { part, label: part } });
  expect(scene.github.comments()).toHaveLength(2);
  expect(scene.github.checkRuns().map(({ name }) => name)).toEqual(['tollgate: release (node=20)', 'tollgate: release (node=24)']);
});

test('a run that ends late leaves the comment of a later one as it is', async () => {
  await show({ job: { runId: 9, pull: { number: 4 } }, summary: makeSucceededRun() });
  expect(await show({ job: { runId: 8, pull: { number: 4 } } })).toEqual(['The comment on pull request 4 tells of a later run already and stays as it is.']);
  expect(scene.github.comments()[0]?.body).toContain('## ✅ GO');
});

test('a run of some of the steps never stands under the name of the whole', async () => {
  await show({ summary: makeSucceededRun({ partial: ['only unit'] }) });
  expect(scene.github.checkRuns()).toMatchObject([{ name: 'tollgate: release (only unit)', conclusion: 'neutral' }]);
});

test('of a fork: the summary alone, said in one line, and nobody is asked', async () => {
  const job = { runId: 7, pull: { number: 4, fork: true } };
  const line = 'There is no comment and no check run of this run, the job summary alone shows it: the pull request is from a fork, and its token may only read.';
  expect(await show({ job, context: { payload: payload(true) } })).toEqual([line]);
  expect(scene.github.requests()).toEqual([]);
  expect(await show({ job, context: { payload: payload(true) }, wish: on })).toEqual([line]);
  expect(scene.github.requests().some(({ call }) => call === 'rest.create-comment')).toBe(true);
});

test('of a fork in the name of the base branch: shown', async () => {
  const job = { runId: 7, event: 'pull_request_target', pull: { number: 4 } };
  expect(await show({ job, context: { payload: payload(true) } })).toEqual([]);
  expect(scene.github.comments()).toHaveLength(1);
});

test.each<[string, Readonly<Record<string, 'read' | 'write'>>, readonly string[], readonly number[]]>([
  ['neither', { contents: 'read', 'pull-requests': 'read', checks: 'read' }, ["There is no comment and no check run of this run, the job summary alone shows it: the job's token may not write it (Resource not accessible by integration (HTTP 403)). Give the job 'permissions: { pull-requests: write, checks: write }', or write comment: off, check: off."], [0, 0]],
  ['comments alone', { 'pull-requests': 'write' }, ["There is no check run of this run: the job's token may not write it (Resource not accessible by integration (HTTP 403)). Give the job 'permissions: { checks: write }', or write check: off."], [1, 0]],
  ['checks alone', { checks: 'write' }, ["There is no comment of this run: the job's token may not write it (Resource not accessible by integration (HTTP 403)). Give the job 'permissions: { pull-requests: write }', or write comment: off."], [0, 1]],
])('a token that may write %s', async (_name, permissions, lines, [comments, checks]) => {
  expect(await show({ job: { runId: 7, pull: { number: 4 }, permissions } })).toEqual(lines);
  expect(scene.github.comments()).toHaveLength(comments ?? -1);
  expect(scene.github.checkRuns()).toHaveLength(checks ?? -1);
});

test('without a pull request: nothing by itself; what was asked for has its check, and a line for the comment', async () => {
  const given = { job: { runId: 7 }, context: { payload: { ref: 'refs/heads/main' } } };
  expect(await show(given)).toEqual([]);
  expect(scene.github.requests()).toEqual([]);
  expect(await show({ ...given, wish: on })).toEqual(['There is no comment of this run: the job was started by the event push, which names no pull request. Write comment: auto where it is wanted on pull requests alone.']);
  expect(scene.github.checkRuns()).toHaveLength(1);
});

test('off is off', async () => {
  expect(await show({ wish: { comment: 'off', check: 'off' } })).toEqual([]);
  expect(scene.github.requests()).toEqual([]);
  await show({ wish: { comment: 'off', check: 'auto' } });
  expect([scene.github.comments().length, scene.github.checkRuns().length]).toEqual([0, 1]);
});

test.each(['error-503', 'rate-limited-3600', 'html-200', 'reset'])('GitHub answers with %s: one line, and the run is what it is', async (fault) => {
  scene.github.fault({ call: 'rest.*', fault });
  const lines = await show();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^There is no comment and no check run of this run, the job summary alone shows it: GitHub could not .* The result of the run is the same; run the job again to have it shown\.$/u);
});

test('whatever the api does, nothing is thrown', async () => {
  const broken = () => Promise.reject(new Error('\u001b[31mbroken'));
  const api = { findPullRequest: broken, upsertComment: broken, findCheck: broken, createCheck: broken, updateCheck: broken };
  expect(await showRun({ api, summary: makeRunSummary({ failure: makeFailure() }), wish: auto, context: readHostContext({}, '') })).toEqual([String.raw`This run is shown in the job summary alone: \x1b[31mbroken. Its result is the same.`]);
});

test('where nothing is said of a job, nothing is made up', () => {
  expect(readHostContext({ GITHUB_EVENT_PATH: '/nowhere', GITHUB_RUN_ID: 'x' }, 'p')).toEqual({ event: '', payload: null, sha: '', runId: 0, attempt: 0, workflow: '', job: '', part: 'p', label: '', runUrl: null });
  const { workflow } = readHostContext({ GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/a.yml@refs/heads/b@c', GITHUB_WORKFLOW: 'A' }, '');
  expect(workflow).toBe('o/r/.github/workflows/a.yml');
});
