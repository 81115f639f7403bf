import { openGithubJob, useEmulator } from '../../../../test/rig/github-job.js';
import type { CheckWish } from './check-runs.js';

const scene = useEmulator();

const annotations = (count: number): CheckWish['annotations'] => Array.from({ length: count }, (_, index) => ({ path: 'a.yml', startLine: index + 1, endLine: index + 1, startColumn: 3, endColumn: null, level: 'failure', title: 't', message: `m${index}` }));
const wish: CheckWish = { name: 'tollgate: release', headSha: 'a'.repeat(40), title: 'NO-GO', summary: 'summary', text: 'text', conclusion: 'failure', annotations: [], externalId: 'one', detailsUrl: 'https://github.com/x' };
const messages = (): readonly unknown[] => scene.github.checkRuns().flatMap((run) => run.annotations.map(({ message }) => message));
const expected = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `m${index}`);

test.each([[0, 1], [1, 1], [50, 1], [51, 2], [230, 5]])('%i annotations in %i requests, each once and in order', async (count, requests) => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.createCheck({ ...wish, annotations: annotations(count) })).toMatchObject({ kind: 'done', value: { left: 0, url: expect.stringContaining('/runs/') as string } });
  expect(scene.github.requests()).toHaveLength(requests);
  expect(messages()).toEqual(expected(count));
  expect(scene.github.checkRuns()[0]).toMatchObject({ name: 'tollgate: release', headSha: 'a'.repeat(40), status: 'completed', conclusion: 'failure', externalId: 'one', detailsUrl: 'https://github.com/x', output: { title: 'NO-GO', summary: 'summary', text: 'text' } });
  expect(scene.github.violations()).toEqual([]);
});

test('found by its external id, and brought up to date without saying anything twice', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  await api.createCheck({ ...wish, externalId: 'another' });
  expect(await api.findCheck(wish)).toEqual({ kind: 'done', value: undefined });
  const made = await api.createCheck({ ...wish, annotations: annotations(60) });
  const found = await api.findCheck(wish);
  if (made.kind !== 'done' || found.kind !== 'done') throw new Error('not made');
  expect(found.value).toMatchObject({ id: made.value.id, annotations: 60 });
  expect(await api.updateCheck(made.value.id, { ...wish, conclusion: 'success', title: 'GO', annotations: annotations(130) })).toMatchObject({ kind: 'done', value: { left: 0 } });
  expect(messages()).toEqual(expected(130));
  expect(scene.github.checkRuns()[1]).toMatchObject({ conclusion: 'success', output: { title: 'GO' } });
  expect(await api.updateCheck(made.value.id, { ...wish, annotations: annotations(3) })).toMatchObject({ kind: 'done' });
  expect(messages()).toEqual(expected(130));
  expect(await api.updateCheck(5, wish)).toEqual({ kind: 'absent' });
});

test('what GitHub does not take any more of is said, and the check stands', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  scene.github.fault({ call: 'rest.update-check-run', fault: 'forbidden', nth: 2 });
  expect(await api.createCheck({ ...wish, annotations: annotations(230) })).toMatchObject({ kind: 'done', value: { left: 130 } });
  expect(messages()).toEqual(expected(100));
});

test('what is too long is cut where GitHub would refuse it', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  const long = [{ path: 'a.yml', startLine: 1, endLine: 4, startColumn: 9, endColumn: 2, level: 'notice' as const, title: '😀'.repeat(300), message: 'é'.repeat(70_000) }];
  expect(await api.createCheck({ ...wish, name: 'n'.repeat(400), title: '語'.repeat(400), summary: 'word '.repeat(20_000), text: '`'.repeat(70_000), annotations: long })).toMatchObject({ kind: 'done' });
  expect(scene.github.violations()).toEqual([]);
  const { output, annotations: kept, name } = scene.github.checkRuns()[0] ?? { output: null, annotations: [], name: '' };
  expect([name.length, (output?.title ?? '').length, Buffer.byteLength(output?.title ?? '')]).toEqual([253, 85, 255]);
  expect(output?.summary).toContain('_This is cut: the rest is in the job summary._');
  expect(kept[0]).not.toHaveProperty('start_column');
});

test('a token without the permission', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1, permissions: { checks: 'read' } });
  expect(await api.createCheck(wish)).toMatchObject({ kind: 'forbidden', permission: 'checks: write' });
});
