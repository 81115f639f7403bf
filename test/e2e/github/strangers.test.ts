import { describe, expect, test } from '@jest/globals';
import { makeTarGz } from '../../rig/tar-member.js';
import { useRepository } from './use-repository.js';

const world = useRepository();

const failing = (name: string): string => `name: ${name}
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: one, command: "echo one >> ../ran; echo the-plain-word > out/one.txt", inputs: [ci.yml], outputs: { file: out/one.txt }, cache: true }
      - { id: two, command: "echo two >> ../ran; test -f pass.txt", needs: [one] }
`;

function write(name: string): void {
  world.repository.write('ci.yml', failing(name));
  world.repository.write('out/.keep', '');
}

describe('the state of somebody else', () => {
  test('of another workflow is refused', async () => {
    const { repository } = world;
    write('first');
    expect((await repository.job({ runId: 1 })).main.exitCode).toBe(1);
    repository.takeCounts();
    world.github.plantRun({ id: 1, status: 'completed' });
    write('second');
    const { main } = await repository.job({ runId: 2, event: 'workflow_dispatch' }, { resume: '1' });
    expect([main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(main.output).toContain('the run 1 is one of first, not of second');
  });

  test('of another repository is refused, however it came here', async () => {
    const { github, repository } = world;
    write('ci');
    expect((await repository.job({ runId: 1, repository: 'else/where' })).main.exitCode).toBe(1);
    repository.takeCounts();
    const [state] = github.entries().filter(({ key }) => key.startsWith('tollgate-state-1-1-'));
    expect(state?.repository).toBe('else/where');
    if (state?.bytes !== undefined) github.plant({ key: state.key, version: state.version, bytes: state.bytes });
    const dispatched = await repository.job({ runId: 2, event: 'workflow_dispatch' }, { resume: '1' });
    expect([dispatched.main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(dispatched.main.output).toMatch(/is of another repository: else\/where/u);
  });
});

describe('a state of a later Tollgate', () => {
  test('is refused where it is asked for, and passed over by an attempt that repeats nothing once', async () => {
    const { github, repository } = world;
    write('ci');
    expect((await repository.job({ runId: 1 })).main.exitCode).toBe(1);
    repository.takeCounts();
    github.plantRun({ id: 1, status: 'completed' });
    const [state] = github.entries().filter(({ key }) => key.startsWith('tollgate-state-1-1-'));
    const later = (state?.key ?? '').replace(/-\d{6}-\w+$/u, '-900000-abcdef');
    github.plant({ key: later, version: state?.version ?? '', bytes: makeTarGz([{ name: 'pack', content: 'tollgate-run 2 9.9.9 whatever comes\n' }]) });
    const dispatched = await repository.job({ runId: 2, event: 'workflow_dispatch' }, { resume: '1' });
    expect([dispatched.main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(dispatched.main.output).toMatch(/was written by Tollgate 9\.9\.9, in a newer format[\s\S]*Use that version of the action/u);
    const again = await repository.job({ runId: 1, attempt: 2 });
    expect(again.main.output).toContain('Tollgate 9.9.9');
    expect(repository.takeCounts()).toEqual({ two: 1 });
  });
});

describe('a state that is encrypted', () => {
  const key = 'a-key-that-is-long-enough-for-anybody';

  test('shows no plain byte of itself, and goes on with the same key alone', async () => {
    const { github, repository } = world;
    write('ci');
    const { main } = await repository.job({ runId: 1 }, { 'encryption-key': key });
    expect([main.exitCode, repository.takeCounts()]).toEqual([1, { one: 1, two: 1 }]);
    const states = [...github.entries().map(({ key: name, bytes }) => ({ name, bytes })), ...github.artifacts()].filter(({ name }) => name.startsWith('tollgate-state'));
    expect(states.length).toBeGreaterThanOrEqual(2);
    for (const { name, bytes } of states) expect({ name, plain: ['run-started', 'the-plain-word', 'make.one', 'ndjson'].filter((word) => bytes?.includes(word)) }).toEqual({ name, plain: [] });
    world.github.plantRun({ id: 1, status: 'completed' });
    const wrong = await repository.job({ runId: 2, event: 'workflow_dispatch' }, { resume: '1', 'encryption-key': `${key}-not` });
    expect([wrong.main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(wrong.main.output).toMatch(/another one has sealed it|another encryption-key/u);
    const without = await repository.job({ runId: 3, event: 'workflow_dispatch' }, { resume: '1' });
    expect([without.main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(without.main.output).toMatch(/encrypted|encryption-key/u);
    expect(`${wrong.main.output}${wrong.main.summary}`).not.toContain(key);
    repository.write('pass.txt', '');
    const right = await repository.job({ runId: 1, attempt: 2 }, { 'encryption-key': key });
    expect([right.main.exitCode, repository.takeCounts(), right.main.outputs['run-id']]).toEqual([0, { two: 1 }, main.outputs['run-id']]);
  });
});
