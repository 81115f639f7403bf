import { describe, expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const world = useRepository();

const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: one, command: "echo one >> ../ran; cat in.txt > out/one.txt", inputs: [in.txt], outputs: { file: out/one.txt }, cache: true }
      - { id: two, command: "echo two >> ../ran; test -f pass.txt", needs: [one] }
`;

function write(text = 'a'): void {
  world.repository.write('ci.yml', workflow);
  world.repository.write('in.txt', text);
  world.repository.write('out/.keep', '');
}

describe('a token that may only read the cache', () => {
  test('what is there is used; the state goes to an artifact, one line says so, and the next attempt goes on from it', async () => {
    const { github, repository } = world;
    write();
    repository.write('pass.txt', '');
    await repository.job({ runId: 1 });
    repository.takeCounts();
    write('b');
    const entries = github.entries().length;
    const job = { runId: 2, event: 'issue_comment' } as const;
    world.repository.write('ci.yml', workflow.replace('pass.txt', 'late.txt'));
    const first = await repository.job(job);
    expect([first.main.exitCode, repository.takeCounts(), github.entries().length]).toEqual([1, { one: 1, two: 1 }, entries]);
    expect(github.artifacts().filter(({ name }) => name.startsWith('tollgate-state-1-2-'))).toHaveLength(1);
    const said = `${first.main.output}${first.post.output}`.split('\n').filter((line) => line.includes('cache'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/artifact/u);
    repository.write('late.txt', '');
    const second = await repository.job({ ...job, attempt: 2 });
    expect([second.main.exitCode, second.main.outputs['run-id']]).toEqual([0, first.main.outputs['run-id']]);
    expect(repository.takeCounts()).toEqual({ one: 1, two: 1 });
  });
});

describe('a pull request from a fork', () => {
  const pull = { number: 7, fork: true } as const;

  test('reads what the base has, writes for itself alone, and goes on after a failure', async () => {
    const { github, repository } = world;
    write();
    repository.write('pass.txt', '');
    await repository.job({ runId: 1 });
    repository.takeCounts();
    write('b');
    github.plantPull(pull);
    const first = await repository.job({ runId: 2, pull });
    expect([first.main.exitCode, repository.takeCounts()]).toEqual([0, { one: 1, two: 1 }]);
    const again = await repository.job({ runId: 3, pull });
    expect([again.main.exitCode, repository.takeCounts()]).toEqual([0, { two: 1 }]);
    const main = await repository.job({ runId: 4 });
    expect([main.main.exitCode, repository.takeCounts()]).toEqual([0, { one: 1, two: 1 }]);
  });
});

describe('GitHub is down from start to end', () => {
  test('the result is that of the steps, soon, with at most one warning of each cause', async () => {
    const { github, repository } = world;
    write();
    await github.goDown();
    const began = performance.now();
    const failed = await repository.job({ runId: 1 });
    expect([failed.main.exitCode, repository.takeCounts()]).toEqual([1, { one: 1, two: 1 }]);
    repository.write('pass.txt', '');
    const { main, post } = await repository.job({ runId: 1, attempt: 2 });
    expect([main.exitCode, post.exitCode, repository.takeCounts()]).toEqual([0, 0, { one: 1, two: 1 }]);
    expect((performance.now() - began) / 2).toBeLessThan(45_000);
    for (const { commands } of [failed.main, main]) {
      const warnings = commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
      expect(warnings.length).toBe(new Set(warnings).size);
      expect(warnings.length).toBeGreaterThanOrEqual(1);
      expect(warnings.length).toBeLessThanOrEqual(2);
    }
    await github.comeUp();
  });
});
