import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { unzipFiles } from '../../../src/adapters/github/transfer/unzip-files.js';
import { useRepository } from './use-repository.js';

const world = useRepository();

const publishing = `name: ci
defaults: { shell: sh }
steps:
  - { id: check, command: "echo check >> ../ran; test -f pass.txt" }
  - { id: publish, command: "echo publish >> ../ran; echo id=7", effects: once, needs: [check], outputs: { id: { regex: "id=(.)" } } }
  - { id: later, command: "echo later{{ publish.outputs.id }} >> ../ran; test ! -f lost.txt || sleep 60", needs: [publish] }
`;

describe('what must happen once', () => {
  test.each([['', false], [' though the cache has forgotten all of it', true]])('stays done when a job whose run succeeded is run again%s', async (_, isForgotten) => {
    const { github, repository } = world;
    repository.write('ci.yml', publishing);
    repository.write('pass.txt', '');
    await repository.job({ runId: 1 });
    expect(repository.takeCounts()).toEqual({ check: 1, publish: 1, later7: 1 });
    for (const attempt of [2, 3]) {
      if (isForgotten) github.evict(() => true);
      const { main } = await repository.job({ runId: 1, attempt });
      expect([main.exitCode, repository.takeCounts()]).toEqual([0, { check: 1, later7: 1 }]);
    }
  });

  test('is not done again on the word of an older state, while the cache does not answer', async () => {
    const { github, repository } = world;
    repository.write('ci.yml', publishing);
    await repository.job({ runId: 1 });
    repository.write('pass.txt', '');
    repository.write('lost.txt', '');
    const going = repository.start({ runId: 1, attempt: 2 });
    await world.executed(going, 'later7');
    while (!github.entries().some(({ key }) => /^tollgate-state-1-1-.*-2-\d+-\w+$/u.test(key))) await new Promise((resolve) => void setTimeout(resolve, 20));
    // The machine is gone, and post with it.
    process.kill(going.main.pid ?? 0, 'SIGKILL');
    await going.main.ended;
    expect(repository.takeCounts()).toEqual({ check: 2, publish: 1, later7: 1 });
    github.fault({ call: 'cache.lookup', fault: 'error-503' });
    const blind = await repository.job({ runId: 1, attempt: 3 });
    expect([blind.main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(blind.main.output).toContain('publish must happen once, and may have happened');
  });

  test('is not taken for done in a cell of a matrix because another cell has done it', async () => {
    const { repository } = world;
    repository.write('ci.yml', publishing.replace('command: "echo check >> ../ran; test -f pass.txt"', 'command: "true"').replace('test ! -f lost.txt || sleep 60', 'false'));
    const cell = (region: string): Readonly<Record<string, string>> => ({ 'matrix-values': JSON.stringify({ region }) });
    const eu = await repository.job({ runId: 1 }, cell('eu'));
    expect([eu.main.exitCode, repository.takeCounts()]).toEqual([1, { publish: 1, later7: 1 }]);
    const us = await repository.job({ runId: 2 }, { ...cell('us'), resume: '1' });
    expect([us.main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(us.main.output).toContain('no state of region=us; what there is, is of region=eu');
    const same = await repository.job({ runId: 2 }, { ...cell('eu'), resume: '1' });
    expect([same.main.exitCode, repository.takeCounts()]).toEqual([1, { later7: 1 }]);
  });
});

describe('a run that is gone on with and cancelled then', () => {
  const destroying = `name: ci
defaults: { shell: sh }
inputs:
  env: { type: string, default: staging }
steps:
  - { id: work, command: "echo work-{{ inputs.env }} >> ../ran; test -f fail.txt && exit 1; sleep 60" }
finally:
  - { id: destroy, command: "echo destroy-{{ inputs.env }} >> ../ran" }
`;

  test.each([['in a second attempt', { runId: 1, attempt: 2 }, { inputs: 'env: prod' }], ['in another run, with the inputs that it had', { runId: 2 }, { resume: '1' }]])('%s has its finally', async (_, job, inputs) => {
    const { repository } = world;
    repository.write('ci.yml', destroying);
    repository.write('fail.txt', '');
    await repository.job({ runId: 1 }, { inputs: 'env: prod' });
    expect(repository.takeCounts()).toEqual({ 'work-prod': 1, 'destroy-prod': 1 });
    repository.write('ci.yml', destroying.replace('test -f fail.txt && exit 1; ', ''));
    const going = repository.start(job, inputs);
    await world.executed(going, 'work-prod');
    going.main.cancel();
    const { main, post } = await going.finish();
    expect([main.exitCode, post.exitCode, repository.takeCounts()]).toEqual([130, 0, { 'work-prod': 1, 'destroy-prod': 1 }]);
  });
});

test('what may not be uploaded does not travel with the state either: its results are named, and made again', async () => {
  const { github, repository } = world;
  const token = ['ghs', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_');
  repository.write('ci.yml', `name: ci
defaults: { shell: sh }
steps:
  - { id: secret, command: "mkdir -p dist; cp made dist/.env", cache: true, inputs: [made], outputs: { dist: dist } }
  - { id: token, command: "mkdir -p out; cp made out/plain.txt", cache: true, inputs: [made], outputs: { out: out } }
  - { id: fine, command: "mkdir -p fine; echo fine-content > fine/a.txt", cache: true, inputs: [made], outputs: { fine: fine } }
  - { id: bad, command: "false", needs: [secret, token, fine] }
`);
  repository.write('made', `//npm/:_authToken=${token}\n`);
  const { main, post } = await repository.job({ runId: 1 });
  const [state] = github.artifacts().filter(({ name }) => name.startsWith('tollgate-state-'));
  writeFileSync(join(repository.folder, 'state.zip'), state?.bytes ?? '');
  await unzipFiles(join(repository.folder, 'state.zip'), join(repository.folder, 'state'));
  const bytes = readFileSync(join(repository.folder, 'state', 'state'), 'latin1');
  expect([bytes.includes(token), bytes.includes('fine-content')]).toEqual([false, true]);
  expect(`${main.output}${post.output}`).toContain('secret (dist/.env), token (out/plain.txt)');
});
