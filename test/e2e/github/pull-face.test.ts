import { describe, expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const world = useRepository();

const failing = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: one, command: "echo one >> ../ran" }
      - { id: two, command: "echo two >> ../ran; test -f pass.txt", needs: [one] }
`;

const cells = 120;
const manyFailures = `name: ci
defaults: { shell: sh }
steps:
  - { id: cell, command: "exit 3", matrix: { n: [${Array.from({ length: cells }, (_, n) => n).join(', ')}], fail_fast: false } }
`;

const pull = { number: 7 } as const;
const shown = { comment: 'auto', check: 'auto' } as const;

describe('on a pull request', () => {
  test('one comment is brought up to date, and each attempt has a check of its own', async () => {
    const { github, repository } = world;
    github.plantPull(pull);
    repository.write('ci.yml', failing);
    const first = await repository.job({ runId: 1, pull }, shown);
    expect([first.main.exitCode, repository.takeCounts()]).toEqual([1, { one: 1, two: 1 }]);
    const [before] = github.comments();
    expect(before?.body).toContain('NO-GO');
    expect(before?.body).toContain('npx tollgate run ci.yml');
    expect(github.checkRuns().map(({ name, conclusion }) => [name, conclusion])).toEqual([['tollgate: ci', 'failure']]);
    repository.write('pass.txt', '');
    expect((await repository.job({ runId: 1, attempt: 2, pull }, shown)).main.exitCode).toBe(0);
    expect((await repository.job({ runId: 2, pull }, shown)).main.exitCode).toBe(0);
    const comments = github.comments();
    expect(comments).toHaveLength(1);
    expect([comments[0]?.id, comments[0]?.body.includes('NO-GO'), comments[0]?.edits]).toEqual([before?.id, false, 2]);
    expect(comments[0]?.body).toContain('GO');
    expect(github.checkRuns().map(({ conclusion }) => conclusion)).toEqual(['failure', 'success', 'success']);
  });

  test('a check takes its annotations in batches of fifty', async () => {
    const { github, repository } = world;
    github.plantPull(pull);
    repository.write('ci.yml', manyFailures);
    const { main } = await repository.job({ runId: 1, pull }, { check: 'on' });
    expect(main.exitCode).toBe(1);
    const [check] = github.checkRuns();
    expect(check?.annotations).toHaveLength(cells);
    expect(github.requests().filter(({ call }) => call.startsWith('rest.') && call.includes('check')).filter(({ method }) => method !== 'GET')).toHaveLength(Math.ceil(cells / 50));
  }, 60_000);

  test('of a fork, the summary alone shows it, and it says so; asked for or not, the result is that of the steps', async () => {
    const { github, repository } = world;
    const fork = { ...pull, fork: true };
    github.plantPull(fork);
    repository.write('ci.yml', failing);
    repository.write('pass.txt', '');
    for (const [index, wish] of [shown, { comment: 'on', check: 'on' }].entries()) {
      const { main } = await repository.job({ runId: index + 1, pull: fork }, wish);
      expect(main.exitCode).toBe(0);
      expect(main.output).toMatch(/job summary alone.*fork|fork.*job summary alone/su);
      expect(main.summary).toContain('GO');
    }
    expect([github.comments(), github.checkRuns()]).toEqual([[], []]);
  });

  test('without the permissions it names them', async () => {
    const { github, repository } = world;
    github.plantPull(pull);
    repository.write('ci.yml', failing);
    repository.write('pass.txt', '');
    const { main } = await repository.job({ runId: 1, pull, permissions: { contents: 'read' } }, { comment: 'on', check: 'on' });
    expect(main.exitCode).toBe(0);
    expect(main.output).toContain('pull-requests: write');
    expect(main.output).toContain('checks: write');
  });
});
