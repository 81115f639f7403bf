import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readdirSync, utimesSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GoingCall } from './going-call.js';
import type { Scenario } from './scenario.js';
import { openScenario } from './scenario.js';

/** A run that stands in its second step until somebody writes to the gate of its part. */
const holding = ({ concurrency = '', once = false } = {}): string => `name: turns
defaults: { shell: sh }
inputs: { part: { type: choice, options: [one, two], default: one } }
${concurrency}steps:
  - { id: before, command: echo before >> ../ran.log }
  - id: hold
    command: |
      echo hold >> ../ran.log
      read -r word < ../gate-{{ inputs.part }}
      echo held >> ../ran.log
${once ? '    effects: once\n' : ''}  - { id: after, command: echo after >> ../ran.log }
`;
const all = { before: 1, hold: 1, held: 1, after: 1 };

function openHolding(text: string): Scenario {
  const scenario = openScenario({ 'workflow.yml': text });
  const gates = ['one', 'two'].map((part) => gateOf(scenario, part));
  if (spawnSync('mkfifo', gates).status !== 0) throw new Error('this test needs mkfifo');
  return {
    ...scenario,
    [Symbol.dispose]: () => {
      // Whoever still waits for a reader would wait for ever.
      for (const gate of gates) closeSync(openSync(gate, constants.O_RDONLY | constants.O_NONBLOCK));
      scenario[Symbol.dispose]();
    },
  };
}

/** Settles once a step has read it. */
async function openGate(scenario: Scenario, part = 'one'): Promise<void> {
  await writeFile(gateOf(scenario, part), 'go\n');
}

function gateOf({ folder }: Scenario, part: string): string {
  return join(folder, `../gate-${part}`);
}

function runIdIn({ folder }: Scenario): string {
  const [id = ''] = readdirSync(join(folder, '.tollgate/runs')).sort().reverse();
  return id;
}

/** It has been awake that often since: whoever waits looks each time. */
async function looksAgain(call: GoingCall, times: number): Promise<void> {
  const awake = (): number => Number(/^voluntary_ctxt_switches:\t(\d+)$/mu.exec(readFileSync(`/proc/${call.pid()}/status`, 'latin1'))?.[1]);
  const first = awake();
  while (awake() < first + times) await new Promise((resolve) => void setTimeout(resolve, 20));
}

test('a second run waits for the first, and says for whom', async () => {
  using scenario = openHolding(holding());
  const first = scenario.start(['run', 'workflow.yml']);
  await scenario.executed('hold');
  const second = scenario.start(['run', 'workflow.yml']);
  await second.says(`Waiting for run ${runIdIn(scenario)} of turns (process ${first.pid()} on `);
  await openGate(scenario);
  expect((await first.ended).code).toBe(0);
  await scenario.executed('hold');
  // Nothing of the second began before the first had ended.
  expect(scenario.executions()).toEqual({ ...all, before: 2, hold: 2 });
  await openGate(scenario);
  expect([(await second.ended).code, scenario.executions()]).toEqual([0, { held: 1, after: 1 }]);
}, 30_000);

test('where it says so, a second run of its group fails at once, and another group does not mind', async () => {
  using scenario = openHolding(holding({ concurrency: 'concurrency: { group: "{{ inputs.part }}", on_conflict: fail }\n' }));
  const first = scenario.start(['run', 'workflow.yml']);
  await scenario.executed('hold');
  const refused = scenario.run('run', 'workflow.yml');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(`another run is at work: run ${runIdIn(scenario)} of turns (process ${first.pid()} on `)]);
  const other = scenario.start(['run', 'workflow.yml', '--input', 'part=two']);
  await scenario.executed('hold');
  for (const part of ['one', 'two']) await openGate(scenario, part);
  expect([(await first.ended).code, (await other.ended).code]).toEqual([0, 0]);
  expect(scenario.executions()).toEqual({ before: 2, hold: 2, held: 2, after: 2 });
}, 30_000);

test('a stopped owner is not robbed, however long it is silent, and goes on', async () => {
  using scenario = openHolding(holding());
  const first = scenario.start(['run', 'workflow.yml']);
  await scenario.executed('hold');
  first.signal('SIGSTOP');
  ageLeases(scenario);
  const second = scenario.start(['run', 'workflow.yml']);
  await second.says('Waiting for run ');
  // What the owner does not see meanwhile has happened all the same.
  await openGate(scenario);
  await looksAgain(second, 8);
  expect(scenario.executions()).toEqual({ before: 1, hold: 1, held: 1 });
  const refused = scenario.run('resume', runIdIn(scenario), '--take-over');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('is at work')]);
  first.signal('SIGCONT');
  expect((await first.ended).code).toBe(0);
  await scenario.executed('hold');
  expect(scenario.executions()).toEqual({ after: 1, before: 1, hold: 1 });
  await openGate(scenario);
  expect((await second.ended).code).toBe(0);
}, 30_000);

/** As if nobody had been heard of for ten minutes. */
function ageLeases({ folder }: Scenario): void {
  const then = Date.now() / 1000 - 600;
  const state = join(folder, '.tollgate');
  const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\/leases?\//u.test(`${entry.parentPath}/`));
  expect(files.length).toBeGreaterThan(1);
  for (const { parentPath, name } of files) utimesSync(join(parentPath, name), then, then);
}

/** How this user may make a pid namespace. */
function findUnshare(): readonly string[] {
  const ways = [['unshare', '-p', '-f', '--kill-child', '--mount-proc'], ['unshare', '-r', '-p', '-f', '--kill-child', '--mount-proc']];
  const way = ways.find(([command = '', ...args]) => spawnSync(command, [...args, 'true']).status === 0);
  if (way === undefined) throw new Error('this test needs the power to make a pid namespace: run it on Linux as root, or where user namespaces are allowed');
  return way;
}

test('an owner in another pid namespace whose run is taken over does nothing more, and nothing that it says later counts', async () => {
  using scenario = openHolding(holding());
  const owner = scenario.start(['run', 'workflow.yml'], findUnshare());
  await scenario.executed('hold');
  const id = runIdIn(scenario);
  expect(scenario.run('resume', id)).toMatchObject({ code: 2, err: expect.stringContaining(`run ${id} is at work`) as string });
  // It is stopped after its step was done and before it can write that down.
  owner.signal('SIGSTOP');
  await openGate(scenario);
  const successor = scenario.start(['resume', id, '--take-over']);
  await scenario.executed('hold');
  expect(scenario.executions()).toEqual({ before: 1, hold: 2, held: 1 });
  await openGate(scenario);
  expect((await successor.ended).code).toBe(0);
  const told = scenario.run('status', id, '--json').out;
  expect(told).toContain('"status": "succeeded"');
  owner.signal('SIGCONT');
  const { code, err } = await owner.ended;
  expect([code, err]).toEqual([1, expect.stringContaining('This run was taken over by run')]);
  expect(scenario.run('status', id, '--json').out).toEqual(told);
  expect(scenario.executions()).toEqual({ held: 1, after: 1 });
  expect(scenario.run('resume', id)).toMatchObject({ code: 0, err: expect.stringContaining('there is nothing to go on with') as string });
}, 30_000);

test('a step that has its effect once is not begun again by whoever takes over, until somebody decides', async () => {
  using scenario = openHolding(holding({ once: true }));
  const owner = scenario.start(['run', 'workflow.yml'], findUnshare());
  await scenario.executed('hold');
  const id = runIdIn(scenario);
  owner.signal('SIGSTOP');
  await openGate(scenario);
  const paused = scenario.run('resume', id, '--take-over');
  expect([paused.code, paused.err]).toEqual([4, expect.stringContaining('hold')]);
  owner.signal('SIGCONT');
  expect((await owner.ended).code).toBe(1);
  expect(scenario.executions()).toEqual({ before: 1, hold: 1, held: 1 });
  const done = scenario.run('resume', id, '--mark-done', 'hold', '--reason', 'its line is there');
  expect([done.code, scenario.executions()]).toEqual([0, { after: 1 }]);
}, 30_000);
