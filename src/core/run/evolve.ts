import type { Failure } from './failure.js';
import type { AttemptResult, RunEvent, SkipReason } from './run-event.js';
import type { RunPlan } from './run-plan.js';
import { skipPhaseParts, sweepUnstarted } from './skip-steps.js';
import type { CellState, RunState } from './run-state.js';
import { cellKey, createRunState, unbegunCell } from './run-state.js';
import { settleStep, settleWhenOver, updateQueues } from './settle-step.js';
import { joinNeeds, standingByNeeds, standingInside } from './standing.js';
import type { OwnedState } from './owned-state.js';
import { changeCell, changePhase, changeStep, own, settle, settleLeftOut } from './owned-state.js';

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;

/**
 * The one place where the state of a run changes. The state belongs to the fold: it is changed in place, so that an
 * event costs what it changes and not what the run holds. Folding the same events again gives the same state.
 */
export function evolve(plan: RunPlan, given: RunState, event: RunEvent): RunState {
  const state = own(given);
  switch (event.kind) {
    case 'run-started': return startRun(plan, state, event);
    case 'run-resumed': return resumeRun(plan, state, event);
    case 'run-paused': return Object.assign(state, { status: 'paused', paused: event.reason, endedAt: event.at });
    case 'step-decided': return state;
    case 'phase-started': return startPhase(plan, state, event);
    case 'phase-skipped': return skipPhase(plan, state, event);
    case 'phase-failed': return failPhase(plan, state, event);
    case 'phase-ended': return endPhase(plan, state, event);
    case 'group-opened': return openGroup(plan, state, event);
    case 'group-skipped': return skipGroup(plan, state, event);
    case 'step-opened': return openStep(plan, state, event);
    case 'step-skipped': return skipStep(plan, state, event);
    case 'step-refused': return refuseStep(plan, state, event);
    case 'lookup-started': return startLookup(plan, state, event);
    case 'twin-awaited': return awaitTwin(plan, state, event);
    case 'result-reused': return reuseResult(plan, state, event);
    case 'attempt-started': return startAttempt(plan, state, event);
    case 'attempt-stopping': return changeCell(state, event, { stopping: true });
    case 'attempt-ended': return endAttempt(plan, state, event);
    case 'retry-planned': return changeCell(state, event, { status: 'waiting' });
    case 'retry-due': return dueRetry(state, event);
    case 'attempts-over': return settleCell(plan, state, event);
    case 'background-stopping': return changeCell(state, event, { stopping: true });
    case 'background-stopped': return stopBackground(state, event);
    case 'background-ended': return endBackground(plan, state, event);
    case 'run-stopped': return stopRun(plan, state, event);
    case 'run-ended': return Object.assign(state, { status: event.status, verdict: event.verdict, outputs: event.outputs, endedAt: event.at });
  }
}

function startRun(plan: RunPlan, state: OwnedState, { kind: _, at, ...facts }: EventOf<'run-started'>): RunState {
  Object.assign(state, { status: 'running', facts, startedAt: at });
  plan.needs.forEach((needs, node) => {
    if (needs.length === 0 && plan.nodes[node]?.kind !== 'outside') settleOrReady(plan, state, node);
  });
  return state;
}

/** The run begins anew; what was done before comes back by events of its own. */
function resumeRun(plan: RunPlan, state: OwnedState, { spent, kind: _, ...event }: EventOf<'run-resumed'>): RunState {
  Object.assign(state, createRunState(plan), { spentBefore: spent });
  return startRun(plan, state, { kind: 'run-started', ...event });
}

/** A point without an own meaning is settled as soon as what it waits for is. */
function settleOrReady(plan: RunPlan, state: OwnedState, node: number): void {
  const standing = standingByNeeds(plan, state, node);
  if (standing === undefined) state.ready.add(node);
  else settle(plan, state, node, standing);
}

function startPhase(plan: RunPlan, state: OwnedState, { phase, at }: EventOf<'phase-started'>): RunState {
  changePhase(state, phase, { status: 'running', startedAt: at });
  const start = plan.phases.get(phase)?.start ?? -1;
  return settle(plan, state, start, standingInside(joinNeeds(plan, state, start)));
}

function skipPhase(plan: RunPlan, state: OwnedState, { phase, reason, because, at }: EventOf<'phase-skipped'>): RunState {
  const place = plan.phases.get(phase);
  if (place === undefined) return state;
  const isEvidence = reason === 'when' || reason === 'ended-early' || reason === 'request';
  changePhase(state, phase, { status: 'skipped', verdict: isEvidence ? 'go' : 'no-go', skipped: { reason, because }, endedAt: at });
  skipPhaseParts(plan, state, { phase: place, skipped: { reason: isEvidence ? reason : 'phase', because }, at });
  return settleLeftOut(plan, state, place.end);
}

function failPhase(plan: RunPlan, state: OwnedState, { phase, failure, at }: EventOf<'phase-failed'>): RunState {
  const place = plan.phases.get(phase);
  if (place === undefined) return state;
  changePhase(state, phase, { status: 'running', failure, startedAt: state.phases.get(phase)?.startedAt ?? at });
  skipPhaseParts(plan, state, { phase: place, skipped: { reason: failure.kind === 'timeout' ? 'timeout' : 'phase', because: failure.message }, at });
  return state;
}

function endPhase(plan: RunPlan, state: OwnedState, { phase, status, verdict, at }: EventOf<'phase-ended'>): RunState {
  const place = plan.phases.get(phase);
  if (place === undefined) return state;
  const before = joinNeeds(plan, state, place.start);
  changePhase(state, phase, { status, verdict, endedAt: at });
  return settle(plan, state, place.end, { ok: verdict === 'go' && before.ok, failed: status === 'failed' || before.failed });
}

function openGroup(plan: RunPlan, state: OwnedState, { group, tolerated, maxParallel }: EventOf<'group-opened'>): RunState {
  const start = plan.groups.get(group)?.start ?? -1;
  state.groups.set(group, { tolerated, maxParallel, running: 0 });
  return settle(plan, state, start, standingInside(joinNeeds(plan, state, start)));
}

function skipGroup(plan: RunPlan, state: OwnedState, { group, reason, because, at }: EventOf<'group-skipped'>): RunState {
  const place = plan.groups.get(group);
  if (place === undefined) return state;
  for (const member of place.members) skipOne(plan, state, { step: member, skipped: { reason, because }, at });
  return settleLeftOut(plan, state, place.start);
}

function openStep(_plan: RunPlan, state: OwnedState, { kind: _, step, at, ...terms }: EventOf<'step-opened'>): RunState {
  const cells = terms.cells.map((): CellState => unbegunCell);
  changeStep(state, step, { status: 'open', terms, cells, tolerated: terms.tolerated, startedAt: at });
  const node = _plan.steps.get(step)?.node;
  if (node !== undefined) state.ready.delete(node);
  state.startable.add(step);
  return state;
}

function skipStep(plan: RunPlan, state: OwnedState, { step, reason, because, at }: EventOf<'step-skipped'>): RunState {
  skipOne(plan, state, { step, skipped: { reason, because }, at });
  return state;
}

function skipOne(plan: RunPlan, state: OwnedState, skip: { readonly step: string; readonly skipped: { readonly reason: SkipReason; readonly because: string }; readonly at: number }): void {
  if (state.steps.get(skip.step)?.status !== 'pending') return;
  changeStep(state, skip.step, { status: 'skipped', skipped: skip.skipped, endedAt: skip.at });
  settleStep(plan, state, skip.step);
}

function refuseStep(plan: RunPlan, state: OwnedState, { step, failure, tolerated, at }: EventOf<'step-refused'>): RunState {
  changeStep(state, step, { status: 'failed', failure, tolerated, startedAt: at, endedAt: at });
  settleStep(plan, state, step);
  return state;
}

function startAttempt(plan: RunPlan, state: OwnedState, event: EventOf<'attempt-started'>): RunState {
  const cell = cellOf(state, event);
  if (cell === undefined) return state;
  const looked = cell.status === 'running';
  changeCell(state, event, { status: 'running', attempts: event.attempt, startedAt: cell.startedAt ?? event.at });
  if (!looked) occupy(plan, state, event.step);
  return state;
}

function startLookup(plan: RunPlan, state: OwnedState, event: EventOf<'lookup-started'>): RunState {
  changeCell(state, event, { status: 'running', startedAt: event.at });
  return occupy(plan, state, event.step);
}

/** Who waits for a twin takes up no room. */
function awaitTwin(plan: RunPlan, state: OwnedState, event: EventOf<'twin-awaited'>): RunState {
  if (cellOf(state, event)?.status === 'running') leaveRoom(plan, state, event.step);
  changeCell(state, event, { status: 'waiting' });
  updateQueues(state, event.step);
  return state;
}

function reuseResult(plan: RunPlan, state: OwnedState, event: EventOf<'result-reused'>): RunState {
  const cell = cellOf(state, event);
  if (cell === undefined) return state;
  if (cell.status === 'running') leaveRoom(plan, state, event.step);
  const { result, source, key, attempts, durationMs, at } = event;
  const spent = source === 'earlier' ? { costUsd: result.costUsd, tokens: result.tokens } : {};
  changeCell(state, event, { status: 'succeeded', stopping: false, attempts, durationMs, result, source, key, startedAt: at, ...spent });
  takeEarlyEnd(plan, state, event);
  return settleWhenOver(plan, state, event);
}

function occupy(plan: RunPlan, state: OwnedState, step: string): RunState {
  count(plan, state, step, 1);
  for (const lock of state.steps.get(step)?.terms?.locks ?? []) state.heldLocks.add(lock);
  updateQueues(state, step);
  return state;
}

function leaveRoom(plan: RunPlan, state: OwnedState, step: string): void {
  count(plan, state, step, -1);
  for (const lock of state.steps.get(step)?.terms?.locks ?? []) state.heldLocks.delete(lock);
}

function cellOf(state: OwnedState, at: { readonly step: string; readonly cell: number }): CellState | undefined {
  return state.steps.get(at.step)?.cells[at.cell];
}

function count(plan: RunPlan, state: OwnedState, step: string, by: 1 | -1): void {
  state.running += by;
  const number = plan.steps.get(step)?.group;
  const group = number == null ? undefined : state.groups.get(number);
  if (number != null && group !== undefined) state.groups.set(number, { ...group, running: group.running + by });
}

function endAttempt(plan: RunPlan, state: OwnedState, event: EventOf<'attempt-ended'>): RunState {
  const step = state.steps.get(event.step);
  const cell = step?.cells[event.cell];
  if (step === undefined || cell === undefined) return state;
  const { result, durationMs } = event;
  leaveRoom(plan, state, event.step);
  const spent = { durationMs: cell.durationMs + durationMs, costUsd: cell.costUsd + result.costUsd, tokens: cell.tokens + result.tokens };
  changeCell(state, event, { ...spent, result, stopping: false, key: event.key ?? null, status: statusAfter(event, cell, step.terms?.once === true) });
  if (result.outcome === 'succeeded' && step.terms?.background != null) state.background.add(cellKey(event.step, event.cell));
  takeEarlyEnd(plan, state, event);
  return settleWhenOver(plan, state, event);
}

/** A step with an effect that was cut short may have had it: a person decides, never a retry. Attempt 0: nothing has begun. */
function statusAfter({ attempt, result: { outcome, failure } }: EventOf<'attempt-ended'>, { stopping }: CellState, once: boolean): CellState['status'] {
  if (once && attempt > 0 && (outcome === 'cancelled' || failure?.kind === 'signal' || failure?.kind === 'timeout' || failure?.kind === 'crashed')) return 'indeterminate';
  return outcome === 'failed' && !stopping ? 'failing' : outcome;
}

function takeEarlyEnd(plan: RunPlan, state: OwnedState, { step, result, at }: { readonly step: string; readonly result: AttemptResult; readonly at: number }): void {
  if (result.endsRun === null || state.endedEarly !== null) return;
  state.endedEarly = { step, message: result.endsRun };
  sweepUnstarted(plan, state, { skipped: { reason: 'ended-early', because: `${step} ended the run: ${result.endsRun}` }, at, lanes: 'phase' });
}

/** No further attempt: what the last one came to is what the cell came to. */
function settleCell(plan: RunPlan, state: OwnedState, event: EventOf<'attempts-over'>): RunState {
  changeCell(state, event, { status: 'failed' });
  return settleWhenOver(plan, state, event);
}

function dueRetry(state: OwnedState, event: EventOf<'retry-due'>): RunState {
  if (state.steps.get(event.step)?.cells[event.cell]?.status !== 'waiting') return state;
  changeCell(state, event, { status: 'pending' });
  updateQueues(state, event.step);
  return state;
}

function stopBackground(state: OwnedState, event: EventOf<'background-stopped'>): RunState {
  state.background.delete(cellKey(event.step, event.cell));
  return changeCell(state, event, { stopping: false });
}

/** A server that ends by itself has failed its step, though the step was done when it was ready. */
function endBackground(plan: RunPlan, state: OwnedState, event: EventOf<'background-ended'>): RunState {
  state.background.delete(cellKey(event.step, event.cell));
  const step = state.steps.get(event.step);
  if (step === undefined) return state;
  const result: AttemptResult | null = step.cells[event.cell]?.result ?? null;
  changeCell(state, event, { status: 'failed', ...(result === null ? {} : { result: failLate(result, event.failure) }) });
  changeStep(state, event.step, { status: 'failed', failure: event.failure });
  const node = plan.steps.get(event.step)?.node ?? -1;
  if (!step.tolerated) state.standing[node] = { ok: false, failed: true };
  return state;
}

function failLate(result: AttemptResult, failure: Failure): AttemptResult {
  return { ...result, outcome: 'failed', failure };
}

function stopRun(plan: RunPlan, state: OwnedState, { cause, failure, hard, at }: EventOf<'run-stopped'>): RunState {
  state.stop = { cause: state.stop?.cause ?? cause, failure: state.stop?.failure ?? failure, hard: hard || state.stop?.hard === true };
  const because = failure?.message ?? 'the run was cancelled';
  sweepUnstarted(plan, state, { skipped: { reason: failure === null ? 'cancelled' : 'timeout', because }, at, lanes: hard ? 'all' : 'phase' });
  if (hard) for (const id of state.steps.keys()) askAgain(state, id);
  for (const [id, { cells }] of state.steps) if (cells.some(({ status }) => status === 'indeterminate')) settleWhenOver(plan, state, { step: id, at });
  return state;
}

/** What was given time to end is to end at once: it is told so once more. */
function askAgain(state: OwnedState, id: string): void {
  state.steps.get(id)?.cells.forEach((cell, index) => {
    if (cell.stopping) changeCell(state, { step: id, cell: index }, { stopping: false });
  });
}
