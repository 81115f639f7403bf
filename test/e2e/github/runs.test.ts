import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../emulator/emulator.mjs';
import { startEmulator } from '../../emulator/emulator.mjs';
import type { Repository } from './job.js';
import { createRepository } from './job.js';

let github: Emulator;
let repository: Repository;
beforeEach(async () => {
  github = await startEmulator();
  repository = createRepository(github);
});
afterEach(async () => {
  expect(github.violations()).toEqual([]);
  repository.dispose();
  await github.close();
});

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

describe('runs', () => {
  test('a second run finds all of it: two requests until the last step is decided, one state after it, none in post', async () => {
    repository.write('ci.yml', workflow);
    repository.write('in.txt', 'a');
    repository.write('pass.txt', 'x');
    repository.write('out/.keep', '');
    const { main } = await repository.job({ runId: 1 });
    expect([main.exitCode, repository.takeCounts()]).toEqual([0, { one: 1, two: 1, three: 1 }]);
    github.clearRequests();
    const second = await repository.job({ runId: 2 });
    expect([second.main.exitCode, second.post.output, repository.takeCounts()]).toEqual([0, '', {}]);
    expect(github.requests().map(({ call }) => call)).toEqual(['cache.lookup', 'cache.download', 'cache.create', 'cache.upload', 'cache.finalize']);
  });
});
