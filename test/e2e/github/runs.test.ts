import { describe, expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const world = useRepository();

const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - id: one
        command: echo one >> ../ran; cat in.txt > out/one.txt
        inputs: [in.txt]
        outputs: { file: out/one.txt }
        cache: true
      - id: two
        command: echo two >> ../ran; test -f pass.txt
        inputs: [in.txt, pass.txt]
        cache: true
  - id: use
    steps:
      - id: three
        command: echo three >> ../ran; cat out/one.txt
        cache: true
`;

/** A step that must happen once stands before the one that fails. */
const release = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - id: build
        command: echo build >> ../ran; cat in.txt > out/built.txt
        inputs: [in.txt]
        outputs: { file: out/built.txt }
        cache: true
      - id: publish
        command: echo publish >> ../ran; echo "id=7"
        needs: [build]
        effects: once
        outputs: { id: { regex: "id=(\\\\d+)" } }
      - id: check
        command: echo check >> ../ran; test -f pass.txt && cat out/built.txt
        needs: [publish]
  - id: tell
    steps:
      - id: say
        command: echo say >> ../ran; echo "published {{ steps.publish.outputs.id }}"
`;

function write(text: string): void {
  world.repository.write('ci.yml', text);
  world.repository.write('in.txt', 'a');
  world.repository.write('out/.keep', '');
}

describe('runs', () => {
  test('a second run finds all of it: two requests until the last step is decided, one state after it, none in post', async () => {
    const { github, repository } = world;
    write(workflow);
    repository.write('pass.txt', 'x');
    const { main } = await repository.job({ runId: 1 });
    expect([main.exitCode, repository.takeCounts()]).toEqual([0, { one: 1, two: 1, three: 1 }]);
    github.clearRequests();
    const second = await repository.job({ runId: 2 });
    expect([second.main.exitCode, second.post.output, repository.takeCounts()]).toEqual([0, '', {}]);
    expect(github.requests().map(({ call }) => call)).toEqual(['cache.lookup', 'cache.download', 'cache.create', 'cache.upload', 'cache.finalize']);
    expect(github.requests().filter(({ call }) => call === 'cache.create').map(({ name }) => name?.replace(/-build.*$/u, ''))).toEqual(['tollgate-state-1-2']);
    expect(github.requests().filter(({ call }) => call.startsWith('rest.'))).toEqual([]);
  });

  test('a second attempt goes on at the step that failed; what must happen once happened once in all', async () => {
    const { repository } = world;
    write(release);
    const first = await repository.job({ runId: 1 });
    expect([first.main.exitCode, first.main.outputs['failed-step'], repository.takeCounts()]).toEqual([1, 'make.check', { build: 1, publish: 1, check: 1 }]);
    repository.write('pass.txt', '');
    const second = await repository.job({ runId: 1, attempt: 2 });
    expect([second.main.exitCode, repository.takeCounts()]).toEqual([0, { check: 1, say: 1 }]);
    expect(second.main.outputs['run-id']).toBe(first.main.outputs['run-id']);
    expect(second.main.output).toContain('published 7');
    expect(second.main.output).toContain('attempt 2: what it has done is not done again');
  });

  test('a third attempt goes on after a second that left nothing behind', async () => {
    const { github, repository } = world;
    write(release);
    const first = await repository.job({ runId: 1 });
    repository.takeCounts();
    const fault = github.fault({ call: 'cache.create', fault: 'error-500', job: '1/2/build', where: ({ name }) => name?.startsWith('tollgate-state') === true });
    const blind = github.fault({ call: 'artifact.create', fault: 'error-500', job: '1/2/build' });
    const second = await repository.job({ runId: 1, attempt: 2 });
    expect([second.main.exitCode, repository.takeCounts(), fault.hits > 0, blind.hits > 0]).toEqual([1, { check: 1 }, true, true]);
    repository.write('pass.txt', '');
    const third = await repository.job({ runId: 1, attempt: 3 });
    expect([third.main.exitCode, third.main.outputs['run-id'], repository.takeCounts()]).toEqual([0, first.main.outputs['run-id'], { check: 1, say: 1 }]);
  });

  test('a commit that mends it is a new run, which goes on from what still holds', async () => {
    const { repository } = world;
    write(workflow);
    const first = await repository.job({ runId: 1 });
    expect([first.main.exitCode, repository.takeCounts()]).toEqual([1, { one: 1, two: 1 }]);
    repository.write('pass.txt', 'x');
    const second = await repository.job({ runId: 2 });
    expect([second.main.exitCode, repository.takeCounts()]).toEqual([0, { two: 1, three: 1 }]);
    expect(second.main.outputs['run-id']).not.toBe(first.main.outputs['run-id']);
  });

  test('a cancelled job leaves its state in post, and its next attempt goes on', async () => {
    const { github, repository } = world;
    write(`name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: one, command: "echo one >> ../ran; echo once", effects: once }
      - { id: two, command: "echo two >> ../ran; test -f pass.txt || while :; do sleep 1; done", needs: [one] }
finally:
  - { id: tidy, command: "echo tidy >> ../ran" }
`);
    const going = repository.start({ runId: 1 });
    await world.executed(going, 'two');
    going.main.cancel();
    await going.main.ended;
    const began = performance.now();
    const first = await going.finish();
    expect(performance.now() - began).toBeLessThan(5_000);
    expect([first.main.exitCode, first.main.outputs['status'], repository.takeCounts()]).toEqual([130, 'cancelled', { one: 1, two: 1, tidy: 1 }]);
    expect(first.main.ms).toBeLessThan(7_500);
    expect(github.artifacts().filter(({ name }) => name.startsWith('tollgate-state-1-1-'))).toHaveLength(1);
    repository.write('pass.txt', '');
    const second = await repository.job({ runId: 1, attempt: 2 });
    expect([second.main.exitCode, repository.takeCounts(), second.main.outputs['run-id']]).toEqual([0, { two: 1, tidy: 1 }, first.main.outputs['run-id']]);
  });
});
