import { describe, expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const world = useRepository();

describe('three cells of a matrix that run the same workflow at once', () => {
  const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: one, command: "echo one >> ../ran; uname > out/one.txt", inputs: [ci.yml], outputs: { file: out/one.txt }, cache: true }
      - { id: two, command: "echo two >> ../ran; test -f pass.txt", needs: [one] }
`;
  const cells = ['ubuntu', 'windows', 'macos'];
  const cell = (os: string, job: { readonly runId: number; readonly attempt?: number }): ReturnType<typeof world.repository.job> =>
    world.repository.job({ ...job, label: `${job.runId}/${job.attempt ?? 1}/build ${os}` }, { 'matrix-values': JSON.stringify({ os }) });

  test('neither contend nor share keys, and each goes on with its own', async () => {
    const { github, repository } = world;
    repository.write('ci.yml', workflow);
    repository.write('out/.keep', '');
    const first = await Promise.all(cells.map(async (os) => await cell(os, { runId: 1 })));
    expect([first.map(({ main }) => main.exitCode), repository.takeCounts()]).toEqual([[1, 1, 1], { one: 3, two: 3 }]);
    expect(new Set(first.map(({ main }) => main.outputs['run-id'])).size).toBe(3);
    const indexes = github.entries().filter(({ key }) => key.startsWith('tollgate-index'));
    expect(new Set(indexes.map(({ job }) => job)).size).toBe(3);
    repository.write('pass.txt', '');
    const second = await Promise.all(cells.map(async (os) => await cell(os, { runId: 1, attempt: 2 })));
    expect([second.map(({ main }) => main.exitCode), repository.takeCounts()]).toEqual([[0, 0, 0], { two: 3 }]);
    expect(second.map(({ main }) => main.outputs['run-id'])).toEqual(first.map(({ main }) => main.outputs['run-id']));
    const third = await Promise.all(cells.map(async (os) => await cell(os, { runId: 2 })));
    expect([third.map(({ main }) => main.exitCode), repository.takeCounts()]).toEqual([[0, 0, 0], { two: 3 }]);
  });
});

describe('two jobs of one run with different phases', () => {
  const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: build
    steps:
      - { id: compile, command: "echo compile >> ../ran; echo built > out/app.txt; echo version=7", inputs: [ci.yml], outputs: { file: out/app.txt, version: { regex: "version=(\\\\d+)" } }, cache: true }
      - { id: publish, command: "echo publish >> ../ran; echo id=42", needs: [compile], effects: once, outputs: { id: { regex: "id=(\\\\d+)" } } }
  - id: test
    steps:
      - { id: check, command: "echo check >> ../ran; grep built out/app.txt && echo v={{ steps.compile.outputs.version }} id={{ steps.publish.outputs.id }}" }
`;
  const write = (): void => {
    world.repository.write('ci.yml', workflow);
    world.repository.write('out/.keep', '');
  };

  test('the second takes up what the first has made', async () => {
    write();
    const { repository } = world;
    const first = await repository.job({ runId: 1, job: 'build' }, { phases: 'build' });
    expect([first.main.exitCode, repository.takeCounts()]).toEqual([0, { compile: 1, publish: 1 }]);
    const second = await repository.job({ runId: 1, job: 'test', permissions: { actions: 'read' } }, { phases: 'test' });
    expect([second.main.exitCode, repository.takeCounts()]).toEqual([0, { check: 1 }]);
    expect(second.main.output).toContain('v=7 id=42');
  });

  test('without the permission it says so', async () => {
    write();
    const { repository } = world;
    await repository.job({ runId: 1, job: 'build' }, { phases: 'build' });
    repository.takeCounts();
    const second = await repository.job({ runId: 1, job: 'test', permissions: { contents: 'read' } }, { phases: 'test' });
    expect(second.main.output).toContain('give the job the permission actions: read');
    expect(repository.takeCounts()).not.toHaveProperty('publish');
  });
});
