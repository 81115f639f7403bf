import { describeEnd, describeRun, startRig } from '../../../test/rig/run-rig.js';

/** Servers: when they are ready, when they are stopped, and what becomes of one that ends by itself. */

const server = (background: string, more = ''): string => `steps: [{ id: web, command: serve, background: ${background} }, { id: test, command: x }${more}]`;

test('without ready it is done when its process is there, and is stopped at the end of the run', async () => {
  const rig = startRig(`${server('true')}\nfinally: [{ id: z, command: x }]`);
  const web = await rig.started('web');
  (await rig.started('test')).exits(0);
  const z = await rig.started('z');
  expect(web.stops).toEqual([]);
  z.exits(0);
  const state = await rig.ended();
  expect(web.stops).toHaveLength(1);
  expect(describeRun(state)).toEqual(['web:succeeded', 'test:succeeded', 'z:succeeded']);
  expect(describeEnd(state)).toBe('succeeded go');
});

test.each(['stdout', 'stderr'] as const)('ready by what it says on %s', async (stream) => {
  const rig = startRig(server('{ ready: { log: "^listening on \\\\d+$", interval: 1s } }'));
  const web = await rig.started('web');
  web.says('starting\n', stream);
  await rig.pass(1_000);
  expect(await rig.running()).toEqual(['web']);
  web.says('listening on 80\n', stream);
  await rig.pass(1_000);
  expect(await rig.running()).toEqual(['test', 'web']);
});

test('ready by a command that exits 0', async () => {
  const rig = startRig(server('{ ready: { run: "probe it", interval: 1s } }'));
  await rig.started('web');
  (await rig.started('web')).exits(1);
  await rig.pass(1_000);
  (await rig.started('web')).exits(0);
  expect(await rig.running()).toEqual(['test', 'web']);
});

test('ready by an address that answers without an error', async () => {
  const rig = startRig(server('{ ready: { url: "http://localhost:80", interval: 1s } }'));
  await rig.pass(1_000);
  rig.answers.set('http://localhost:80', 503);
  await rig.pass(1_000);
  expect(await rig.running()).toEqual(['web']);
  rig.answers.set('http://localhost:80', 200);
  await rig.pass(1_000);
  expect(await rig.running()).toEqual(['test', 'web']);
});

test.each([
  ['{ log: never, interval: 1s, timeout: 3s }', 'it was not ready after 3 s: /never/ is not in its output'],
  ['{ log: "{{ inputs.bad }}", interval: 1s, timeout: 3s }', 'it was not ready after 3 s: /(/ is no regular expression'],
  ['{ url: "http://x", interval: 1s, timeout: 3s }', 'it was not ready after 3 s: http://x does not answer: refused'],
])('not ready in time by %s: it is stopped, and the step has failed', async (ready, message) => {
  const rig = startRig(`inputs: { bad: { type: string } }\n${server(`{ ready: ${ready} }`)}`, { inputs: { bad: '(' } });
  const web = await rig.started('web');
  for (let second = 0; second < 3; second++) await rig.pass(1_000);
  expect(web.stops).toHaveLength(1);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['web:failed(TG3109)', 'test:skipped(need)']);
  expect(state.steps.get('web')?.failure?.message).toBe(message);
});

test.each([0, 1])('ends by itself with %i before it is ready', async (code) => {
  const rig = startRig(server('{ ready: { log: never } }'));
  (await rig.started('web')).exits(code);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['web:failed(TG3110)', 'test:skipped(need)']);
});

test('ends by itself while it is needed: its step has failed, what runs goes on, finally sees it', async () => {
  const rig = startRig(`phases: [{ id: one, steps: [{ id: web, command: serve, background: true }] }, { id: two, steps: [{ id: test, command: x }] }]\nfinally: [{ id: y, command: x, when: success() }, { id: z, command: x, when: failure() }]`);
  const web = await rig.started('web');
  const test = await rig.started('test');
  web.exits(0);
  await rig.settle();
  test.exits(0);
  (await rig.started('z')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['web:failed(TG3110)', 'test:succeeded', 'y:skipped(when)', 'z:succeeded']);
  expect(describeEnd(state)).toBe('failed no-go');
});

test('ends by itself while it is needed: what has not begun is left out', async () => {
  const rig = startRig('steps: [{ id: web, command: serve, background: true }, { id: test, command: x }, { id: after, command: x }]');
  const web = await rig.started('web');
  const test = await rig.started('test');
  web.exits(1);
  await rig.settle();
  test.exits(0);
  expect(describeRun(await rig.ended())).toEqual(['web:failed(TG3110)', 'test:succeeded', 'after:skipped(need)']);
});

test('ends by itself while tolerated', async () => {
  const rig = startRig('steps: [{ id: web, command: serve, background: true, continue_on_error: true }, { id: test, command: x }]');
  (await rig.started('web')).exits(1);
  (await rig.started('test')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['web:~failed(TG3110)', 'test:succeeded']);
  expect(describeEnd(state)).toBe('succeeded go');
});

test('stop: phase ends it before the next phase starts', async () => {
  const rig = startRig('phases: [{ id: one, steps: [{ id: web, command: serve, background: { stop: phase }, kill_after: 7s }, { id: a, command: x }] }, { id: two, steps: [{ id: b, command: x }] }]');
  const web = await rig.started('web');
  web.isStubborn();
  (await rig.started('a')).exits(0);
  expect(await rig.running()).toEqual(['web']);
  expect(web.stops).toEqual([{ signal: 'SIGTERM', killAfterMs: 7_000 }]);
  web.isKilledBy('SIGKILL');
  expect(await rig.running()).toEqual(['b']);
  (await rig.started('b')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['web:succeeded', 'a:succeeded', 'b:succeeded']);
  expect(describeEnd(state)).toBe('succeeded go');
});

test('stop: never leaves it running', async () => {
  const rig = startRig(server('{ stop: never }'));
  const web = await rig.started('web');
  (await rig.started('test')).exits(0);
  expect(describeEnd(await rig.ended())).toBe('succeeded go');
  expect(web.stops).toEqual([]);
  expect(await rig.running()).toEqual(['web']);
});

test('a stop of the run ends it after finally, and a second one at once', async () => {
  const rig = startRig(`${server('true')}\nfinally: [{ id: z, command: x }]`);
  const web = await rig.started('web');
  web.isStubborn();
  rig.going.stop('SIGINT');
  (await rig.started('z')).exits(0);
  await rig.settle();
  expect(web.stops).toEqual([{ signal: 'SIGTERM', killAfterMs: 3_000 }]);
  rig.going.stop('SIGINT');
  await rig.settle();
  expect(web.stops).toEqual([{ signal: 'SIGTERM', killAfterMs: 3_000 }, { signal: 'SIGTERM', killAfterMs: 0 }]);
  web.isKilledBy('SIGKILL');
  expect(describeEnd(await rig.ended())).toBe('cancelled no-go');
});

test('a stop while it is not ready ends it', async () => {
  const rig = startRig(server('{ ready: { log: never } }'));
  const web = await rig.started('web');
  rig.going.stop('SIGINT');
  await rig.settle();
  expect(web.stops).toHaveLength(1);
  expect(describeRun(await rig.ended())).toEqual(['web:cancelled', 'test:skipped(cancelled)']);
});

test('one whose command has no value was never up', async () => {
  const rig = startRig('steps: [{ id: a, command: x, when: "1 == 2", outputs: { o: { regex: x } } }, { id: web, command: "serve {{ a.outputs.o }}", background: true }, { id: test, command: x }]');
  const state = await rig.ended();
  expect(rig.processes.all).toEqual([]);
  expect(describeRun(state)[2]).toBe('test:skipped(need)');
  expect(state.steps.get('web')?.failure?.kind).toBe('expression');
});

test('it has no time limit of its own, its log goes on after it is ready, and each cell is a server', async () => {
  const rig = startRig('steps: [{ id: web, command: serve, background: true, matrix: { n: [1, 2] } }, { id: test, command: x, timeout: none }]');
  const [one, two] = [await rig.started('web[0]'), await rig.started('web[1]')];
  const waits = await rig.started('test');
  await rig.pass(5 * 3_600_000);
  one.says('hello\n');
  two.says('again\n');
  waits.exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['web:succeeded', 'test:succeeded']);
  expect([rig.store.log('web.1'), rig.store.log('web.2')]).toEqual(['hello\n', 'again\n']);
  expect([rig.store.isClosed('web.1'), rig.store.isClosed('web.2')]).toEqual([true, true]);
});

test('what a step left running goes on until finally is over; then it is ended and named, and a server that stays is not', async () => {
  const rig = startRig('steps: [{ id: web, command: serve, background: { stop: never } }, { id: a, command: x, kill_after: 4s }, { id: b, command: x, matrix: { n: [1, 2] } }]\nfinally: [{ id: z, command: x }]');
  (await rig.started('a')).exits(0);
  rig.processes.left.push({ pid: 1, mark: 'run/web/0/1', command: 'serve' }, { pid: 2, mark: 'run/a/0/1', command: 'sleep 1000' }, { pid: 3, mark: 'run/b/1/1', command: 'sleep 2000' }, { pid: 4, mark: 'other/a/0/1', command: 'sleep 3000' });
  (await rig.started('b[0]')).exits(0);
  (await rig.started('b[1]')).exits(0);
  const z = await rig.started('z');
  expect(rig.processes.endings).toEqual([]);
  z.exits(0);
  expect(describeEnd(await rig.ended())).toBe('succeeded go');
  expect(rig.processes.endings).toEqual([['run/a/0/1', { signal: 'SIGTERM', killAfterMs: 4_000 }], ['run/b/1/1', { signal: 'SIGTERM', killAfterMs: 10_000 }]]);
  expect([rig.store.log('a'), rig.store.log('b.2'), rig.store.log('web')]).toEqual(['left running, and ended by Tollgate: sleep 1000\n', 'left running, and ended by Tollgate: sleep 2000\n', '']);
});
