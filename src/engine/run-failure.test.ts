import { describeEnd, describePhases, describeRun, startRig } from '../../test/rig/run-rig.js';
import { stepTypes } from '../steps/index.js';

/** What becomes of a run when something does not succeed. */

test('what needs a step that failed is skipped, and that is passed on; the rest goes on', async () => {
  const rig = startRig('steps: [{ id: a, command: x }, { id: b, command: x }, { id: c, command: x }, { id: d, command: x, needs: [] }]');
  (await rig.started('a')).exits(2);
  expect(await rig.running()).toEqual(['d']);
  (await rig.started('d')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['a:failed(TG3101)', 'b:skipped(need)', 'c:skipped(need)', 'd:succeeded']);
  expect(describeEnd(state)).toBe('failed no-go');
});

test('retry waits longer each time, up to max_delay, and jitter takes away up to half', async () => {
  const chances = [1, 0];
  const rig = startRig('steps: [{ id: a, command: x, retry: { attempts: 4, delay: 10s, factor: 3, max_delay: 40s } }]', { chance: () => chances.shift() ?? 1 });
  for (const [attempt, wait] of [[1, 10_000], [2, 15_000], [3, 40_000]] as const) {
    (await rig.started('a')).exits(attempt);
    await rig.pass(wait - 1);
    expect(await rig.running()).toEqual([]);
    await rig.pass(1);
    expect(await rig.running()).toEqual(['a']);
  }
  (await rig.started('a')).exits(0);
  const state = await rig.ended();
  expect(state.steps.get('a')?.cells[0]).toMatchObject({ status: 'succeeded', attempts: 4 });
  expect(state.steps.get('a')?.failure).toBeNull();
});

test.each(['false', '"{{ inputs.spread }}"'])('jitter: %s takes nothing away', async (jitter) => {
  const rig = startRig(`inputs: { spread: { type: boolean } }\nsteps: [{ id: a, command: x, retry: { attempts: 2, delay: 10s, jitter: ${jitter} } }]`, { chance: () => 0, inputs: { spread: false } });
  (await rig.started('a')).exits(1);
  await rig.pass(9_999);
  expect(await rig.running()).toEqual([]);
  await rig.pass(1);
  expect(await rig.running()).toEqual(['a']);
});

test.each([
  ['on: [failure]', 1, true],
  ['on: [timeout]', 1, false],
  ['on: [exit_code: [3, 4]]', 4, true],
  ['on: [exit_code: [3, 4]]', 1, false],
  ['on: [timeout, exit_code: [1]]', 1, true],
])('retry { %s }: exit code %i is tried again: %s', async (on, code, again) => {
  const rig = startRig(`steps: [{ id: a, command: x, retry: { attempts: 2, delay: 1s, ${on} } }]`);
  (await rig.started('a')).exits(code);
  await rig.pass(1_000);
  expect(await rig.running()).toEqual(again ? ['a'] : []);
});

test.each([['timeout', true], ['failure', false]])('a step whose time is over is ended, and tried again on %s: %s', async (on, again) => {
  const rig = startRig(`steps: [{ id: a, command: x, timeout: 5s, kill_after: 4s, retry: { attempts: 2, delay: 1s, on: [${on}] } }]`);
  const first = await rig.started('a');
  await rig.pass(4_999);
  expect(first.stops).toEqual([]);
  await rig.pass(1);
  expect(first.stops).toEqual([{ signal: 'SIGTERM', killAfterMs: 4_000 }]);
  await rig.pass(1_000);
  expect(await rig.running()).toEqual(again ? ['a'] : []);
  if (!again) expect(describeRun(await rig.ended())).toEqual(['a:failed(TG3104)']);
});

test('each attempt has the whole time, and one that ends in time disarms it', async () => {
  const rig = startRig('steps: [{ id: a, command: x, timeout: 5s }, { id: b, command: x, timeout: none }]');
  await rig.pass(4_000);
  (await rig.started('a')).exits(0);
  await rig.pass(3_600_000 * 2);
  expect(await rig.running()).toEqual(['b']);
});

test('defaults.retry does not apply to what is done once', async () => {
  const rig = startRig('defaults: { retry: { attempts: 2, delay: 1s } }\nsteps: [{ id: a, command: x, effects: once }, { id: b, command: x, needs: [] }]');
  (await rig.started('a')).exits(1);
  (await rig.started('b')).exits(1);
  await rig.pass(1_000);
  expect(await rig.running()).toEqual(['b']);
});

test('a step without a limit has an hour, a run six', async () => {
  const one = startRig('steps: [{ id: a, command: x }]');
  await one.pass(3_600_000);
  expect(describeRun(await one.ended())).toEqual(['a:failed(TG3104)']);
  const six = startRig('steps: [{ id: a, command: x, timeout: none }]');
  await six.pass(6 * 3_600_000);
  const state = await six.ended();
  expect(describeRun(state)).toEqual(['a:failed(TG3112)']);
  expect(describeEnd(state)).toBe('failed no-go');
});

test('the time of a phase: its steps end, what comes after is not begun', async () => {
  const rig = startRig(`
phases:
  - { id: one, timeout: 10s, steps: [{ id: a, command: x }, { id: b, command: x }, { id: c, command: x, when: always() }] }
  - { id: two, steps: [{ id: d, command: x }] }
finally: [{ id: z, command: "echo {{ phases.one.verdict }}", when: failure() }]
`);
  await rig.pass(10_000);
  (await rig.started('z')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['a:failed(TG3113)', 'b:skipped(timeout)', 'c:skipped(timeout)', 'd:skipped(phase)', 'z:succeeded']);
  expect(describePhases(state)).toEqual(['one:no-go(failed)', 'two:no-go(skipped need)']);
  expect(state.phases.get('one')?.failure?.code).toBe('TG3113');
  expect(describeEnd(state)).toBe('failed no-go');
});

test('the time of the run: finally still runs, the run has failed and is not cancelled', async () => {
  const rig = startRig("timeout: 10s\nsteps: [{ id: a, command: x }, { id: b, command: x }]\nfinally: [{ id: z, command: x }, { id: y, command: x, when: cancelled() }]");
  await rig.pass(10_000);
  (await rig.started('z')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['a:failed(TG3112)', 'b:skipped(timeout)', 'z:succeeded', 'y:skipped(when)']);
  expect(describeEnd(state)).toBe('failed no-go');
});

test('the time of the run is over while finally runs: the run fails, the verdict stays', async () => {
  const rig = startRig('timeout: 10s\nsteps: [{ id: a, command: x }]\nfinally: [{ id: z, command: x }]');
  (await rig.started('a')).exits(0);
  await rig.pass(10_000);
  (await rig.started('z')).exits(0);
  expect(describeEnd(await rig.ended())).toBe('failed go');
});

test.each([['timeout: "{{ inputs.t }}"', 'the run'], ['phases', 'a phase']])('a time limit that cannot be read is no limit that nobody knows of (%s)', async (_text, whose) => {
  const head = 'inputs: { t: { type: string } }\n';
  const rig = whose === 'the run' ? startRig(`${head}timeout: "{{ inputs.t }}"\nsteps: [{ id: a, command: x }]`, { inputs: { t: 'soon' } }) : startRig(`${head}phases: [{ id: p, timeout: "{{ inputs.t }}", steps: [{ id: a, command: x }] }]`, { inputs: { t: 'soon' } });
  const state = await rig.ended();
  expect(describeEnd(state)).toBe('failed no-go');
  expect((whose === 'the run' ? state.stop?.failure : state.phases.get('p')?.failure)?.code).toBe('TG3115');
  expect(rig.processes.all).toEqual([]);
});

test('continue_on_error: those that need it see success, and the phase is GO', async () => {
  const rig = startRig('steps: [{ id: a, command: x, continue_on_error: true }, { parallel: [{ id: b, command: x }], continue_on_error: true }, { id: c, command: "echo {{ a.outcome }}", when: success() }]');
  (await rig.started('a')).exits(1);
  (await rig.started('b')).exits(1);
  const last = await rig.started('c');
  expect(Object.values(last.command.env)).toContain('failed');
  last.exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['a:~failed(TG3101)', 'b:~failed(TG3101)', 'c:succeeded']);
  expect(describeEnd(state)).toBe('succeeded go');
});

test('continue_on_error tolerates a condition without an answer too', async () => {
  const rig = startRig("inputs: { n: { type: number } }\nsteps: [{ id: a, command: x, continue_on_error: true, when: 'inputs.n > 1' }]", { inputs: { n: null } });
  expect(describeRun(await rig.ended())).toEqual(['a:~failed(TG3107)']);
});

test('a condition of a group without an answer fails its steps, in finally too', async () => {
  const rig = startRig("inputs: { n: { type: number } }\nsteps: [{ id: a, command: x }]\nfinally: [{ when: 'inputs.n > 1', parallel: [{ id: b, command: x }] }]", { inputs: { n: null } });
  (await rig.started('a')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['a:succeeded', 'b:failed(TG3107)']);
  expect(describeEnd(state)).toBe('failed go');
});

test('a setting of a group that is none fails its steps', async () => {
  const rig = startRig("inputs: { n: { type: string } }\nsteps: [{ max_parallel: '{{ inputs.n }}', parallel: [{ id: b, command: x }] }]", { inputs: { n: 'many' } });
  expect(describeRun(await rig.ended())).toEqual(['b:failed(TG3115)']);
});

describe('an assert that ends the run', () => {
  const text = `
phases:
  - id: one
    steps: [{ id: long, command: x, needs: [] }, { id: enough, type: assert, needs: [], condition: 1 == 2, message: nothing to do, on_false: end }, { id: next, command: x }, { id: more, command: x, needs: [long], when: always() }]
  - { id: two, when: always(), steps: [{ id: d, command: x }] }
finally: [{ id: z, command: x, when: success() }, { id: y, command: x, when: failure() }]
`;
  test('no further step starts, running ones end, the verdict is GO', async () => {
    const rig = startRig(text);
    expect(await rig.running()).toEqual(['long']);
    (await rig.started('long')).exits(0);
    (await rig.started('z')).exits(0);
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['long:succeeded', 'enough:succeeded', 'next:skipped(ended-early)', 'more:skipped(ended-early)', 'd:skipped(ended-early)', 'z:succeeded', 'y:skipped(when)']);
    expect(describePhases(state)).toEqual(['one:go(succeeded)', 'two:go(skipped ended-early)']);
    expect(describeEnd(state)).toBe('succeeded go');
    expect(state.endedEarly).toEqual({ step: 'enough', message: 'nothing to do' });
  });

  test('the failure of a step that runs still fails the run', async () => {
    const rig = startRig(text);
    (await rig.started('long')).exits(1);
    (await rig.started('y')).exits(0);
    const state = await rig.ended();
    expect(describePhases(state)).toEqual(['one:no-go(failed)', 'two:go(skipped ended-early)']);
    expect(describeEnd(state)).toBe('failed no-go');
  });
});

describe('when', () => {
  test('a false one is neutral, and without a status function it asks for success first', async () => {
    const rig = startRig('steps: [{ id: a, command: x, when: "1 == 2" }, { id: b, command: x }, { id: c, command: x, when: "1 == 1" }, { id: d, command: x, when: always() }, { id: e, command: x }]');
    (await rig.started('b')).exits(1);
    (await rig.started('d')).exits(0);
    expect(describeRun(await rig.ended())).toEqual(['a:skipped(when)', 'b:failed(TG3101)', 'c:skipped(need)', 'd:succeeded', 'e:skipped(need)']);
  });

  test('status functions speak of all that is needed, transitively and across phases', async () => {
    const rig = startRig(`
phases:
  - { id: one, steps: [{ id: a, command: x }] }
  - { id: two, when: failure(), steps: [{ id: b, command: x }, { id: c, command: x, when: failure() }] }
  - { id: three, steps: [{ id: d, command: x }] }
  - { id: four, when: always(), steps: [{ id: e, command: x, when: "failure() && phases.one.verdict == 'no-go'" }] }
  - { id: five, needs: [], when: success(), steps: [{ id: f, command: x, when: failure() }] }
`);
    (await rig.started('a')).exits(1);
    (await rig.started('b')).exits(0);
    (await rig.started('c')).exits(0);
    (await rig.started('e')).exits(0);
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['a:failed(TG3101)', 'b:succeeded', 'c:succeeded', 'd:skipped(phase)', 'e:succeeded', 'f:skipped(when)']);
    expect(describePhases(state)).toEqual(['one:no-go(failed)', 'two:go(succeeded)', 'three:no-go(skipped need)', 'four:go(succeeded)', 'five:go(succeeded)']);
  });

  test('a phase that is skipped by its own is GO; one behind it goes on', async () => {
    const rig = startRig('phases: [{ id: one, when: failure(), steps: [{ id: a, command: x, when: always() }] }, { id: two, steps: [{ id: b, command: x }] }]');
    (await rig.started('b')).exits(0);
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['a:skipped(when)', 'b:succeeded']);
    expect(describePhases(state)).toEqual(['one:go(skipped when)', 'two:go(succeeded)']);
    expect(describeEnd(state)).toBe('succeeded go');
  });

  test('a phase whose condition has no answer fails, and none of its steps starts', async () => {
    const rig = startRig("inputs: { n: { type: number } }\nphases: [{ id: one, when: 'inputs.n > 1', steps: [{ id: a, command: x }] }]", { inputs: { n: null } });
    const state = await rig.ended();
    expect(describePhases(state)).toEqual(['one:no-go(failed)']);
    expect(state.phases.get('one')?.failure?.code).toBe('TG3107');
    expect(rig.processes.all).toEqual([]);
  });

  test('a group that enters after a failure runs its steps, and what comes after still sees the failure', async () => {
    const rig = startRig('steps: [{ id: a, command: x }, { when: failure(), parallel: [{ id: b, command: x }, { id: c, command: x, when: failure() }] }, { id: d, command: x }]');
    (await rig.started('a')).exits(1);
    (await rig.started('b')).exits(0);
    (await rig.started('c')).exits(0);
    expect(describeRun(await rig.ended())).toEqual(['a:failed(TG3101)', 'b:succeeded', 'c:succeeded', 'd:skipped(need)']);
  });
});

describe('finally', () => {
  const last = 'finally: [{ id: y, command: x }, { id: z, command: x }]';

  test.each([[0, 'succeeded go'], [1, 'failed no-go']])('runs in order after exit code %i', async (code, end) => {
    const rig = startRig(`steps: [{ id: a, command: x }]\n${last}`);
    (await rig.started('a')).exits(code);
    expect(await rig.running()).toEqual(['y']);
    (await rig.started('y')).exits(0);
    (await rig.started('z')).exits(0);
    expect(describeEnd(await rig.ended())).toBe(end);
  });

  test('each runs whatever the one before did; its failure fails the run and changes no verdict', async () => {
    const rig = startRig(`steps: [{ id: a, command: x }]\n${last}`);
    (await rig.started('a')).exits(0);
    (await rig.started('y')).exits(1);
    (await rig.started('z')).exits(0);
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['a:succeeded', 'y:failed(TG3101)', 'z:succeeded']);
    expect(describeEnd(state)).toBe('failed go');
  });
});

describe('nothing can be written down any more', () => {
  const text = 'steps: [{ id: a, command: x }, { id: b, command: x, effects: once }]';

  /** Every process ends well at once. */
  async function playWith(room?: number): Promise<{ readonly rig: ReturnType<typeof startRig>; readonly state: Awaited<ReturnType<ReturnType<typeof startRig>['ended']>> }> {
    const rig = startRig(text, room === undefined ? {} : { room });
    for (;;) {
      const [next] = await rig.running();
      if (next === undefined) break;
      (await rig.started(next)).exits(0);
    }
    return { rig, state: await rig.ended() };
  }

  test('whenever that happens, the run has not succeeded, and nobody is asked about an effect that was not begun', async () => {
    const whole = (await playWith()).rig.store.events;
    expect(whole.at(-1)).toMatchObject({ kind: 'run-ended', status: 'succeeded' });
    for (let room = 0; room < whole.length; room++) {
      const { rig, state } = await playWith(room);
      expect(state.status).toBe('failed');
      expect(state.stop?.failure).toMatchObject({ code: 'TG3411', message: 'the run cannot be written down any more: no space is left' });
      expect(state.steps.get('b')?.status).not.toBe('indeterminate');
      // What was begun was written down before.
      const begun = rig.processes.all.map(({ place }) => place.split('/')[0]);
      expect(begun).toEqual(rig.store.events.flatMap((event) => (event.kind === 'attempt-started' ? [event.step] : [])));
    }
  });
});

describe('a stop', () => {
  const text = 'steps: [{ id: a, command: x, retry: { attempts: 3 } }, { id: b, command: x }]\nfinally: [{ id: y, command: x, when: cancelled() }, { id: z, command: x }]';

  test('once: what runs is ended, nothing new begins, finally runs', async () => {
    const rig = startRig(text);
    const first = await rig.started('a');
    rig.going.stop('SIGINT');
    await rig.settle();
    expect(first.stops).toEqual([{ signal: 'SIGTERM', killAfterMs: 3_000 }]);
    (await rig.started('y')).exits(0);
    (await rig.started('z')).exits(0);
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['a:cancelled', 'b:skipped(cancelled)', 'y:succeeded', 'z:succeeded']);
    expect(describePhases(state)).toEqual(['main:no-go(cancelled)']);
    expect(describeEnd(state)).toBe('cancelled no-go');
    expect(state.stop).toEqual({ cause: 'SIGINT', failure: null, hard: false });
  });

  test('twice: at once, even what was given time to end', async () => {
    const rig = startRig(text);
    const first = await rig.started('a');
    first.isStubborn();
    rig.going.stop('SIGINT');
    await rig.settle();
    rig.going.stop('SIGINT');
    await rig.settle();
    expect(first.stops).toEqual([{ signal: 'SIGTERM', killAfterMs: 3_000 }, { signal: 'SIGTERM', killAfterMs: 0 }]);
    first.isKilledBy('SIGKILL');
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['a:cancelled', 'b:skipped(cancelled)', 'y:skipped(cancelled)', 'z:skipped(cancelled)']);
    expect(describeEnd(state)).toBe('cancelled no-go');
  });

  test('twice in one breath is twice', async () => {
    const rig = startRig(text);
    await rig.started('a');
    rig.going.stop('SIGTERM');
    rig.going.stop('SIGTERM');
    const state = await rig.ended();
    expect(state.stop).toEqual({ cause: 'SIGTERM', failure: null, hard: true });
    expect(describeRun(state)).toEqual(['a:cancelled', 'b:skipped(cancelled)', 'y:skipped(cancelled)', 'z:skipped(cancelled)']);
  });

  test('twice while finally runs ends it', async () => {
    const rig = startRig(text);
    rig.going.stop('SIGINT');
    const y = await rig.started('y');
    rig.going.stop('SIGINT');
    await rig.settle();
    expect(y.stops).toHaveLength(1);
    expect(describeRun(await rig.ended())).toEqual(['a:cancelled', 'b:skipped(cancelled)', 'y:cancelled', 'z:skipped(cancelled)']);
  });

  test('while finally runs: it goes on, and what was proven stays proven', async () => {
    const rig = startRig('steps: [{ id: a, command: x }]\nfinally: [{ id: z, command: x }]');
    (await rig.started('a')).exits(0);
    const z = await rig.started('z');
    rig.going.stop('SIGINT');
    await rig.settle();
    expect(z.stops).toEqual([]);
    z.exits(0);
    expect(describeEnd(await rig.ended())).toBe('cancelled go');
  });

  test('after the time limit of the run, the first by a person does not end finally', async () => {
    const rig = startRig('timeout: 1s\nsteps: [{ id: a, command: x }]\nfinally: [{ id: z, command: x }]');
    await rig.pass(1_000);
    const z = await rig.started('z');
    rig.going.stop('SIGINT');
    await rig.settle();
    expect(z.stops).toEqual([]);
    z.exits(0);
    expect(describeEnd(await rig.ended())).toBe('failed no-go');
  });

  test('the time limit of a run that was stopped changes nothing', async () => {
    const rig = startRig('timeout: 10s\nsteps: [{ id: a, command: x }]\nfinally: [{ id: z, command: x }]');
    rig.going.stop('SIGINT');
    const z = await rig.started('z');
    await rig.pass(10_000);
    z.exits(0);
    expect(describeEnd(await rig.ended())).toBe('cancelled no-go');
  });

  test('a step that waits for its next attempt has failed', async () => {
    const rig = startRig(text);
    (await rig.started('a')).exits(1);
    await rig.settle();
    rig.going.stop('SIGINT');
    (await rig.started('y')).exits(0);
    (await rig.started('z')).exits(0);
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['a:failed(TG3101)', 'b:skipped(cancelled)', 'y:succeeded', 'z:succeeded']);
    expect(describeEnd(state)).toBe('cancelled no-go');
  });

  test('a step that is open and has not begun is left out with the reason, and its phase is no GO', async () => {
    const rig = startRig('steps: [{ id: a, command: x, needs: [] }, { id: b, command: x, needs: [] }]', { maxParallel: 1 });
    (await rig.started('a')).exits(0);
    rig.going.stop('SIGINT');
    const state = await rig.ended();
    expect(describeRun(state)[1]).toMatch(/^b:(?:cancelled|skipped\(cancelled\))$/u);
    expect(describePhases(state)).toEqual(['main:no-go(cancelled)']);
  });
});

describe('a fault of our own', () => {
  const faulty = stepTypes.map((type) => (type.name === 'assert' ? { ...type, execute: () => { throw new Error('oh'); } } : type));

  test('is a failure of the step, never tried again, and finally runs', async () => {
    const rig = startRig('steps: [{ id: a, type: assert, condition: 1 == 1, retry: { attempts: 3 } }]\nfinally: [{ id: z, command: x }]', { stepTypes: faulty });
    (await rig.started('z')).exits(0);
    const state = await rig.ended();
    expect(describeRun(state)).toEqual(['a:failed(TG3108)', 'z:succeeded']);
    expect(state.steps.get('a')?.failure).toMatchObject({ kind: 'crashed', message: 'a fault of Tollgate itself: oh' });
    expect(state.steps.get('a')?.cells[0]?.attempts).toBe(1);
  });

  test('a reporter that throws changes nothing', async () => {
    const rig = startRig('steps: [{ id: a, command: x }]', { reporter: { onEvent: () => { throw new Error('deaf'); }, onOutput: () => { throw new Error('deaf'); } } });
    const first = await rig.started('a');
    first.says('hello\n');
    first.exits(0);
    expect(describeEnd(await rig.ended())).toBe('succeeded go');
    expect(rig.store.log('a')).toBe('hello\n');
  });

  test('a log that throws fails the step, and what it started is ended', async () => {
    const rig = startRig('steps: [{ id: a, command: x }]');
    Object.assign(rig.store, { openLog: () => ({ write: () => { throw new Error('full'); }, close: () => undefined }) });
    const first = await rig.started('a');
    first.says('hello\n');
    await rig.settle();
    expect(first.stops).toHaveLength(1);
    expect(describeRun(await rig.ended())).toEqual(['a:failed(TG3108)']);
  });
});

describe('what a command came to', () => {
  test.each([
    ['bash: line 1: frob: command not found\n', 127, 'TG3103', 'the command frob was not found (exit code 127)'],
    ['sh: 1: frob: not found\n', 127, 'TG3103', 'the command frob was not found (exit code 127)'],
    ['', 127, 'TG3103', 'a command was not found (exit code 127)'],
    ['', 126, 'TG3114', 'a file of the command cannot be executed (exit code 126)'],
    ['', 137, 'TG3105', 'the command ended with exit code 137: SIGKILL; the kernel may have killed it because memory ran out'],
    ['', 1, 'TG3101', 'the command ended with exit code 1'],
  ])('says %j and exits %i', async (said, code, diagnostic, message) => {
    const rig = startRig('steps: [{ id: a, command: x }]');
    const first = await rig.started('a');
    if (said !== '') first.says(said, 'stderr');
    first.exits(code);
    const step = (await rig.ended()).steps.get('a');
    expect(step?.failure).toMatchObject({ code: diagnostic, message });
    expect(step?.cells[0]?.result?.tail).toEqual(said === '' ? [] : [said.trimEnd()]);
  });

  test('a signal that we did not send, and a shell that is not there', async () => {
    const killed = startRig('steps: [{ id: a, command: x }]');
    (await killed.started('a')).isKilledBy('SIGSEGV');
    expect((await killed.ended()).steps.get('a')?.failure).toMatchObject({ kind: 'signal', code: 'TG3105' });
    const lost = startRig('steps: [{ id: a, command: x }]');
    (await lost.started('a')).cannotStart('no-program');
    expect((await lost.ended()).steps.get('a')?.failure).toMatchObject({ kind: 'not-started', code: 'TG3103', message: 'bash was not found' });
  });

  test('ok_codes', async () => {
    const rig = startRig('steps: [{ id: a, command: x, ok_codes: [0, 3] }, { id: b, command: "echo {{ a.exit_code }}", ok_codes: [3] }]');
    (await rig.started('a')).exits(3);
    const second = await rig.started('b');
    expect(Object.values(second.command.env)).toContain('3');
    second.exits(0);
    expect((await rig.ended()).steps.get('b')?.failure?.message).toBe('the command ended with exit code 0; 3 would do');
  });
});

test('costly steps: left out without harm, unless they are required', async () => {
  const text = (costly: string): string => `steps: [{ id: a, command: x, costly: ${costly} }, { id: b, command: x }]`;
  const plain = startRig(text('true'));
  (await plain.started('b')).exits(0);
  const left = await plain.ended();
  expect(describeRun(left)).toEqual(['a:skipped(costly)', 'b:succeeded']);
  expect(describeEnd(left)).toBe('succeeded go');
  const required = await startRig(text('required')).ended();
  expect(describeRun(required)).toEqual(['a:skipped(costly-required)', 'b:skipped(need)']);
  expect(describeEnd(required)).toBe('failed no-go');
  const allowed = startRig(text('required'), { allowCostly: true });
  expect(await allowed.running()).toEqual(['a']);
});
