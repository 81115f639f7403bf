import type { FailureSummary, PartStatus, RunSummary, StepSummary } from '../run-summary.js';

/** Steps with an effect of which nobody knows whether it has happened. */
export type UndecidedSteps = ReadonlySet<string>;

/** A run whose process was ended before it was, as it is: nothing of it runs any more. */
export function asInterrupted(summary: RunSummary, undecided: UndecidedSteps): RunSummary {
  const step = (each: StepSummary): StepSummary => cutShort(each, undecided);
  return {
    ...summary,
    status: 'cancelled',
    reason: 'interrupted',
    phases: summary.phases.map((phase) => ({ ...phase, status: endOf(phase.status), steps: phase.steps.map(step) })),
    finally: summary.finally.map(step),
  };
}

function cutShort(step: StepSummary, undecided: UndecidedSteps): StepSummary {
  if (step.status !== 'running') return step;
  const cells = step.cells?.map((cell) => ({ ...cell, status: endOf(cell.status) })) ?? null;
  if (undecided.has(step.id)) return { ...step, status: 'indeterminate', cells, failure: step.failure ?? describeUndecided(step.id) };
  return { ...step, status: 'cancelled', cells, because: 'cut short when its process ended' };
}

function endOf(status: PartStatus): PartStatus {
  return status === 'running' ? 'cancelled' : status;
}

function describeUndecided(id: string): FailureSummary {
  return {
    severity: 'blocking', kind: 'indeterminate', code: 'TG3406', message: `${id} was cut short, and nobody knows whether it has had its effect`, file: null, line: null, column: null, tolerated: false,
    hints: [`Look at what it was to do. If it is done: resume with --mark-done ${id} --reason "…"`, `If it is not: resume with --rerun ${id}`],
  };
}
