import { describe, expect, test } from '@jest/globals';
import type { JobEnd } from './job.js';
import { useRepository } from './use-repository.js';

const world = useRepository();

/** The file says whether the step that must happen once hangs, as one does that is cut short. */
const release = `name: release
defaults: { shell: sh }
phases:
  - id: ship
    steps:
      - { id: build, command: "echo build >> ../ran; echo built=7", outputs: { id: { regex: "built=(.)" } } }
      - { id: publish, command: "echo publish >> ../ran; test -f quick.txt || sleep 60", needs: [build], effects: once }
      - { id: say, command: "echo say >> ../ran", needs: [publish] }
`;

/** Of run 1: cut short while it was publishing. */
async function cutShort(): Promise<JobEnd> {
  const { repository } = world;
  repository.write('ci.yml', release);
  const going = repository.start({ runId: 1 });
  await world.executed(going, 'publish');
  going.main.cancel();
  const end = await going.finish();
  expect(repository.takeCounts()).toEqual({ build: 1, publish: 1 });
  repository.write('quick.txt', '');
  world.github.plantRun({ id: 1, status: 'completed', conclusion: 'cancelled' });
  return end;
}

const dispatch = { event: 'workflow_dispatch' } as const;

describe('a step that must happen once and was cut short', () => {
  test('is asked about by the next attempt; a dispatch that says it happened goes on after it', async () => {
    const { repository } = world;
    const first = await cutShort();
    const second = await repository.job({ runId: 1, attempt: 2 });
    expect([second.main.exitCode, second.main.outputs['status'], repository.takeCounts()]).toEqual([1, 'paused', {}]);
    expect(second.main.commands.find(({ name }) => name === 'error')?.data).toMatch(/publish has an effect that must happen once[\s\S]*resume: 1, mark-done: publish[\s\S]*rerun: publish/u);
    expect(second.main.summary).toContain('publish');
    world.github.plantRun({ id: 1, status: 'completed', conclusion: 'failure' });
    const unfounded = await repository.job({ runId: 2, ...dispatch }, { resume: '1', 'mark-done': 'publish' });
    expect([unfounded.main.exitCode, repository.takeCounts()]).toEqual([2, {}]);
    expect(unfounded.main.output).toContain('say how you know');
    world.github.plantRun({ id: 2, status: 'completed', conclusion: 'failure' });
    const decided = await repository.job({ runId: 3, ...dispatch }, { resume: '1', 'mark-done': 'publish', reason: 'the package is there' });
    expect([decided.main.exitCode, decided.main.outputs['run-id'], repository.takeCounts()]).toEqual([0, first.main.outputs['run-id'], { say: 1 }]);
  });

  test('is done again by a dispatch that says it did not happen', async () => {
    const { repository } = world;
    await cutShort();
    const decided = await repository.job({ runId: 2, ...dispatch }, { resume: '1', rerun: 'publish' });
    expect([decided.main.exitCode, repository.takeCounts()]).toEqual([0, { publish: 1, say: 1 }]);
  });

  test('of two dispatches at once one goes on, and the other names its page', async () => {
    const { repository } = world;
    await cutShort();
    const both = await Promise.all([2, 3].map(async (runId) => await repository.job({ runId, ...dispatch }, { resume: '1', rerun: 'publish' })));
    expect(repository.takeCounts()).toEqual({ publish: 1, say: 1 });
    const [winner, loser] = both[0]?.main.exitCode === 0 ? both : [...both].reverse();
    expect([winner?.main.exitCode, loser?.main.exitCode]).toEqual([0, 2]);
    expect(loser?.main.output).toContain(`/actions/runs/${winner === both[0] ? 2 : 3}/attempts/1 (TG3407)`);
  });

  test('what the dispatch was told holds for its own next attempt', async () => {
    const { repository } = world;
    await cutShort();
    repository.write('ci.yml', release.replace('echo say >> ../ran', 'echo say >> ../ran; test -f pass.txt'));
    const inputs = { resume: '1', 'mark-done': 'publish', reason: 'the package is there' };
    const first = await repository.job({ runId: 2, ...dispatch }, inputs);
    expect([first.main.exitCode, repository.takeCounts()]).toEqual([1, { say: 1 }]);
    repository.write('pass.txt', '');
    const second = await repository.job({ runId: 2, attempt: 2, ...dispatch }, inputs);
    expect([second.main.exitCode, repository.takeCounts()]).toEqual([0, { say: 1 }]);
  });
});
