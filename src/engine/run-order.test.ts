import { describeEnd, describePhases, describeRun, startRig } from '../../test/rig/run-rig.js';

/** What runs when: order, needs, limits, locks, groups, matrices. */

test('steps run in order, each after the one before', async () => {
  const rig = startRig('steps: [{ id: a, command: one }, { id: b, command: two }]');
  expect(await rig.running()).toEqual(['a']);
  (await rig.started('a')).exits(0);
  expect(await rig.running()).toEqual(['b']);
  (await rig.started('b')).exits(0);
  expect(describeEnd(await rig.ended())).toBe('succeeded go');
  expect(rig.clock.waiting()).toBe(0);
});

test('nothing starts before all that it needs has ended, and what needs nothing starts at once', async () => {
  const rig = startRig('steps: [{ id: a, command: x }, { id: b, command: x, needs: [] }, { id: c, command: x, needs: [a, b] }, { id: d, command: "echo {{ b.outcome }}", needs: [] }]');
  expect(await rig.running()).toEqual(['a', 'b']);
  (await rig.started('b')).exits(0);
  expect(await rig.running()).toEqual(['a', 'd']);
  (await rig.started('a')).exits(0);
  expect(await rig.running()).toEqual(['c', 'd']);
  (await rig.started('c')).exits(0);
  (await rig.started('d')).exits(0);
  expect(describeEnd(await rig.ended())).toBe('succeeded go');
});

test('no more than max_parallel of the run are under way', async () => {
  const rig = startRig('steps: [{ id: a, command: x, needs: [] }, { id: b, command: x, needs: [] }, { id: c, command: x, needs: [] }]', { maxParallel: 2 });
  expect(await rig.running()).toEqual(['a', 'b']);
  (await rig.started('b')).exits(1);
  expect(await rig.running()).toEqual(['a', 'c']);
  (await rig.started('a')).exits(0);
  (await rig.started('c')).exits(0);
  expect(describeRun(await rig.ended())).toEqual(['a:succeeded', 'b:failed(TG3101)', 'c:succeeded']);
});

test('a group holds its own limit, and the next step needs all of it', async () => {
  const rig = startRig('steps: [{ parallel: [{ id: a, command: x }, { id: b, command: x }, { id: c, command: x }], max_parallel: 2 }, { id: d, command: x }]');
  expect(await rig.running()).toEqual(['a', 'b']);
  (await rig.started('a')).exits(0);
  expect(await rig.running()).toEqual(['b', 'c']);
  (await rig.started('b')).exits(0);
  expect(await rig.running()).toEqual(['c']);
  (await rig.started('c')).exits(0);
  expect(await rig.running()).toEqual(['d']);
});

test('a matrix holds its own limit, and its outputs are lists in declared order', async () => {
  const rig = startRig(`
steps:
  - { id: test, command: "run {{ matrix.n }}", matrix: { n: [1, 2, 3], max_parallel: 2 }, outputs: { out: { regex: "got (.*)" } } }
  - { id: after, command: "echo {{ join(test.outputs.out, '+') }} {{ join(test.exit_code, '+') }} {{ test.outcome }}" }
outputs: { all: { value: "{{ test.outputs.out }}" } }
`);
  expect(await rig.running()).toEqual(['test[0]', 'test[1]']);
  const second = await rig.started('test[1]');
  second.says('got two\n');
  second.exits(0);
  expect(await rig.running()).toEqual(['test[0]', 'test[2]']);
  for (const [name, word] of [['test[2]', 'three'], ['test[0]', 'one']] as const) {
    const cell = await rig.started(name);
    cell.says(`got ${word}\n`);
    cell.exits(0);
  }
  const after = await rig.started('after');
  expect(Object.values(after.command.env)).toEqual(expect.arrayContaining(['one+two+three', '0+0+0', 'succeeded']));
  after.exits(0);
  expect((await rig.ended()).outputs).toEqual({ all: ['one', 'two', 'three'] });
});

test('without fail_fast the other cells go on; the worst is what the step came to', async () => {
  const rig = startRig('steps: [{ id: test, command: x, matrix: { n: [1, 2] }, outputs: { o: { regex: "(.+)" } } }, { id: after, command: "{{ x }}", needs: [] }]'.replace('{ id: after, command: "{{ x }}", needs: [] }', "{ id: after, command: \"echo {{ toJSON(test.outputs.o) }}\", when: 'always()' }"));
  (await rig.started('test[0]')).exits(1);
  expect(await rig.running()).toEqual(['test[1]']);
  const second = await rig.started('test[1]');
  second.says('two\n');
  second.exits(0);
  const after = await rig.started('after');
  expect(Object.values(after.command.env).some((value) => JSON.stringify(JSON.parse(value.startsWith('[') ? value : '0')) === '[null,"two"]')).toBe(true);
  after.exits(0);
  expect(describeRun(await rig.ended())).toEqual(['test:failed(TG3101)', 'after:succeeded']);
});

test('fail_fast ends the cells that run, starts no further one and tries none again', async () => {
  const rig = startRig('steps: [{ id: test, command: x, matrix: { n: [1, 2, 3, 4], fail_fast: true, max_parallel: 3 }, retry: { attempts: 2, delay: 10s, on: [exit_code: [7]] } }]');
  const [first, second, third] = [await rig.started('test[0]'), await rig.started('test[1]'), await rig.started('test[2]')];
  first.exits(7);
  expect(await rig.running()).toEqual(['test[1]', 'test[2]', 'test[3]']);
  second.exits(1);
  await rig.settle();
  expect(third.stops).toEqual([{ signal: 'SIGTERM', killAfterMs: 10_000 }]);
  await rig.pass(60_000);
  expect(await rig.running()).toEqual([]);
  const state = await rig.ended();
  expect(state.steps.get('test')?.cells.map(({ status }) => status)).toEqual(['failed', 'failed', 'cancelled', 'cancelled']);
  expect(describeEnd(state)).toBe('failed no-go');
});

test('an empty matrix is skipped with empty lists, which stops nobody', async () => {
  const rig = startRig('steps: [{ id: list, command: x }, { id: test, command: x, matrix: "{{ fromJSON(list.stdout) }}", outputs: { o: { regex: x } } }, { id: after, command: "echo {{ toJSON(test.outputs.o) }} {{ toJSON(test.stdout) }} {{ test.outcome }}" }]');
  const list = await rig.started('list');
  list.says('[]\n');
  list.exits(0);
  const after = await rig.started('after');
  expect(Object.values(after.command.env).filter((value) => value === '[]')).toHaveLength(2);
  after.exits(0);
  expect(describeRun(await rig.ended())).toEqual(['list:succeeded', 'test:skipped(empty-matrix)', 'after:succeeded']);
});

test('steps that share a lock never run side by side, in and out of a matrix', async () => {
  const rig = startRig('steps: [{ id: a, command: x, needs: [], locks: [db] }, { id: b, command: x, needs: [], locks: [net, db] }, { id: c, command: x, needs: [], locks: [net] }, { id: d, command: x, needs: [], matrix: { n: [1, 2] }, locks: [own] }]');
  expect(await rig.running()).toEqual(['a', 'c', 'd[0]']);
  (await rig.started('a')).exits(0);
  expect(await rig.running()).toEqual(['c', 'd[0]']);
  (await rig.started('c')).exits(0);
  expect(await rig.running()).toEqual(['b', 'd[0]']);
  (await rig.started('d[0]')).exits(0);
  expect(await rig.running()).toEqual(['b', 'd[1]']);
});

test('what is left out still waits for what it needs', async () => {
  const rig = startRig(`
phases:
  - { id: one, steps: [{ id: a, command: x }] }
  - { id: two, needs: [], when: failure(), steps: [{ id: b, command: "echo {{ a.outcome }}" }] }
  - { id: three, steps: [{ id: c, command: "echo {{ b.outcome }}" }] }
`);
  expect(await rig.running()).toEqual(['a']);
  (await rig.started('a')).exits(0);
  (await rig.started('c')).exits(0);
  expect(describeRun(await rig.ended())).toEqual(['a:succeeded', 'b:skipped(when)', 'c:succeeded']);
});

test('phases run in order, or by needs; the next waits for every step', async () => {
  const rig = startRig(`
phases:
  - { id: one, steps: [{ id: a, command: x }] }
  - { id: two, needs: [], steps: [{ id: b, command: x }] }
  - { id: three, needs: [one], steps: [{ id: c, command: x }] }
  - { id: four, steps: [{ id: d, command: x, needs: [] }] }
`);
  expect(await rig.running()).toEqual(['a', 'b']);
  (await rig.started('a')).exits(0);
  expect(await rig.running()).toEqual(['b', 'c']);
  (await rig.started('b')).exits(1);
  (await rig.started('c')).exits(0);
  (await rig.started('d')).exits(0);
  const state = await rig.ended();
  expect(describePhases(state)).toEqual(['one:go(succeeded)', 'two:no-go(failed)', 'three:go(succeeded)', 'four:go(succeeded)']);
  expect(describeEnd(state)).toBe('failed no-go');
});
