import type { OwnedState } from './owned-state.js';
import { changeCell, changeStep, settle, settleLeftOut } from './owned-state.js';
import type { RunPlan } from './run-plan.js';
import type { CellState, StepState } from './run-state.js';
import { joinNeeds, standingOfStep } from './standing.js';

/** Passes on how a step ended to whoever needs it. */
export function settleStep(plan: RunPlan, state: OwnedState, id: string): void {
  const node = plan.steps.get(id)?.node;
  const step = state.steps.get(id);
  if (node === undefined || step === undefined) return;
  if (step.status === 'skipped') settleLeftOut(plan, state, node);
  else settle(plan, state, node, standingOfStep(step, joinNeeds(plan, state, node)));
}

/** A step is over when all its cells are; the worst of them is what it came to. */
export function settleWhenOver(plan: RunPlan, state: OwnedState, { step: id, at }: { readonly step: string; readonly at: number }): OwnedState {
  const step = state.steps.get(id);
  if (step?.status !== 'open') return state;
  updateQueues(state, id);
  if (step.terms?.failFast === true && step.cells.some(({ status }) => status === 'failed')) endPendingCells(state, id);
  const cells = state.steps.get(id)?.cells ?? [];
  if (!cells.every((cell) => isOver(cell) || (cell.status === 'indeterminate' && state.stop !== null))) return state;
  const status = worstOf(cells);
  changeStep(state, id, { status, endedAt: at, failure: cells.find((cell) => cell.status === 'failed')?.result?.failure ?? null });
  updateQueues(state, id);
  settleStep(plan, state, id);
  return state;
}

/** A cell that was to be tried again has failed; one that has not begun is left out. */
function endPendingCells(state: OwnedState, id: string): void {
  state.steps.get(id)?.cells.forEach((cell, index) => {
    if (cell.status === 'pending' || cell.status === 'waiting') changeCell(state, { step: id, cell: index }, { status: cell.attempts === 0 ? 'skipped' : 'failed' });
  });
  updateQueues(state, id);
}

function isOver({ status }: CellState): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled' || status === 'skipped';
}

function worstOf(cells: readonly CellState[]): StepState['status'] {
  for (const status of ['indeterminate', 'failed', 'cancelled', 'succeeded'] as const) if (cells.some((cell) => cell.status === status)) return status;
  return 'skipped';
}

/** Keeps `decide` from looking at steps that ask for nothing. */
export function updateQueues(state: OwnedState, id: string): void {
  const step = state.steps.get(id);
  const cells = step?.status === 'open' ? step.cells : [];
  if (cells.some(({ status }) => status === 'pending')) state.startable.add(id);
  else state.startable.delete(id);
  if (cells.some(({ status }) => status === 'running' || status === 'failing' || status === 'waiting')) state.busy.add(id);
  else state.busy.delete(id);
}
