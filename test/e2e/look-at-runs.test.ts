import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCall } from './going-call.js';
import { scratchFolder, tollgate } from './tollgate.js';

const workflow = `name: ship
defaults: { shell: sh }
inputs: { to: { type: string, default: nowhere } }
phases:
  - id: make
    steps:
      - { id: build, command: "echo building; echo {{ inputs.to }} > app.txt", inputs: [in.txt], outputs: { app: app.txt }, cache: true }
      - { id: wait, command: "echo waiting; test -f go.txt || exec sleep 60" }
      - { id: send, command: "cat {{ build.outputs.app }} >> sent.txt", effects: once }
cleanup:
  - { id: forget, command: "echo {{ build.outputs.app }} > forgot.txt" }
`;

interface Told {
  readonly status: string;
  readonly reason: string | null;
  readonly run_id: string;
  readonly next_command: string | null;
  readonly owner?: { readonly life: string } | null;
  readonly steps: readonly { readonly id: string; readonly status: string }[];
}

test('a run that is killed is looked at, taken to another folder, gone on with, told of, done again and cleaned up', async () => {
  using folder = scratchFolder({ 'ship.yml': workflow, 'in.txt': '1' });
  const call = (...args: readonly string[]): ReturnType<typeof tollgate> => tollgate(args, { folder: folder.path });
  const json = (...args: readonly string[]): Told => JSON.parse(call(...args, '--json').out) as Told;

  const going = startCall(['run', 'ship.yml', '--input', 'to=the moon'], { folder: folder.path, inside: [] });
  await going.says('waiting');
  expect(json('status')).toMatchObject({ status: 'running', current: ['wait'], owner: { life: 'alive', pid: going.pid() } });
  expect(call('state', 'export', json('status').run_id).code).toBe(2);
  going.kill();
  await going.ended;

  const cut = json('status');
  expect([cut.status, cut.reason, cut.owner?.life, cut.steps.map(({ status }) => status)]).toEqual(['cancelled', 'interrupted', 'dead', ['succeeded', 'cancelled', 'pending']]);
  expect(call('status').out).toMatch(/^INTERRUPTED {2}ship was cut short.*\n(?:.*\n)*.*✔ build +succeeded in .*\n.*– wait +cut short after .*\n.*· send +not begun\n(?:.*\n)* {2}→ Run: .* resume /u);
  expect(call('history').out).toMatch(/^✂ interrupted \S+ {2}ship /u);
  expect(call('replay').out).toMatch(/✔ build succeeded in .*\n(?:.*\n)*.*▶ wait started\n.*✂ here it stops/u);
  expect(call('logs', 'build')).toEqual({ code: 0, out: 'building\n', err: '' });

  expect(call('state', 'export', cut.run_id, 'run.tollgate').code).toBe(0);
  using there = scratchFolder({ 'ship.yml': workflow, 'in.txt': '1', 'go.txt': '' });
  cpSync(join(folder.path, 'run.tollgate'), join(there.path, 'run.tollgate'));
  expect(tollgate(['state', 'import', 'run.tollgate'], { folder: there.path }).code).toBe(0);
  expect(tollgate(['resume', '--quiet'], { folder: there.path }).code).toBe(0);
  expect(readFileSync(join(there.path, 'sent.txt'), 'utf8')).toBe('the moon\n');
  expect(tollgate(['replay'], { folder: there.path }).out).toMatch(/✂ the process before was cut short here; another process took over/u);

  writeFileSync(join(folder.path, 'go.txt'), '');
  expect(json('plan', 'ship.yml', '--input', 'to=the moon')).toMatchObject({ forecast: [{ answer: 'hit' }, { answer: 'runs' }, { answer: 'runs' }] });
  expect(call('rerun', cut.run_id, '--quiet').code).toBe(0);
  const logs = call('logs', 'build');
  expect([logs.code, logs.out, logs.err]).toEqual([0, 'building\n', expect.stringMatching(/^build: from .* its result was used again\n$/u)]);
  expect(call('cache', 'verify')).toMatchObject({ code: 0 });
  expect(call('cleanup', 'ship.yml', '--quiet').code).toBe(0);
  expect([existsSync(join(folder.path, 'app.txt')), existsSync(join(folder.path, 'sent.txt')), readFileSync(join(folder.path, 'forgot.txt'), 'utf8')]).toEqual([false, true, 'app.txt\n']);
}, 60_000);
