import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bin, scratchFolder } from './tollgate.js';

const hello = 'name: hello\nsteps:\n  - { id: hello, command: echo hello, shell: sh }\n';
const { PATH = '', HOME = '' } = process.env;

/** What goes on for ever is ended, and has no exit code then. */
function sh(script: string, folder: string, env: Readonly<Record<string, string>> = {}): number | null {
  return spawnSync('sh', ['-c', script], { cwd: folder, env: { PATH, HOME, ...env }, timeout: 15_000, killSignal: 'SIGKILL' }).status;
}

test.each(['plan hello.yml', 'run hello.yml', '--version'])('%s ends where neither what it says nor that it cannot be said can be written', (call) => {
  using folder = scratchFolder({ 'hello.yml': hello });
  expect(sh(`exec '${process.execPath}' '${bin}' ${call} > /dev/full 2> /dev/full`, folder.path)).toBe(1);
});

test.each(['plan hello.yml --json', 'run hello.yml', 'run hello.yml --json', 'list', '--help', '--version'])('%s says that what it prints finds no room, and is no success', (call) => {
  using folder = scratchFolder({ 'hello.yml': hello });
  const code = sh(`exec '${process.execPath}' '${bin}' ${call} > /dev/full 2> said`, folder.path);
  const said = readFileSync(join(folder.path, 'said'), 'utf8');
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('error: standard output could not be written to: no space is left\n') as unknown });
  expect(said).not.toMatch(/fault in tollgate|ENOSPC/u);
});

test('a run that cannot be shown any more is carried out and written down', () => {
  using folder = scratchFolder({ 'both.yml': 'name: both\nsteps:\n  - { id: one, command: echo one, shell: sh }\n  - { id: two, command: touch done, shell: sh }\n' });
  expect(sh(`exec '${process.execPath}' '${bin}' run both.yml > /dev/full 2> said`, folder.path)).toBe(1);
  expect(existsSync(join(folder.path, 'done'))).toBe(true);
  expect(sh(`'${process.execPath}' '${bin}' status --json > status.json`, folder.path)).toBe(0);
  expect(JSON.parse(readFileSync(join(folder.path, 'status.json'), 'utf8'))).toMatchObject({ status: 'succeeded' });
});

test('what fails of itself keeps its exit code', () => {
  using folder = scratchFolder({ 'hello.yml': 'name: hello\n' });
  expect(sh(`exec '${process.execPath}' '${bin}' run hello.yml > /dev/full 2> /dev/full`, folder.path)).toBe(2);
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
