import { openGithubJob, useEmulator } from '../../../../test/rig/github-job.js';

const scene = useEmulator((github) => github.plantPull({ number: 4 }));

const marker = '<!-- tollgate:test -->';
const bodies = (): readonly string[] => scene.github.comments().map(({ body }) => body);

test('written once, then kept up to date; another job has its own', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.upsertComment({ number: 4, marker, body: 'NO-GO' })).toMatchObject({ kind: 'done', value: { change: 'created', url: expect.stringContaining('#issuecomment-') as string } });
  expect(await api.upsertComment({ number: 4, marker, body: `${marker}\nGO` })).toMatchObject({ kind: 'done', value: { change: 'updated' } });
  expect(await api.upsertComment({ number: 4, marker: '<!-- tollgate:other -->', body: 'GO' })).toMatchObject({ kind: 'done', value: { change: 'created' } });
  expect(bodies()).toEqual([`${marker}\nGO`, '<!-- tollgate:other -->\nGO']);
  expect(scene.github.violations()).toEqual([]);
});

test('found behind hundreds of others', async () => {
  for (let index = 0; index < 250; index++) scene.github.plantComment({ issue: 4, body: `comment ${index}` });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  await api.upsertComment({ number: 4, marker, body: 'first' });
  await api.upsertComment({ number: 4, marker, body: 'second' });
  expect(scene.github.comments()).toHaveLength(251);
  expect(bodies().at(-1)).toBe(`${marker}\nsecond`);
});

test('among thousands it is not looked for, and none is written', async () => {
  for (let index = 0; index < 3_000; index++) scene.github.plantComment({ issue: 4, body: 'x' });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.upsertComment({ number: 4, marker, body: 'GO' })).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('3000 comments') as string });
  expect(scene.github.comments()).toHaveLength(3_000);
});

test('what a comment of another holds in its text is not ours', async () => {
  scene.github.plantComment({ issue: 4, body: `> ${marker}\nquoted`, bot: true });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.upsertComment({ number: 4, marker, body: 'GO' })).toMatchObject({ value: { change: 'created' } });
  expect(bodies()).toEqual([`> ${marker}\nquoted`, `${marker}\nGO`]);
});

test("an app's comment before a person's of the same start", async () => {
  scene.github.plantComment({ issue: 4, body: `${marker}\nforged`, user: 'mallory' });
  scene.github.plantComment({ issue: 4, body: `${marker}\nours`, user: 'github-actions[bot]' });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  await api.upsertComment({ number: 4, marker, body: 'GO' });
  expect(bodies()).toEqual([`${marker}\nforged`, `${marker}\nGO`]);
});

test('what is newer stays', async () => {
  scene.github.plantComment({ issue: 4, body: `${marker}\nnewer`, bot: true });
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.upsertComment({ number: 4, marker, body: 'GO', isNewer: (body) => body.endsWith('newer') })).toMatchObject({ kind: 'done', value: { change: 'kept' } });
  expect(bodies()).toEqual([`${marker}\nnewer`]);
});

test('removed while it is changed: it is written anew', async () => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  await api.upsertComment({ number: 4, marker, body: 'old' });
  scene.github.fault({ call: 'rest.update-comment', fault: 'gone', times: 1 });
  expect(await api.upsertComment({ number: 4, marker, body: 'new' })).toMatchObject({ value: { change: 'created' } });
});

test.each([
  ['at the limit', 'é'.repeat((65_536 - marker.length - 1) / 2), false],
  ['over it', 'line of text\n'.repeat(6_000), true],
  ['over it in an open fence', `\`\`\`text\n${'line of text\n'.repeat(6_000)}\`\`\``, true],
  ['over it in one line', '😀'.repeat(40_000), true],
])('a body %s is taken', async (_name, body, cut) => {
  const { api } = openGithubJob(scene.github, { runId: 1 });
  expect(await api.upsertComment({ number: 4, marker, body })).toMatchObject({ kind: 'done' });
  const written = bodies()[0] ?? '';
  expect(Buffer.byteLength(written)).toBeLessThanOrEqual(65_536);
  expect(Buffer.byteLength(written)).toBeGreaterThan(50_000);
  expect(written.endsWith('\n\n_This is cut: the rest is in the job summary._')).toBe(cut);
  expect((written.match(/^```/gmu) ?? []).length % 2).toBe(0);
  expect(written).not.toContain('\ufffd');
});

test('a token that may only read, and a pull request that is not there', async () => {
  const poor = openGithubJob(scene.github, { runId: 1, permissions: { 'pull-requests': 'read' } });
  expect(await poor.api.upsertComment({ number: 4, marker, body: 'GO' })).toEqual({ kind: 'forbidden', permission: 'pull-requests: write', reason: 'Resource not accessible by integration (HTTP 403)' });
  expect(await openGithubJob(scene.github, { runId: 2 }).api.upsertComment({ number: 5, marker, body: 'GO' })).toEqual({ kind: 'absent' });
});
