import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bin, scratchFolder } from './tollgate.js';

const hello = 'name: hello\nsteps:\n  - { id: hello, command: echo hello, shell: sh }\n';
const { PATH = '', HOME = '' } = process.env;

/** What goes on for ever is ended, and has no exit code then. */
function sh(script: string, folder: string, env: Readonly<Record<string, string>> = {}): number | null {
  return spawnSync('sh', ['-c', script], { cwd: folder, env: { PATH, HOME, ...env }, timeout: 15_000, killSignal: 'SIGKILL' }).status;
}

test.each(['plan', 'run'])('%s ends where neither what it says nor that it cannot be said can be written', (command) => {
  using folder = scratchFolder({ 'hello.yml': hello });
  expect(sh(`exec '${process.execPath}' '${bin}' ${command} hello.yml > /dev/full 2> /dev/full`, folder.path)).toBe(3);
});

test('an action ends when whoever reads it has gone, and its result is that of the run', () => {
  using folder = scratchFolder();
  const workspace = join(folder.path, 'work');
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'hello.yml'), hello);
  for (const name of ['output', 'state', 'summary']) writeFileSync(join(folder.path, name), '');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_OUTPUT: join(folder.path, 'output'), GITHUB_STATE: join(folder.path, 'state'), GITHUB_STEP_SUMMARY: join(folder.path, 'summary'), INPUT_WORKFLOW: 'hello.yml' };
  const script = join(dirname(bin), '..', 'dist', 'action-main.js');
  sh(`{ '${process.execPath}' '${script}' 2>&1; echo $? > '${join(folder.path, 'code')}'; } | true`, workspace, env);
  expect(readFileSync(join(folder.path, 'code'), 'utf8')).toBe('0\n');
});
