import fc from 'fast-check';
import { canBefall, faultNames, startEmulator } from '../../../../test/emulator/emulator.mjs';
import { openGithubJob, useEmulator } from '../../../../test/rig/github-job.js';
import type { CheckWish } from './check-runs.js';
import type { GithubApi } from './github-api.js';
import { createPatience } from './patience.js';
import { readLimit } from './read-limit.js';

const scene = useEmulator((github) => github.plantPull({ number: 4, sha: 'a'.repeat(40) }));

const marker = '<!-- tollgate:test -->';
const comment = { number: 4, marker, body: 'GO' };
const annotations = (count: number): CheckWish['annotations'] => Array.from({ length: count }, (_, index) => ({ path: 'a.yml', startLine: index + 1, endLine: index + 1, startColumn: 1, endColumn: 2, level: 'warning', title: 't', message: `m${index}` }));
const check: CheckWish = { name: 'tollgate: release', headSha: 'a'.repeat(40), title: 'GO', summary: 'GO', text: 'all', conclusion: 'success', annotations: annotations(120), externalId: 'tollgate-1-1', detailsUrl: 'https://github.com/x' };

interface Written {
  readonly answer: { readonly kind: string };
  readonly things: number;
}

/** Each call that writes, and how many things there are of it afterwards. */
const writes: Readonly<Record<string, (api: GithubApi) => Promise<Written>>> = {
  'rest.create-comment': async (api) => ({ answer: await api.upsertComment(comment), things: scene.github.comments().length }),
  'rest.create-check-run': async (api) => ({ answer: await api.createCheck(check), things: scene.github.checkRuns().length }),
  'rest.dispatch-workflow': async (api) => ({ answer: await api.dispatchWorkflow({ workflow: 'a.yml', ref: 'main' }), things: scene.github.dispatches().length }),
};
const faults = faultNames.filter((fault) => canBefall(fault, 'rest.create-comment') && fault !== 'slow');
/** These are seen at the deadline alone, which is short then; a slow machine does no harm to the others. */
const deadlineOf = (fault: string): number => (['silence', 'stall-after-headers', 'stall-in-body', 'drip'].includes(fault) ? 300 : 5_000);
const cases = Object.keys(writes).flatMap((call) => faults.flatMap((fault) => (['before', 'after'] as const).map((moment) => [fault, moment, call] as const)));

test.each(cases)('%s, %s the work of %s: once at most, and soon', async (fault, moment, call) => {
  const job = openGithubJob(scene.github, { runId: 1 }, { deadlineMs: deadlineOf(fault) });
  const set = scene.github.fault({ call, fault, moment, times: 1 });
  const { answer, things } = (await writes[call]?.(job.api)) ?? { answer: { kind: 'none' }, things: -1 };
  expect(set.hits).toBe(1);
  expect(things).toBeLessThanOrEqual(1);
  // A flipped byte may be in the id, which is followed then into nothing: the fault befell what nobody can check.
  if (answer.kind === 'done' && fault !== 'flipped-byte') expect(things).toBe(1);
  for (const run of scene.github.checkRuns()) expect(new Set(run.annotations.map(({ message }) => message)).size).toBe(run.annotations.length);
  expect(job.elapsed()).toBeLessThan(10_000);
  expect(scene.github.violations()).toEqual([]);
});

test.each(['error-500', 'error-502', 'html-502', 'html-200', 'empty-200', 'invalid-json', 'reset', 'truncated', 'stall-in-body', 'silence'])('%s twice and then an answer: it is the answer', async (fault) => {
  const job = openGithubJob(scene.github, { runId: 1 }, { deadlineMs: deadlineOf(fault) });
  scene.github.fault({ call: 'rest.get-repository', fault, times: 2 });
  expect(await job.api.getRepository()).toEqual({ kind: 'done', value: { isPrivate: true } });
  expect(job.waits).toEqual([500, 1_000]);
});

test('three times and no more, told in words without a page of HTML', async () => {
  const job = openGithubJob(scene.github, { runId: 1 }, { deadlineMs: 300 });
  scene.github.fault({ call: 'rest.get-run', fault: 'html-502' });
  expect(await job.api.getRun(1)).toEqual({ kind: 'unavailable', reason: 'GitHub could not look up run 1: HTTP 502 (3 tries)' });
  scene.github.fault({ call: 'rest.list-caches', fault: 'silence' });
  expect(await job.api.listCaches({ keyPrefix: 'x' })).toEqual({ kind: 'unavailable', reason: 'GitHub could not list the caches: no answer within 300 ms (3 tries)' });
  expect(scene.github.requests()).toHaveLength(6);
});

test('what was created though nobody said so is found again, not made twice', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1 }, { deadlineMs: 500 });
  scene.github.fault({ call: 'rest.create-comment', fault: 'stall-after-headers', moment: 'after', times: 1 });
  expect(await api.upsertComment(comment)).toMatchObject({ kind: 'done', value: { change: 'created' } });
  scene.github.fault({ call: 'rest.create-check-run', fault: 'error-502', moment: 'after', times: 1 });
  scene.github.fault({ call: 'rest.update-check-run', fault: 'reset', moment: 'after', times: 2 });
  expect(await api.createCheck(check)).toMatchObject({ kind: 'done', value: { left: 0 } });
  expect(scene.github.comments()).toHaveLength(1);
  expect(scene.github.checkRuns()).toHaveLength(1);
  expect(scene.github.checkRuns()[0]?.annotations.map(({ message }) => message)).toEqual(check.annotations.map(({ message }) => message));
});

test('a workflow is started once, and a doubt is said', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  scene.github.fault({ call: 'rest.dispatch-workflow', fault: 'error-504', moment: 'after', times: 1 });
  expect(await api.dispatchWorkflow({ workflow: 'a.yml', ref: 'main' })).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('whether it was done, nobody knows') as string });
  expect(scene.github.dispatches()).toHaveLength(1);
});

test('a short limit is waited for, and what was refused is sent again', async () => {
  const job = openGithubJob(scene.github, { runId: 1 });
  scene.github.fault({ call: 'rest.create-comment', fault: 'rate-limited-1', times: 1 });
  expect(await job.api.upsertComment(comment)).toMatchObject({ kind: 'done', value: { change: 'created' } });
  const waited = job.waits.reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBeGreaterThanOrEqual(900);
  expect(waited).toBeLessThanOrEqual(1_000);
  expect(scene.github.requests().map(({ call }) => call)).toEqual(['rest.list-comments', 'rest.create-comment', 'rest.list-comments', 'rest.create-comment']);
});

test('a long limit is not waited for, and until it is over nothing is asked', async () => {
  const job = openGithubJob(scene.github, { runId: 1 });
  scene.github.fault({ call: 'rest.get-repository', fault: 'rate-limited-3600' });
  const reason = expect.stringMatching(/^GitHub could not .*: its rate limit is reached until \d\d:\d\d:\d\d UTC$/u) as string;
  expect(await job.api.getRepository()).toEqual({ kind: 'unavailable', reason });
  expect(await job.api.upsertComment(comment)).toEqual({ kind: 'unavailable', reason });
  expect(job.waits).toEqual([]);
  expect(scene.github.requests()).toHaveLength(1);
});

test('the hour is used up: a limit as GitHub says it', async () => {
  const poor = await startEmulator({ requestsPerHour: 1 });
  const job = openGithubJob(poor, { runId: 1 });
  const answers = [await job.api.getRepository(), await job.api.getRepository(), await job.api.getRepository()];
  await poor.close();
  expect(answers).toMatchObject([{ kind: 'done' }, { kind: 'unavailable', reason: expect.stringContaining('rate limit') as string }, { kind: 'unavailable' }]);
  expect(poor.requests()).toHaveLength(2);
});

test('faults cost a bounded time in all, and what works is not touched by it', async () => {
  const job = openGithubJob(scene.github, { runId: 1 }, { deadlineMs: 100, patienceMs: 4_000 });
  const set = scene.github.fault({ call: 'rest.*', fault: 'silence' });
  for (let index = 0; index < 20; index++) expect((await job.api.getRepository()).kind).toBe('unavailable');
  expect(job.elapsed()).toBeLessThan(5_000);
  const asked = set.hits;
  expect(await job.api.getRun(1)).toMatchObject({ reason: 'GitHub could not look up run 1: earlier calls of this job used up the time that its faults may cost' });
  expect(set.hits).toBe(asked);
});

test('GitHub is down: each call says so', async () => {
  const job = openGithubJob(scene.github, { runId: 1 });
  await scene.github.goDown();
  const answers = [await job.api.getRun(1), await job.api.upsertComment(comment), await job.api.createCheck(check), await job.api.downloadArtifact({ id: 1, file: '/nowhere', mostBytes: 1 })];
  expect(answers.map(({ kind }) => kind)).toEqual(Array<string>(4).fill('unavailable'));
  expect(job.elapsed()).toBeLessThan(21_000);
});

test('patience comes back with time, never more than there was', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ gap: fc.nat(100_000), spent: fc.nat(3_000) }), { maxLength: 40 }), (turns) => {
      let at = 0;
      const patience = createPatience(() => at, 20_000);
      let all = 0;
      for (const { gap, spent } of turns) {
        at += gap;
        if (patience.left() < spent) continue;
        patience.spend(spent);
        all += spent;
        expect(patience.left()).toBeGreaterThanOrEqual(0);
      }
      expect(patience.left()).toBeLessThanOrEqual(20_000);
      expect(all).toBeLessThanOrEqual(20_000 + at / 30 + 1e-6);
    }),
  );
});

const now = Date.UTC(2026, 2, 1);
test.each<[string, Parameters<typeof readLimit>[0], number | null | undefined]>([
  ['seconds', { status: 429, headers: { 'retry-after': '3' }, body: '' }, 3_000],
  ['a date', { status: 429, headers: { 'retry-after': new Date(now + 4_000).toUTCString() }, body: '' }, 4_000],
  ['a date that is over', { status: 429, headers: { 'retry-after': new Date(now - 4_000).toUTCString() }, body: '' }, 0],
  ['words', { status: 429, headers: { 'retry-after': 'soon' }, body: '' }, null],
  ['a negative number', { status: 429, headers: { 'retry-after': '-5' }, body: '' }, null],
  ['a year', { status: 429, headers: { 'retry-after': '31536000' }, body: '' }, 3_600_000],
  ['a reset', { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1_000 + 2) }, body: '' }, 2_000],
  ['a reset while there is some left', { status: 403, headers: { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '1' }, body: { message: 'no' } }, undefined],
  ['a secondary limit', { status: 403, headers: {}, body: { message: 'You have exceeded a secondary rate limit.' } }, 60_000],
  ['a refusal', { status: 403, headers: {}, body: { message: 'Resource not accessible by integration' } }, undefined],
  ['a fault', { status: 503, headers: { 'retry-after': '3' }, body: '' }, undefined],
])('a limit from %s', (_name, reply, expected) => {
  expect(readLimit(reply, now)?.waitMs).toBe(expected);
});
