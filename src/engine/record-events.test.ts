import { createManualClock } from '../../test/fakes/manual-clock.js';
import { createMemoryRunStore } from '../../test/fakes/memory-run-store.js';
import { parseForTest } from '../../test/rig/parse-text.js';
import { startRig } from '../../test/rig/run-rig.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import type { RunEvent } from '../core/run/run-event.js';
import { createRunPlan } from '../core/run/run-plan.js';
import { createRunState } from '../core/run/run-state.js';
import { createEventRecorder } from './record-events.js';

const text = 'name: w\nsteps: [{ id: a, command: x }]';

function parse(source: string): ParsedWorkflow {
  const { parsed } = parseForTest(source);
  if (parsed === undefined) throw new Error('the workflow of the test is wrong');
  return parsed;
}

test.each([0, 1, 2, 3, 4])('a success that is not written down is told to nobody: the disk takes %i records', async (room) => {
  const rig = startRig(text);
  (await rig.started('a')).exits(0);
  await rig.ended();
  const { events } = rig.store;
  const plan = createRunPlan(parse(text));
  const store = createMemoryRunStore(room);
  const told: RunEvent['kind'][] = [];
  const reasons: string[] = [];
  const recorder = createEventRecorder({
    plan, state: createRunState(plan), clock: createManualClock(),
    store,
    reporter: { onEvent: ({ kind }) => void told.push(kind), onOutput: () => undefined },
    onUnwritten: (reason) => void reasons.push(reason),
  });
  for (const event of events) recorder.record(event);
  recorder.flush();
  expect(told.includes('attempt-ended')).toBe(store.events.some(({ kind }) => kind === 'attempt-ended'));
  expect(told.includes('run-ended')).toBe(store.events.some(({ kind }) => kind === 'run-ended'));
  expect(reasons).toEqual(store.events.length === events.length ? [] : ['no space is left']);
  expect(recorder.isLost()).toBe(store.events.length < events.length);
});
