import type { Failure } from './failure.js';
import type { AttemptResult, RunProgress } from './run-event.js';
import type { RunPlan } from './run-plan.js';
import type { RunState } from './run-state.js';
import { cellKey } from './run-state.js';

/**
 * What another process left of a run, when only `finally` is to be gone on with: attempts that nobody ends any more are
 * over, servers are gone, and nothing of the phases starts again. A step of `finally` that was cut off is begun anew.
 */
export function takeOverForFinally(plan: RunPlan, state: RunState): readonly RunProgress[] {
  const stop: readonly RunProgress[] = state.stop === null ? [{ kind: 'run-stopped', cause: 'SIGTERM', failure: null, hard: false }] : [];
  const cells = [...state.steps].flatMap(([step, { cells: all }]) => all.map((cell, index) => ({ step, index, cell })));
  const ends = cells.flatMap(({ step, index, cell }): readonly RunProgress[] => {
    const at = { step, cell: index };
    const begins = plan.steps.get(step)?.lane === 'finally';
    switch (cell.status) {
      case 'running': return [{ kind: 'attempt-ended', ...at, attempt: cell.attempts, durationMs: 0, result: begins ? cutOff('failed') : cutOff('cancelled') }, ...(begins ? tryAgain(at) : [])];
      case 'failing': return begins ? tryAgain(at) : [];
      case 'waiting': return begins ? [{ kind: 'retry-due', ...at }] : [];
      default: return [];
    }
  });
  const servers = cells.filter(({ step, index }) => state.background.has(cellKey(step, index))).map(({ step, index }): RunProgress => ({ kind: 'background-stopped', step, cell: index }));
  return [...stop, ...ends, ...servers];
}

function tryAgain(at: { readonly step: string; readonly cell: number }): readonly RunProgress[] {
  return [{ kind: 'retry-planned', ...at, delayMs: 0 }, { kind: 'retry-due', ...at }];
}

function cutOff(outcome: 'failed' | 'cancelled'): AttemptResult {
  const failure: Failure = { kind: 'signal', code: 'TG3105', message: 'it was cut off when its process was ended', hints: [] };
  return { outcome, failure, exitCode: null, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };
}
