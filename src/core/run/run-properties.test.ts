import fc from 'fast-check';
import { createRunState } from './run-state.js';
import { evolve } from './evolve.js';
import { describeAsModel, driveRun, readyWorkflow, workflows, writeWorkflow } from '../../../test/rig/random-run.js';
import { predictRun } from '../../../test/rig/run-model.js';

/** Runs over random graphs, in random orders; a counterexample is printed as a workflow. */
const orders = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });

function chanceOf(numbers: readonly number[]): (below: number) => number {
  let at = 0;
  return (below) => (numbers[at++ % numbers.length] ?? 0) % below;
}

function told<T>(workflow: Parameters<typeof writeWorkflow>[0], look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${writeWorkflow(workflow)}`);
  }
}

test('a run comes to what the contract says, in whatever order its steps end', () => {
  fc.assert(
    fc.property(workflows(false), orders, orders, fc.integer({ min: 1, max: 4 }), (workflow, one, other, maxParallel) => {
      const ready = readyWorkflow(workflow);
      const predicted = predictRun(workflow);
      told(workflow, () => {
        for (const order of [one, other]) expect(describeAsModel(driveRun(ready, { maxParallel, chance: chanceOf(order) }).state)).toEqual(predicted);
      });
    }),
    { numRuns: 300 },
  );
});

test('folding the events again gives the same state', () => {
  fc.assert(
    fc.property(workflows(true), orders, fc.option(fc.record({ after: fc.nat(12), twice: fc.boolean() }), { nil: undefined }), (workflow, order, stop) => {
      const ready = readyWorkflow(workflow);
      told(workflow, () => {
        const { state, events } = driveRun(ready, { maxParallel: 3, chance: chanceOf(order), stop });
        let again = createRunState(ready.plan);
        for (const event of events) again = evolve(ready.plan, again, event);
        expect(again).toEqual(state);
      });
    }),
    { numRuns: 100 },
  );
});

test('a stopped run ends, starts nothing more but finally, and is cancelled', () => {
  fc.assert(
    fc.property(workflows(false), orders, fc.record({ after: fc.nat(12), twice: fc.boolean() }), fc.integer({ min: 1, max: 4 }), (workflow, order, stop, maxParallel) => {
      const ready = readyWorkflow(workflow);
      told(workflow, () => {
        const { state, events } = driveRun(ready, { maxParallel, chance: chanceOf(order), stop });
        const wasStopped = events.some(({ kind }) => kind === 'run-stopped');
        const stepEnds = [...state.steps].map(([id, { status, skipped, cells }]) => ({ id, status, skipped, cells }));
        for (const step of stepEnds) {
          expect(['succeeded', 'failed', 'skipped', 'cancelled']).toContain(step.status);
          if (step.status === 'skipped') expect(step.skipped).not.toBeNull();
          if (step.status === 'succeeded') expect(step.cells.every(({ status }) => status === 'succeeded')).toBe(true);
        }
        if (!wasStopped) return;
        expect(state.status).toBe('cancelled');
        for (const [id, phase] of state.phases) {
          const steps = ready.plan.phases.get(id)!.steps.map((step) => state.steps.get(step)!);
          const isWhole = steps.every(({ status, skipped, tolerated }) => status === 'succeeded' || (status === 'failed' && tolerated) || (status === 'skipped' && (skipped?.reason === 'when' || skipped?.reason === 'empty-matrix')));
          expect(`${id} ${phase.verdict ?? '?'}`).toBe(`${id} ${isWhole ? 'go' : 'no-go'}`);
          if (steps.some(({ status, tolerated }) => status === 'failed' && !tolerated)) expect(phase.status).toBe('failed');
        }
      });
    }),
    { numRuns: 200 },
  );
});

test('a run that ends early starts nothing more, and only a step that fails keeps it from succeeding', () => {
  fc.assert(
    fc.property(workflows(true), orders, fc.integer({ min: 1, max: 4 }), (workflow, order, maxParallel) => {
      const ready = readyWorkflow(workflow);
      told(workflow, () => {
        const { state } = driveRun(ready, { maxParallel, chance: chanceOf(order) });
        if (state.endedEarly === null) return;
        const failed = ready.plan.phaseSteps.filter((id) => state.steps.get(id)?.status === 'failed' && !state.steps.get(id)!.tolerated);
        for (const [id, phase] of state.phases) {
          if (phase.skipped?.reason === 'ended-early') expect(`${id} ${phase.status} ${phase.verdict ?? '?'}`).toBe(`${id} skipped go`);
        }
        for (const [, step] of state.steps) if (step.status === 'skipped') expect(step.skipped).not.toBeNull();
        if (failed.length > 0) expect(state.verdict).toBe('no-go');
        else expect([...state.steps.values()].some(({ skipped }) => skipped?.reason === 'need') ? 'any' : state.verdict).toMatch(/^(?:any|go)$/u);
      });
    }),
    { numRuns: 200 },
  );
});
