import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenario.js';
import { openScenario } from './scenario.js';
import type { Ended } from './tollgate.js';
import { tollgate } from './tollgate.js';

beforeAll(() => {
  if (spawnSync('strace', ['-V']).status !== 0) throw new Error('these tests need strace: apt-get install strace');
});

const workflow = (inputs: string): string => `name: flow
steps:
  - id: build
    command: ./read.sh; echo build >> ../ran.log
    inputs: [${inputs}]
    outputs: { out: out.txt }
    cache: true
  - id: use
    command: cat out.txt src/a.ts
    inputs: [src/a.ts]
    cache: true
`;

const script = `#!/bin/bash
set -e
cat src/a.ts src/b.ts > out.txt
sh -c 'cat child.txt'
(cd sub; cat deep.txt "../with space.txt")
cat new*line.txt
cat link
cat out.txt > /dev/null
[ -f .flag ] || true
ls sub > listing.tmp; cat listing.tmp; rm listing.tmp
`;

function openWorkspace(inputs: string): Scenario {
  const scenario = openScenario({ 'flow.yml': workflow(inputs), 'read.sh': script, 'child.txt': 'c\n', 'with space.txt': 'w\n', 'new\nline.txt': 'n\n', 'target.txt': 't\n' });
  const { folder } = scenario;
  for (const name of ['src', 'sub']) mkdirSync(join(folder, name));
  for (const name of ['src/a.ts', 'src/b.ts', 'sub/deep.txt']) writeFileSync(join(folder, name), `${name}\n`);
  chmodSync(join(folder, 'read.sh'), 0o755);
  symlinkSync('target.txt', join(folder, 'link'));
  return scenario;
}

const remarksOf = ({ out, err }: Ended): string => `${out}${err}`.slice(`${out}${err}`.search(/^\[(?:WARNING|INFO)\]/mu)).split('\n\n')[0] ?? '';

test('files that a cached step reads and does not declare are told with the line to add; with that line there are none', () => {
  using scenario = openWorkspace('src/**');
  const first = scenario.run('run', 'flow.yml', '--trace-inputs');
  expect(first.code).toBe(0);
  expect(remarksOf(first)).toBe(`[WARNING] main/build: it read 6 files that it does not declare: read.sh, child.txt, sub/deep.txt, "with space.txt", "new\\nline.txt", link → target.txt (TG3414)
  at flow.yml:5:14
  → Add to its inputs: child.txt, link, "new\\nline.txt", read.sh, "with space.txt", sub/deep.txt
  → It also listed the workspace, sub, and looked for .flag, not there
[INFO] main/use: it read nothing that it does not declare (TG3414)
  at flow.yml`);
  const [, line = ''] = /Add to its inputs: (.*)/u.exec(first.out) ?? [];
  writeFileSync(join(scenario.folder, 'flow.yml'), workflow(`src/**, ${line}`));
  const second = scenario.run('run', 'flow.yml', '--trace-inputs');
  expect(second.out).not.toContain('WARNING');
  expect(second.out).toContain('[INFO] main/build: it read nothing that it does not declare; it listed the workspace, sub, and looked for .flag, not there (TG3414)');
  expect(second.out).toContain('[INFO] main/use: it read nothing that it does not declare (TG3414)');
});

test('every cached step is executed, its result is kept, and it ends as it does by itself', () => {
  using scenario = openWorkspace('src/**, "*.txt", read.sh, link, sub');
  scenario.run('run', 'flow.yml');
  expect(scenario.executions()).toEqual({ build: 1 });
  expect(scenario.run('run', 'flow.yml', '--trace-inputs').out).toContain('succeeded');
  expect(scenario.executions()).toEqual({ build: 1 });
  scenario.run('run', 'flow.yml');
  expect(scenario.executions()).toEqual({});
  writeFileSync(join(scenario.folder, 'src/a.ts'), 'changed\n');
  scenario.run('run', 'flow.yml', '--trace-inputs');
  scenario.run('run', 'flow.yml');
  expect(scenario.executions()).toEqual({ build: 1 });
  expect(readdirSync(join(scenario.folder, '.tollgate', 'traces'))).toEqual([]);
});

test('exit codes, time limits and what is left running are as ever', () => {
  using scenario = openScenario({
    'flow.yml': `name: flow
steps:
  - { id: code, command: exit 7, inputs: [flow.yml], cache: true, continue_on_error: true }
  - { id: signal, command: "kill -KILL $$", inputs: [flow.yml], cache: true, continue_on_error: true }
  - { id: late, command: sleep 300, timeout: 300ms, inputs: [flow.yml], cache: true, continue_on_error: true }
  - { id: leaves, command: "sleep 300 > /dev/null 2>&1 & until grep -q sleep /proc/$!/comm; do :; done", inputs: [flow.yml], cache: true }
`,
  });
  const said = scenario.run('run', 'flow.yml', '--trace-inputs').out;
  const bare = scenario.run('run', 'flow.yml', '--no-cache').out;
  const failures = (text: string): readonly string[] => text.split('\n').filter((line) => /^\[WARNING\]/u.test(line)).sort();
  expect(failures(said)).toEqual(failures(bare));
  expect(failures(said)).toHaveLength(3);
  for (const text of [said, bare]) expect(text).toContain('left running, and ended by Tollgate: sleep 300\n');
});

test('where there is no strace nothing is started', () => {
  using scenario = openScenario({ 'flow.yml': 'name: flow\nsteps: [{ id: a, command: echo a >> ../ran.log, inputs: [flow.yml], cache: true }]\n' });
  const { code, err } = tollgate(['run', 'flow.yml', '--trace-inputs'], { folder: scenario.folder, env: { PATH: '/nowhere' } });
  expect({ code, err }).toEqual({ code: 2, err: 'error: --trace-inputs cannot watch what steps read: it is done with strace, and there is none on the PATH\n       Install it: apt-get install strace, dnf install strace, or apk add strace\n' });
  expect(scenario.executions()).toEqual({});
});

test('who has no cached step is told that nothing is watched', () => {
  using scenario = openScenario({ 'flow.yml': 'name: flow\nsteps: [{ id: a, command: cat flow.yml }]\n' });
  const { code, err } = scenario.run('run', 'flow.yml', '--trace-inputs');
  expect({ code, err }).toEqual({ code: 0, err: '[INFO] no step of this workflow is cached: --trace-inputs has none to watch (TG3414)\n\n' });
});

test('beside data for scripts it stands where people read', () => {
  using scenario = openWorkspace('src/**, child.txt, read.sh, sub, "with space.txt", "new\\nline.txt"');
  const { out, err } = scenario.run('run', 'flow.yml', '--trace-inputs', '--json');
  expect(JSON.parse(out)).toMatchObject({ status: 'succeeded' });
  expect(err).toContain('[WARNING] main/build: it read 1 file that it does not declare: link → target.txt (TG3414)\n  at flow.yml:5:14\n  → Add to its inputs: link\n');
});
