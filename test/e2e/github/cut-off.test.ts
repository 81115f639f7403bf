import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { makeTarGz } from '../../rig/tar-member.js';
import { useRepository } from './use-repository.js';

const world = useRepository();

const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: publish, command: "echo publish >> ../ran; echo id=7", effects: once, outputs: { id: { regex: "id=(.)" } } }
      - { id: check, command: "echo check >> ../ran; test -f pass.txt || sleep 60", needs: [publish] }
finally:
  - { id: tidy, command: "echo tidy >> ../ran" }
`;

const failing = workflow.replace('|| sleep 60', '|| exit 1');

describe('a process that is killed in the middle', () => {
  test('leaves its state all the same: post brings it away, and what must happen once happened once in all', async () => {
    const { repository } = world;
    repository.write('ci.yml', workflow);
    const going = repository.start({ runId: 1 });
    await world.executed(going, 'check');
    process.kill(going.main.pid ?? 0, 'SIGKILL');
    const { main, post } = await going.finish();
    expect([main.exitCode, post.exitCode, repository.takeCounts()]).toEqual([null, 0, { publish: 1, check: 1, tidy: 1 }]);
    repository.write('pass.txt', '');
    const second = await repository.job({ runId: 1, attempt: 2 });
    expect([second.main.exitCode, repository.takeCounts()]).toEqual([0, { check: 1, tidy: 1 }]);
  });

  test('and whose workspace a later step has cleaned says so, and how to keep it', async () => {
    const { repository } = world;
    repository.write('ci.yml', workflow);
    const going = repository.start({ runId: 1 });
    await world.executed(going, 'check');
    process.kill(going.main.pid ?? 0, 'SIGKILL');
    await going.main.ended;
    for (const name of readdirSync(going.workspace)) rmSync(join(going.workspace, name), { recursive: true, force: true });
    const { post } = await going.finish();
    expect([post.exitCode, repository.takeCounts()]).toEqual([1, { publish: 1, check: 1 }]);
    expect(post.output).toMatch(/cleaned the workspace[\s\S]*TOLLGATE_STATE_DIR/u);
  });
});

test('a step that cleans the state away ends its run, which says so, and holds up no job', async () => {
  const { repository } = world;
  repository.write('ci.yml', workflow.replace('test -f pass.txt || sleep 60', 'rm -rf .tollgate').replace('finally:', '      - { id: after, command: "echo after >> ../ran", needs: [check] }\nfinally:'));
  const { main } = await repository.job({ runId: 1 });
  expect([main.exitCode, main.outputs['verdict'], repository.takeCounts()]).toEqual([1, 'no-go', { publish: 1, check: 1 }]);
  expect(main.output).toContain('somebody has removed it while the run went on');
});

test('a state that is damaged in the cache is taken from the artifact', async () => {
  const { github, repository } = world;
  repository.write('ci.yml', failing);
  await repository.job({ runId: 1 });
  expect(repository.takeCounts()).toEqual({ publish: 1, check: 1, tidy: 1 });
  const states = github.entries().filter(({ key }) => key.startsWith('tollgate-state-'));
  expect(states.length).toBeGreaterThanOrEqual(1);
  github.evict(({ key }) => key.startsWith('tollgate-state-'));
  for (const { key, version } of states) github.plant({ key, version, bytes: makeTarGz([{ name: 'pack', content: 'tollgate-run 1 0.1.0 damaged' }]) });
  repository.write('pass.txt', '');
  const second = await repository.job({ runId: 1, attempt: 2 });
  expect([second.main.exitCode, repository.takeCounts()]).toEqual([0, { check: 1, tidy: 1 }]);
});

describe('a runner whose files cannot be written', () => {
  test.each([['GITHUB_OUTPUT', '/dev/full'], ['GITHUB_OUTPUT', '/nonexistent/file'], ['GITHUB_STATE', '/dev/full'], ['GITHUB_STATE', '/nonexistent/file']])('%s at %s: the result is that of the steps, it is said once, and what was done is kept', async (file, path) => {
    const { github, repository } = world;
    repository.write('ci.yml', workflow);
    repository.write('pass.txt', '');
    repository.setEnv({ [file]: path });
    const { main } = await repository.job({ runId: 1 });
    expect([main.exitCode, repository.takeCounts()]).toEqual([0, { publish: 1, check: 1, tidy: 1 }]);
    expect(main.commands.filter(({ name }) => name === 'error').map(({ data }) => data)).toEqual([expect.stringContaining(`the runner's file ${file} cannot be written`)]);
    expect(github.entries().some(({ key }) => key.startsWith('tollgate-state-'))).toBe(true);
  });
});

describe('a state that cannot be kept where it is asked for: nothing begins, and it is said where to keep it', () => {
  const said = /nothing can be written down in \/proc\/nowhere\/state[\s\S]*TOLLGATE_STATE_DIR/u;
  const elsewhere = { TOLLGATE_STATE_DIR: '/proc/nowhere/state' };

  test('at once', async () => {
    const { repository } = world;
    repository.write('ci.yml', workflow);
    repository.setEnv(elsewhere);
    const { main, post } = await repository.job({ runId: 1 });
    expect([main.exitCode, post.exitCode, repository.takeCounts()]).toEqual([2, 0, {}]);
    expect(main.output).toMatch(said);
  });

  test.each([['a second attempt', { runId: 1, attempt: 2 }, {}], ['a run that is asked for', { runId: 2 }, { resume: '1' }]])('%s, where a state waits to be brought in', async (_, job, inputs) => {
    const { repository } = world;
    repository.write('ci.yml', failing);
    await repository.job({ runId: 1 });
    repository.takeCounts();
    repository.setEnv(elsewhere);
    const { main, post } = await repository.job(job, inputs);
    expect([main.exitCode, post.exitCode, repository.takeCounts()]).toEqual([2, 0, {}]);
    expect(main.output).toMatch(said);
  });

  test.each(['plan', 'verdict'] as const)('%s', async (stage) => {
    const { repository } = world;
    repository.write('ci.yml', workflow);
    repository.setEnv(elsewhere);
    const { exitCode, output } = await repository.stage(stage, { runId: 1, job: stage });
    expect(exitCode).toBe(2);
    expect(output).toMatch(said);
  });
});

test('a decision where nothing waits for one is refused, not passed over', async () => {
  const { repository } = world;
  repository.write('ci.yml', workflow);
  const { main } = await repository.job({ runId: 1, event: 'workflow_dispatch' }, { 'mark-done': 'publish', reason: 'it is there' });
  expect([main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
  expect(main.output).toContain('no run is gone on with');
});

test.each([
  ['workflow', 'ci.yml\n::error::one'], ['workflow', 'a'.repeat(50_000)], ['phases', 'x::error::one\n::error::two'], ['only', '::add-mask::x'], ['labels', '::error::x'],
  ['matrix-values', '{os: ubuntu'], ['resume', '1\n::error::x'], ['max-parallel', '9'.repeat(50_000)], ['inputs', '{a: ['], ['inputs', 'nope: "::error::x"'], ['set', 'x\n::error::y'],
])('an input that makes no sense is refused, and no runner obeys it: %s', async (input, value) => {
  const { repository } = world;
  repository.write('ci.yml', workflow);
  const { main } = await repository.job({ runId: 1 }, { [input]: value });
  expect([main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
  expect(main.commands.filter(({ name, data }) => name !== 'error' || /^(?:one|two|x|y)$/u.test(data))).toEqual([]);
  expect(main.output.split('\n').filter((line) => line.length > 4_096)).toEqual([]);
});
