import type { Estimate, StepMeasure } from './estimate-run.js';
import { estimateRun } from './estimate-run.js';
import type { FanOutOptions } from './make-matrix.js';
import { makeMatrix } from './make-matrix.js';
import type { MatrixEntry } from './name-entry.js';
import type { SortedForecast } from './sort-forecast.js';

/** What `plan` says to the jobs after it. */
export interface PlanOutputs {
  /** False: nothing is left to do, and a job need not begin. */
  readonly run: boolean;
  /** The steps that would run, those of `finally` last. */
  readonly steps: readonly string[];
  readonly matrix: { readonly include: readonly MatrixEntry[] };
  /** For a job after those of the matrix; only with `join: after`. */
  readonly rest: MatrixEntry | null;
  readonly estimate: Estimate;
}

export interface PlanOutputOptions extends FanOutOptions {
  readonly history: readonly StepMeasure[];
}

/** What would run, spread over jobs, and what it will take. */
export function toPlanOutputs(sorted: SortedForecast, { history, ...options }: PlanOutputOptions): PlanOutputs {
  const { plan, outlooks, gates, parsed } = sorted;
  const steps = [...plan.phaseSteps, ...plan.finallySteps].filter((id) => outlooks.get(id)?.kind === 'runs');
  const run = steps.length > 0 || gates.size > 0;
  const { entries, rest } = makeMatrix(sorted, options);
  // Where only `finally` has something to do there is one job: GitHub refuses a matrix without one.
  const whole: MatrixEntry = { name: parsed.outline.workflow.name.value, phases: '', only: '' };
  return { run, steps, matrix: { include: run && entries.length === 0 ? [whole] : entries }, rest, estimate: estimateRun(steps, history) };
}
