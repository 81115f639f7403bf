import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startAction } from '../action.js';
import { useRepository } from './use-repository.js';

const world = useRepository();

const workflow = (name: string): string => `name: ${name}
defaults: { shell: sh }
steps:
  - { id: publish, command: "echo ${name} >> ../ran; echo id=7", effects: once, outputs: { id: { regex: "id=(.)" } } }
  - { id: last, command: "test -f ../pass", needs: [publish] }
`;

test('two steps of one job, in one workspace: each has its post bring away its own state', async () => {
  const { github, repository } = world;
  const play = async (attempt: number): Promise<readonly (number | null)[]> => {
    const workspace = join(repository.folder, `job-${attempt}`, 'work');
    mkdirSync(workspace, { recursive: true });
    for (const name of ['a', 'b']) writeFileSync(join(workspace, `${name}.yml`), workflow(name));
    if (attempt > 1) writeFileSync(join(workspace, '..', 'pass'), '');
    const env = github.env({ runId: 1, attempt });
    const call = (name: string) => ({ workspace, inputs: { workflow: `${name}.yml`, 'github-token': env['GITHUB_TOKEN'] ?? '' }, env: { ...env, GITHUB_ACTION: `__tollgate_${name}` } });
    const a = await startAction('main', call('a')).ended;
    const b = await startAction('main', call('b')).ended;
    await startAction('post', call('b'), b.state).ended;
    await startAction('post', call('a'), a.state).ended;
    return [a.exitCode, b.exitCode];
  };
  const isState = ({ name }: { readonly name: string | undefined }): boolean => name?.startsWith('tollgate-state') === true;
  const down = github.fault({ call: 'cache.create', fault: 'error-500', where: isState });
  // Nothing is done within the patience of main.
  const slow = github.fault({ call: 'artifact.create', fault: 'slow', ms: 6_000 });
  expect(await play(1)).toEqual([1, 1]);
  down.end();
  slow.end();
  expect([down.hits > 0, slow.hits > 0, repository.takeCounts()]).toEqual([true, true, { a: 1, b: 1 }]);
  expect(await play(2)).toEqual([0, 0]);
  expect(repository.takeCounts()).toEqual({});
}, 120_000);
