import * as fc from 'fast-check';
import { createFakeReuse } from '../../../test/fakes/fake-reuse.js';
import { describeEnd, describeRun, startRig } from '../../../test/rig/run-rig.js';
import type { RigOptions, RunRig } from '../../../test/rig/run-rig.js';
import type { RunEvent } from '../../core/run/run-event.js';
import { collectEarlier } from '../../core/run/resume/earlier-run.js';

/** What a run that goes on does again, and what it keeps. */

async function play(rig: RunRig, exit: (step: string) => number = () => 0, act: (step: string) => void = () => undefined): Promise<readonly string[]> {
  const executed: string[] = [];
  for (let running = await rig.running(); running.length > 0; running = await rig.running()) {
    const [step = ''] = running;
    const process = await rig.started(step);
    executed.push(step);
    act(step);
    process.exits(exit(step));
  }
  await rig.ended();
  return executed;
}

function goOn(text: string, events: readonly RunEvent[], options: RigOptions = {}): RunRig {
  const earlier = collectEarlier(events);
  return startRig(text, { ...options, ...(earlier === undefined ? {} : { earlier }) });
}

const three = 'steps: [{ id: a, command: x }, { id: b, command: x }, { id: c, command: x }]';

test('after a failure, what was done is kept and the run goes on at the failed step', async () => {
  const first = startRig(three);
  await play(first, (step) => (step === 'b' ? 1 : 0));
  const second = goOn(three, first.store.events);
  expect(await play(second)).toEqual(['b', 'c']);
  expect(describeEnd(second.going.state)).toBe('succeeded go');
  expect(second.going.state.steps.get('a')?.cells[0]).toMatchObject({ source: 'earlier', attempts: 1 });
});

test('a step that was edited is done again, and what needs it and has no key of its own', async () => {
  const first = startRig(three);
  await play(first, (step) => (step === 'c' ? 1 : 0));
  const edited = three.replace('{ id: a, command: x }', '{ id: a, command: y }');
  expect(await play(goOn(edited, first.store.events))).toEqual(['a', 'b', 'c']);
});

test('of a matrix only the cells that failed run again, wherever they stand by then', async () => {
  const text = (cells: string): string => `steps: [{ id: m, matrix: { n: [${cells}] }, command: 'x {{ matrix.n }}' }]`;
  const first = startRig(text('1, 2, 3, 4'));
  await play(first, (step) => (step === 'm[1]' || step === 'm[3]' ? 1 : 0));
  expect(await play(goOn(text('1, 2, 3, 4'), first.store.events))).toEqual(['m[1]', 'm[3]']);
  expect(await play(goOn(text('0, 1, 2, 3, 4'), first.store.events))).toEqual(['m[0]', 'm[2]', 'm[4]']);
});

const keyed = `
steps:
  - { id: base, command: x, inputs: [tests], outputs: { report: r1 }, cache: true }
  - { id: agent, command: x, inputs: [src], needs: [base] }
  - { id: verify, command: x, needs: [agent] }
`;

test('what the run itself changed undoes nothing; what a person changed since undoes what depends on it', async () => {
  const reuse = createFakeReuse({ src: '1', tests: '1' });
  const first = startRig(keyed, { reuse });
  await play(first, (step) => (step === 'verify' ? 1 : 0), (step) => {
    if (step === 'base') reuse.write('r1', 'report');
    // The agent writes what the first step has read.
    if (step === 'agent') reuse.write('tests', '2', first.clock.now());
  });
  const { stoppedAt } = collectEarlier(first.store.events) ?? { stoppedAt: 0 };
  expect(await play(goOn(keyed, first.store.events, { reuse }))).toEqual(['verify']);
  reuse.write('src', '2', stoppedAt + 1);
  expect(await play(goOn(keyed, first.store.events, { reuse }))).toEqual(['agent', 'verify']);
  reuse.write('src', '1', stoppedAt + 1);
  reuse.write('tests', '3', stoppedAt + 1);
  expect(await play(goOn(keyed, first.store.events, { reuse }), undefined, (step) => step === 'base' && reuse.write('r1', 'report'))).toEqual(['base', 'verify']);
});

test('what a step that was cut short was writing undoes nothing, however late it was written', async () => {
  const text = `
steps:
  - { id: base, command: x, inputs: [gen], outputs: { report: { value: r } } }
  - { id: writer, command: x, outputs: { gen: gen } }
`;
  const reuse = createFakeReuse({ 'gen/a': '1' });
  const first = startRig(text, { reuse });
  (await first.started('base')).exits(0);
  await first.started('writer');
  const killed = [...first.store.events];
  reuse.write('gen/a', '2', first.clock.now() + 60_000);
  expect(await play(goOn(text, killed, { reuse }))).toEqual(['writer']);
});

test('what an earlier step made and is gone is put back, or the step is done again, which undoes nothing', async () => {
  const reuse = createFakeReuse({ f: '1' });
  const text = `
steps:
  - { id: kept, command: x, inputs: [f], outputs: { o: out1 }, cache: true }
  - { id: plain, command: x, outputs: { o: out2 } }
  - { id: later, command: x }
  - { id: last, command: x }
`;
  const first = startRig(text, { reuse });
  const act = (step: string): void => {
    if (step === 'kept') reuse.write('out1', '1');
    if (step === 'plain') reuse.write('out2', '2');
  };
  await play(first, (step) => (step === 'last' ? 1 : 0), act);
  reuse.remove('out1');
  reuse.remove('out2');
  expect(await play(goOn(text, first.store.events, { reuse }), undefined, act)).toEqual(['plain', 'last']);
  expect(reuse.workspace.get('out1')).toMatchObject({ text: '1' });
});

test('in another work tree a shell step without outputs is done again, and one with an effect is not', async () => {
  const text = 'steps: [{ id: setup, command: x }, { id: deploy, command: x, effects: once }, { id: last, command: x }]';
  const first = startRig(text);
  await play(first, (step) => (step === 'last' ? 1 : 0));
  const events = first.store.events.map((event) => (event.kind === 'run-started' ? { ...event, tree: 'another' } : event));
  expect(await play(goOn(text, events))).toEqual(['setup', 'last']);
});

test('in another work tree values are there without a cache, files are not', async () => {
  const text = 'steps: [{ id: count, command: x, outputs: { n: { value: "7" } } }, { id: make, command: x, outputs: { file: made }, needs: [count] }, { id: last, command: x }]';
  const reuse = createFakeReuse({});
  const act = (step: string): void => {
    if (step === 'make') reuse.write('made', '1');
  };
  const first = startRig(text, { reuse });
  await play(first, (step) => (step === 'last' ? 1 : 0), act);
  const events = first.store.events.map((event) => (event.kind === 'run-started' ? { ...event, tree: 'another' } : event));
  expect(await play(goOn(text, events, { reuse }), undefined, act)).toEqual(['make', 'last']);
});

const once = 'steps: [{ id: a, command: x }, { id: deploy, command: x, effects: once }, { id: b, command: x }]\nfinally: [{ id: f, command: x }]';

test.each([
  ['ends with a code', (rig: RunRig) => rig.processes.all.at(-1)?.exits(1), 'failed no-go', ['a:succeeded', 'deploy:failed(TG3101)', 'b:skipped(need)', 'f:succeeded']],
  ['is ended by a signal', (rig: RunRig) => rig.processes.all.at(-1)?.isKilledBy('SIGKILL'), 'paused', ['a:succeeded', 'deploy:open', 'b:pending', 'f:pending']],
])('a step with an effect that %s', async (_how, end, ending, steps) => {
  const rig = startRig(once);
  (await rig.started('a')).exits(0);
  await rig.started('deploy');
  end(rig);
  if (ending.startsWith('failed')) (await rig.started('f')).exits(0);
  const state = await rig.ended();
  expect(describeEnd(state).trim()).toContain(ending);
  expect(describeRun(state)).toEqual(steps);
});

test('what was cut short in the middle of its effect waits for a word; with it the run goes on, and never starts it twice by itself', async () => {
  const rig = startRig(once);
  (await rig.started('a')).exits(0);
  await rig.started('deploy');
  const killed = [...rig.store.events];
  expect(collectEarlier(killed)?.undecided).toEqual([{ step: 'deploy', matrix: {} }]);
  const say = (decision: 'mark-done' | 'rerun'): readonly RunEvent[] => [...killed, { kind: 'step-decided', step: 'deploy', decision, reason: 'seen', by: 'me', at: 1 }];
  expect(collectEarlier(say('mark-done'))?.undecided).toEqual([]);
  expect(await play(goOn(once, say('mark-done')))).toEqual(['b', 'f']);
  expect(await play(goOn(once, say('rerun')))).toEqual(['deploy', 'b', 'f']);
});

/** Runs over random graphs, cut off after every record: whatever was done is not done again, and the end is the same. */
test('cut off anywhere, a run that goes on does what was not done, once, and ends as it would have ended', async () => {
  const graphs = fc.array(fc.record({ needs: fc.uniqueArray(fc.nat(5), { maxLength: 2 }), exits: fc.constantFrom(0, 0, 0, 1), cells: fc.constantFrom(0, 0, 2) }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(graphs, fc.nat(1_000), async (steps, cutAt) => {
      const text = `steps:\n${steps.map(({ needs, cells }, index) => `  - { id: s${index}, command: 'x${cells > 0 ? ' {{ matrix.n }}' : ''}', ${cells > 0 ? 'matrix: { n: [1, 2] }, ' : ''}needs: [${needs.filter((other) => other < index).map((other) => `s${other}`).join(', ')}] }`).join('\n')}`;
      const exit = (step: string): number => steps[Number(/\d+/u.exec(step)?.[0] ?? 0)]?.exits ?? 0;
      const whole = startRig(text);
      await play(whole, exit);
      const events = whole.store.events.slice(0, 1 + (cutAt % whole.store.events.length));
      const done = new Set(events.flatMap((event) => (event.kind === 'attempt-ended' && event.result.outcome === 'succeeded' ? [`${event.step}/${event.cell}`] : [])));
      const rest = goOn(text, events);
      await play(rest, exit);
      const started = rest.store.events.flatMap((event) => (event.kind === 'attempt-started' ? [`${event.step}/${event.cell}`] : []));
      expect(started.filter((name) => done.has(name))).toEqual([]);
      expect(new Set(started).size).toBe(started.length);
      expect(describeRun(rest.going.state)).toEqual(describeRun(whole.going.state));
      expect(describeEnd(rest.going.state)).toBe(describeEnd(whole.going.state));
    }),
    { numRuns: 150, seed: 20261121 },
  );
});

test('a result that could not be kept is where the run has left it, until somebody else writes there', async () => {
  const text = 'steps: [{ id: build, command: x, inputs: [src], outputs: { all: out/all }, cache: true }, { id: use, command: x }]';
  const resumeAfter = async (change: (reuse: ReturnType<typeof createFakeReuse>) => void): Promise<readonly string[]> => {
    const reuse = createFakeReuse({ src: '1' });
    reuse.broken = 'no space is left';
    const build = (step: string): void => (step === 'build' ? reuse.write('out/all', 'built') : undefined);
    const first = startRig(text, { reuse });
    await play(first, (step) => (step === 'use' ? 1 : 0), build);
    change(reuse);
    return await play(goOn(text, first.store.events, { reuse }), () => 0, build);
  };
  expect(await resumeAfter(() => undefined)).toEqual(['use']);
  expect(await resumeAfter((reuse) => reuse.write('out/all', 'mine', Infinity))).toEqual(['build', 'use']);
  expect(await resumeAfter((reuse) => reuse.remove('out/all'))).toEqual(['build', 'use']);
});
