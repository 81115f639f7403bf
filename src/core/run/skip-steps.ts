import type { OwnedState } from './owned-state.js';
import { changeCell, changePhase, changeStep, settleLeftOut } from './owned-state.js';
import type { SkipReason } from './run-event.js';
import type { PhasePlace, RunPlan } from './run-plan.js';
import { settleStep, settleWhenOver, updateQueues } from './settle-step.js';

export interface Skipping {
  readonly skipped: { readonly reason: SkipReason; readonly because: string };
  readonly at: number;
}

/** Every step and group of a phase that has not begun; steps that run are left alone, and start nothing more. */
export function skipPhaseParts(plan: RunPlan, state: OwnedState, { phase, skipped, at }: Skipping & { readonly phase: PhasePlace }): void {
  settleLeftOut(plan, state, phase.start);
  for (const step of phase.steps) skipRest(plan, state, step, { skipped, at });
  for (const group of phase.groups) settleLeftOut(plan, state, plan.groups.get(group)?.start ?? -1);
}

/** Everything that has not begun in the phases, and in `finally` too when all has to end at once. */
export function sweepUnstarted(plan: RunPlan, state: OwnedState, { lanes, ...skipping }: Skipping & { readonly lanes: 'phase' | 'all' }): void {
  for (const [id, place] of plan.phases) {
    const status = state.phases.get(id)?.status;
    if (status === 'running') skipPhaseParts(plan, state, { ...skipping, phase: place });
    if (status !== 'pending') continue;
    const isEvidence = skipping.skipped.reason === 'ended-early';
    changePhase(state, id, { status: 'skipped', verdict: isEvidence ? 'go' : 'no-go', skipped: skipping.skipped, endedAt: skipping.at });
    skipPhaseParts(plan, state, { ...skipping, phase: place });
    settleLeftOut(plan, state, place.end);
  }
  if (lanes === 'all') for (const step of plan.finallySteps) skipRest(plan, state, step, skipping);
}

/** A step that has not begun, and of one that has, what would still start: pending cells, and a further attempt. */
function skipRest(plan: RunPlan, state: OwnedState, id: string, { skipped, at }: Skipping): void {
  const step = state.steps.get(id);
  if (step === undefined) return;
  if (step.status !== 'pending' && step.status !== 'open') return;
  if (step.cells.every(({ status, attempts }) => status === 'pending' && attempts === 0)) {
    changeStep(state, id, { status: 'skipped', skipped, cells: step.cells.map((cell) => ({ ...cell, status: 'skipped' })), endedAt: at });
    updateQueues(state, id);
    settleStep(plan, state, id);
    return;
  }
  const left = skipped.reason === 'cancelled' || skipped.reason === 'timeout' ? 'cancelled' : 'skipped';
  step.cells.forEach((cell, index) => {
    if (cell.status === 'pending' && cell.attempts === 0) changeCell(state, { step: id, cell: index }, { status: left });
    else if (cell.status === 'pending' || cell.status === 'waiting' || cell.status === 'failing') changeCell(state, { step: id, cell: index }, { status: 'failed' });
  });
  settleWhenOver(plan, state, { step: id, at });
}
