import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startCall } from '../going-call.js';
import type { Ended } from '../tollgate.js';
import { scratchFolder } from '../tollgate.js';
import { useRepository } from './use-repository.js';

const world = useRepository();

const workflow = `name: ci
defaults: { shell: sh }
steps:
  - { id: build, command: "echo build >> ran; cat in.txt > built.txt", inputs: [in.txt], outputs: { file: built.txt }, cache: true }
  - { id: publish, command: "echo publish >> ran; test -f quick.txt || exec sleep 60", needs: [build], effects: once }
  - { id: say, command: "echo say >> ran; cat built.txt >> ran", needs: [publish] }
`;

interface Laptop {
  readonly path: string;
  readonly call: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly [Symbol.dispose]: () => void;
}

function openLaptop(): Laptop {
  const folder = scratchFolder({ 'ci.yml': workflow, 'in.txt': 'made of this\n', 'quick.txt': '' });
  const { GITHUB_API_URL = '', GITHUB_TOKEN: GH_TOKEN = '', GITHUB_REPOSITORY = '' } = world.github.env({ runId: 99, event: 'workflow_dispatch' });
  return { ...folder, call: async (args, env = {}) => await startCall(args, { folder: folder.path, env: { GITHUB_API_URL, GH_TOKEN, GITHUB_REPOSITORY, NO_PROXY: '127.0.0.1', ...env } }).ended };
}

/** Run 1 on GitHub, cancelled in the middle of what must happen once. */
async function cutShort(inputs: Readonly<Record<string, string>> = {}): Promise<string> {
  const { repository } = world;
  repository.write('ci.yml', workflow.replaceAll('>> ran', '>> ../ran'));
  repository.write('in.txt', 'made of this\n');
  const going = repository.start({ runId: 1 }, inputs);
  await world.executed(going, 'publish');
  going.main.cancel();
  const { main } = await going.finish();
  return main.outputs['run-id'] ?? '';
}

test('a laptop decides of what was cut short on GitHub, and goes on with it', async () => {
  const run = await cutShort();
  using laptop = openLaptop();
  const early = await laptop.call(['resume', '--github', '1']);
  expect([early.code, early.err]).toEqual([2, expect.stringContaining('at work on GitHub')]);
  world.github.plantRun({ id: 1, status: 'completed', conclusion: 'cancelled' });

  const asked = await laptop.call(['resume', '--github', 'https://github.com/octo-org/example/actions/runs/1/attempts/1?pr=7']);
  expect([asked.code, asked.err]).toEqual([4, expect.stringContaining(`resume ${run} --mark-done publish`)]);
  // Its steps were edited so that they write elsewhere: the first one is done again, what must happen once is not.
  const decided = await laptop.call(['resume', '--github', '1', '--mark-done', 'publish', '--reason', 'the package is there']);
  expect([decided.code, decided.out + decided.err]).toEqual([0, expect.stringContaining('attempt 2')]);
  expect(readFileSync(join(laptop.path, 'ran'), 'utf8')).toBe('build\nsay\nmade of this\n');
}, 60_000);

test('what cannot be taken up is said, with what to do', async () => {
  const key = 'a passphrase of the repository';
  await cutShort({ 'encryption-key': key });
  world.github.plantRun({ id: 1, status: 'completed', conclusion: 'cancelled' });
  world.github.plantRun({ id: 5, status: 'completed', conclusion: 'success' });
  using laptop = openLaptop();
  const refusals: readonly (readonly [readonly string[], Readonly<Record<string, string>>, string])[] = [
    [['main'], {}, "'main' is no run of GitHub's"],
    [['1'], { GH_TOKEN: '' }, 'GH_TOKEN=$(gh auth token)'],
    [['77'], {}, 'there is none of this number'],
    [['5'], {}, 'run 5 has left nothing to go on with'],
    [['1', 'last'], {}, "which run: 'last', or --github 1?"],
    [['1'], {}, 'the state of this run is encrypted'],
    [['1'], { TOLLGATE_ENCRYPTION_KEY: 'short' }, 'has 5 characters'],
    [['1'], { TOLLGATE_ENCRYPTION_KEY: 'another passphrase than that' }, 'cannot be opened'],
  ];
  for (const [[id = '', ...others], env, said] of refusals) {
    const refused = await laptop.call(['resume', ...others, '--github', id], env);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(said)]);
    expect(refused.err).not.toContain('    at ');
  }
  const opened = await laptop.call(['resume', '--github', '1', '--rerun', 'publish'], { TOLLGATE_ENCRYPTION_KEY: key });
  expect([opened.code, opened.out + opened.err]).toEqual([0, expect.stringContaining('attempt 2')]);
}, 60_000);
