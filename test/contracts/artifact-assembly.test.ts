import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openArtifactsOnGithub } from '../../src/assembly/on-github/open-github-artifacts.js';
import { createFakeRemote, createFakeRemoteArtifacts } from '../fakes/fake-remote-artifacts.js';
import { useArtifactFolder } from '../rig/artifact-folder.js';
import { describeNew } from './artifact-store-contract.js';

/** What a job is on GitHub becomes what its uploads are called, and what they may not hold. */

const theFolder = useArtifactFolder();

function open(env: Readonly<Record<string, string>>) {
  const remote = createFakeRemote();
  const { state, workspace } = theFolder();
  const store = openArtifactsOnGithub({ remote: createFakeRemoteArtifacts(remote), stateFolder: state, workspace, env, tokens: ['tokenofaninput'], encryptionKey: '', retentionDays: 5, outcomeOf: () => Promise.resolve({ status: 'unfinished', verdict: null }), now: () => 1_767_225_600_000 });
  return { remote, keep: async () => await store.keep(describeNew(), { paths: ['out'], holdsSecret: null }) };
}

test('job, attempt and days are those of the job', async () => {
  theFolder().write('out/a', 'a');
  const { remote, keep } = open({ GITHUB_JOB: 'build', GITHUB_RUN_ATTEMPT: '3', RUNNER_TEMP: '/somewhere/else' });
  expect((await keep()).kind).toBe('kept');
  expect(remote.uploads).toMatchObject([{ name: expect.stringMatching(/^measure-coverage-build-a3-s1767225600000-/u) as string, retentionDays: 5 }]);
});

test.each([
  [{ ACTIONS_RUNTIME_TOKEN: 'tokenoftheruntime' }, 'tokenoftheruntime'],
  [{ GITHUB_TOKEN: 'tokenofthejob' }, 'tokenofthejob'],
  [{}, 'tokenofaninput'],
])('a token of the job is in no upload: %j', async (env, text) => {
  theFolder().write('out/a', `x ${text} x`);
  const { remote, keep } = open(env);
  expect(await keep()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('out/a (it holds a token of this job)') as string });
  expect(remote.uploads).toEqual([]);
});

test("the runner's folder for temporary files is not uploaded where it lies in the workspace", async () => {
  const temporary = join(theFolder().workspace, 'out/_temp');
  mkdirSync(temporary, { recursive: true });
  theFolder().write('out/_temp/x', 'x');
  expect(await open({ RUNNER_TEMP: temporary }).keep()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('out/_temp/x') as string });
  expect((await open({}).keep()).kind).toBe('kept');
});
