import type { PauseReason, PhaseEnd, RetryReason, RunEnd, StopCause, Verdict } from './run-event.js';
import type { RunPlan } from './run-plan.js';
import type { CellState, PhaseState, RunState, StepState } from './run-state.js';
import { cellKey } from './run-state.js';
import { isNeutral } from './standing.js';

/** What has to be done next. Opening asks what the fields say; starting makes something happen. */
export type Decision =
  | { readonly kind: 'open-phase'; readonly phase: string }
  | { readonly kind: 'open-group'; readonly group: string }
  | { readonly kind: 'open-step'; readonly step: string }
  | { readonly kind: 'start-attempt'; readonly step: string; readonly cell: number; readonly attempt: number }
  | { readonly kind: 'plan-retry'; readonly step: string; readonly cell: number; readonly delayMs: number }
  | { readonly kind: 'give-up'; readonly step: string; readonly cell: number }
  | { readonly kind: 'stop-attempt'; readonly step: string; readonly cell: number; readonly cause: StopCause | 'phase-timeout' | 'fail-fast' }
  | { readonly kind: 'stop-background'; readonly step: string; readonly cell: number }
  | { readonly kind: 'close-phase'; readonly phase: string; readonly status: PhaseEnd; readonly verdict: Verdict }
  | { readonly kind: 'pause'; readonly reason: PauseReason }
  | { readonly kind: 'finish'; readonly status: RunEnd; readonly verdict: Verdict | null };

export interface Limits {
  readonly maxParallel: number;
}

/**
 * What a run does next, from nothing but its plan and its state.
 *
 * 1. Nothing is opened before everything that it needs is settled; nothing is started that was not opened.
 * 2. No more attempts run at once than the run, the group and the matrix allow, and none beside one that holds its lock.
 * 3. A cell has at most one attempt at a time.
 * 4. After a stop or an early end nothing new starts in the phases; `finally` still runs, unless the stop was hard.
 * 5. While the run has neither ended nor paused there is a decision, or something is under way that will bring one.
 * 6. Nobody but a person decides what became of a step whose effect may have happened: without an answer the run pauses.
 */
export function decide(plan: RunPlan, state: RunState, limits: Limits): readonly Decision[] {
  if (state.status !== 'running') return [];
  const decisions: Decision[] = [];
  for (const node of state.ready) openOrClose(plan, state, { node, decisions });
  for (const step of state.busy) attend(plan, state, { step, decisions });
  startAttempts(plan, state, { limits, decisions });
  if (decisions.length > 0 || !isIdle(state)) return decisions;
  if (state.stop === null && waitsForPerson(state)) pause(plan, state, decisions);
  else if (plan.finallySteps.every((id) => isSettled(state.steps.get(id)))) finish(plan, state, decisions);
  return decisions;
}

function openOrClose(plan: RunPlan, state: RunState, { node, decisions }: { readonly node: number; readonly decisions: Decision[] }): void {
  const at = plan.nodes[node];
  switch (at?.kind) {
    case 'phase-start': return void decisions.push({ kind: 'open-phase', phase: at.phase });
    case 'phase-end': return closePhase(plan, state, { phase: at.phase, decisions });
    case 'group-start': return void decisions.push({ kind: 'open-group', group: at.group });
    case 'step': return void decisions.push({ kind: 'open-step', step: at.step });
    default: return;
  }
}

/** A phase ends with its servers that were for it alone; what comes after may start others in their place. */
function closePhase(plan: RunPlan, state: RunState, { phase, decisions }: { readonly phase: string; readonly decisions: Decision[] }): void {
  const place = plan.phases.get(phase);
  const found = state.phases.get(phase);
  if (place === undefined || found === undefined) return;
  const servers = state.background.size === 0 ? [] : place.steps.flatMap((id) => serversOf(id, state, 'phase'));
  if (servers.length > 0) return stopServers(servers, state, decisions);
  const { status, verdict } = judgePhase(found, place.steps.map((id) => state.steps.get(id)), state);
  decisions.push({ kind: 'close-phase', phase, status, verdict });
}

/** Without a gate a phase is GO when its steps succeeded, were left out by their own `when`, or were tolerated. */
function judgePhase(phase: PhaseState, steps: readonly (StepState | undefined)[], state: RunState): { readonly status: PhaseEnd; readonly verdict: Verdict } {
  if (phase.failure !== null) return { status: 'failed', verdict: 'no-go' };
  let status: PhaseEnd = 'succeeded';
  for (const step of steps) {
    if (step === undefined || step.status === 'succeeded' || (step.status === 'failed' && step.tolerated)) continue;
    const reason = step.skipped?.reason;
    if (step.status === 'skipped' && reason !== undefined && isNeutral(reason)) continue;
    if (step.status === 'cancelled' || reason === 'cancelled') {
      if (status === 'succeeded') status = state.stop?.failure == null ? 'cancelled' : 'failed';
    } else status = 'failed';
  }
  return { status, verdict: status === 'succeeded' ? 'go' : 'no-go' };
}

function serversOf(id: string, state: RunState, until: 'phase' | 'run'): readonly { readonly step: string; readonly cell: number }[] {
  const step = state.steps.get(id);
  if (step?.terms == null || step.terms.background !== until) return [];
  return step.cells.flatMap((_, cell) => (state.background.has(cellKey(id, cell)) ? [{ step: id, cell }] : []));
}

function stopServers(servers: readonly { readonly step: string; readonly cell: number }[], state: RunState, decisions: Decision[]): void {
  for (const at of servers) if (cellOf(state, at)?.stopping === false) decisions.push({ kind: 'stop-background', ...at });
}

/** Steps under way: what failed is tried again or given up, and what must not go on is stopped. */
function attend(plan: RunPlan, state: RunState, { step: id, decisions }: { readonly step: string; readonly decisions: Decision[] }): void {
  const step = state.steps.get(id);
  if (step?.terms == null) return;
  const isFinally = plan.steps.get(id)?.lane === 'finally';
  const cause = whyStop(plan, state, id);
  const failedFast = step.terms.failFast && step.cells.some(({ status }) => status === 'failed');
  step.cells.forEach((cell, index) => {
    const at = { step: id, cell: index };
    if (cell.status === 'running' && !cell.stopping && (cause !== undefined || failedFast)) decisions.push({ kind: 'stop-attempt', ...at, cause: cause ?? 'fail-fast' });
    if (cell.status !== 'failing') return;
    const isOver = cause !== undefined || failedFast || (state.endedEarly !== null && !isFinally) || !mayTryAgain(step, cell);
    if (isOver) decisions.push({ kind: 'give-up', ...at });
    else decisions.push({ kind: 'plan-retry', ...at, delayMs: delayBefore(step, cell) });
  });
}

function whyStop(plan: RunPlan, state: RunState, id: string): StopCause | 'phase-timeout' | undefined {
  const place = plan.steps.get(id);
  if (state.stop !== null && (place?.lane === 'phase' || state.stop.hard)) return state.stop.cause;
  const failure = place?.phase == null ? undefined : state.phases.get(place.phase)?.failure;
  return failure?.kind === 'timeout' ? 'phase-timeout' : undefined;
}

function mayTryAgain({ terms }: StepState, { attempts, result }: CellState): boolean {
  if (terms === null || attempts >= terms.attempts || result?.failure == null) return false;
  const { kind } = result.failure;
  if (kind === 'crashed' || kind === 'expression') return false;
  return terms.retryOn.some((reason) => fits(reason, kind === 'timeout', result.exitCode));
}

function fits(reason: RetryReason, timedOut: boolean, exitCode: number | null): boolean {
  if (reason === 'timeout') return timedOut;
  if (reason === 'failure') return !timedOut;
  return !timedOut && exitCode !== null && reason.exitCodes.includes(exitCode);
}

/** The pause grows by its factor; chance is added where chance is known. */
function delayBefore({ terms }: StepState, { attempts }: CellState): number {
  if (terms === null) return 0;
  return Math.min(terms.maxDelayMs, terms.delayMs * terms.factor ** (attempts - 1));
}

function startAttempts(plan: RunPlan, state: RunState, { limits, decisions }: { readonly limits: Limits; readonly decisions: Decision[] }): void {
  let free = limits.maxParallel - state.running;
  const locked = new Set<string>();
  const started = new Map<string, number>();
  for (const id of state.startable) {
    if (free <= 0) return;
    const step = state.steps.get(id);
    const terms = step?.terms;
    if (step === undefined || terms == null) continue;
    // Whether the one that has just failed is tried again is decided before another begins.
    if (terms.failFast && step.cells.some(({ status }) => status === 'failing')) continue;
    const isHeld = (lock: string): boolean => state.heldLocks.has(lock) || locked.has(lock);
    const group = plan.steps.get(id)?.group ?? null;
    const groupState = group === null ? undefined : state.groups.get(group);
    let inStep = step.cells.reduce((sum, { status }) => sum + (status === 'running' ? 1 : 0), 0);
    for (const [index, cell] of step.cells.entries()) {
      if (free <= 0) return;
      if (cell.status !== 'pending') continue;
      if (terms.locks.some(isHeld) || inStep >= (terms.maxParallel ?? Infinity)) break;
      if (group !== null && (groupState?.running ?? 0) + (started.get(group) ?? 0) >= (groupState?.maxParallel ?? Infinity)) break;
      decisions.push({ kind: 'start-attempt', step: id, cell: index, attempt: cell.attempts + 1 });
      free -= 1;
      inStep += 1;
      if (group !== null) started.set(group, (started.get(group) ?? 0) + 1);
      for (const lock of terms.locks) locked.add(lock);
    }
  }
}

function isIdle(state: RunState): boolean {
  return state.running === 0 && state.busy.size === 0 && state.startable.size === 0 && state.ready.size === 0;
}

function waitsForPerson(state: RunState): boolean {
  for (const { cells } of state.steps.values()) if (cells.some(({ status }) => status === 'indeterminate')) return true;
  return false;
}

/** Nothing goes on until somebody has decided; `finally` is for the end. */
function pause(plan: RunPlan, state: RunState, decisions: Decision[]): void {
  if (state.background.size > 0) return stopServers(allServers(plan, state), state, decisions);
  decisions.push({ kind: 'pause', reason: 'decision' });
}

function allServers(plan: RunPlan, state: RunState): readonly { readonly step: string; readonly cell: number }[] {
  return [...plan.steps.keys()].flatMap((id) => [...serversOf(id, state, 'run'), ...serversOf(id, state, 'phase')]);
}

function isSettled(step: StepState | undefined): boolean {
  return step !== undefined && step.status !== 'pending' && step.status !== 'open';
}

/** The servers of the run go last; those that are meant to stay, stay. */
function finish(plan: RunPlan, state: RunState, decisions: Decision[]): void {
  if (state.background.size > 0) {
    const servers = allServers(plan, state);
    if (servers.length > 0) return stopServers(servers, state, decisions);
  }
  decisions.push({ kind: 'finish', ...judgeRun(plan, state) });
}

function judgeRun(plan: RunPlan, state: RunState): { readonly status: RunEnd; readonly verdict: Verdict | null } {
  const hasFailed = (id: string): boolean => isFailure(state.steps.get(id));
  // A server may fail after its phase was closed: that is no GO either.
  const isGo = [...state.phases.values()].every(({ verdict }) => verdict === 'go') && !plan.phaseSteps.some(hasFailed);
  const isCancelled = state.stop !== null && state.stop.failure === null;
  const lostFinally = plan.finallySteps.some((id) => hasFailed(id) || state.steps.get(id)?.status === 'cancelled');
  const isPartial = (state.facts?.partial.length ?? 0) > 0;
  return {
    status: isCancelled ? 'cancelled' : isGo && !lostFinally && state.stop === null ? 'succeeded' : 'failed',
    verdict: isPartial ? null : isGo ? 'go' : 'no-go',
  };
}

function isFailure(step: StepState | undefined): boolean {
  return step?.status === 'failed' && !step.tolerated;
}

function cellOf(state: RunState, at: { readonly step: string; readonly cell: number }): CellState | undefined {
  return state.steps.get(at.step)?.cells[at.cell];
}
