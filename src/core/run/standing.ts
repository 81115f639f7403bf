import type { StatusFunction } from '../expression/function-library.js';
import type { SkipReason } from './run-event.js';
import type { RunPlan } from './run-plan.js';
import type { RunState, Standing, StepState } from './run-state.js';

export const neutral: Standing = { ok: true, failed: false };

/** Left out by itself or on purpose: that says nothing against those that come after. */
const neutralReasons: ReadonlySet<SkipReason> = new Set(['when', 'ended-early', 'request', 'costly', 'empty-matrix']);

export function isNeutral(reason: SkipReason): boolean {
  return neutralReasons.has(reason);
}

/** How everything that a node needs stands, taken together. */
export function joinNeeds(plan: RunPlan, state: Pick<RunState, 'standing'>, node: number): Standing {
  let ok = true;
  let failed = false;
  for (const need of plan.needs[node] ?? []) {
    if (!need.counts) continue;
    const standing = state.standing[need.node];
    if (standing === undefined || !standing.ok) ok = false;
    if (standing?.failed === true) failed = true;
  }
  return { ok, failed };
}

/**
 * Inside a phase or group that has begun, `success()` is a new beginning: what came before has been judged by its own
 * condition. `failure()` goes on to speak of everything before.
 */
export function standingInside(before: Standing): Standing {
  return { ok: true, failed: before.failed };
}

export function standingOfStep(step: StepState, before: Standing): Standing {
  if (step.status === 'failed') return step.tolerated ? before : { ok: false, failed: true };
  if (step.status === 'succeeded') return before;
  return step.status === 'skipped' && step.skipped !== null ? standingOfLeftOut(step.skipped.reason, before) : { ok: false, failed: before.failed };
}

function standingOfLeftOut(reason: SkipReason, before: Standing): Standing {
  return isNeutral(reason) ? before : { ok: false, failed: before.failed };
}

type Statuses = Pick<RunState, 'standing' | 'steps' | 'phases'>;

/**
 * How a node stands as soon as all that it waits for does, without anything being decided: a point without a meaning of its
 * own, and what has been left out. It waits all the same: what comes after needs what lies before it.
 */
export function standingByNeeds(plan: RunPlan, state: Statuses, node: number): Standing | undefined {
  const at = plan.nodes[node];
  switch (at?.kind) {
    case 'start':
    case 'end': return neutral;
    case 'group-end': return standingAfterGroup(plan, state, node);
    case 'step': {
      const step = state.steps.get(at.step);
      return step?.status === 'skipped' ? standingOfStep(step, joinNeeds(plan, state, node)) : undefined;
    }
    case 'group-start': {
      const members = plan.groups.get(at.group)?.members.map((id) => state.steps.get(id)?.skipped) ?? [];
      const [first] = members;
      return first != null && members.every((skipped) => skipped != null) ? standingOfLeftOut(first.reason, joinNeeds(plan, state, node)) : undefined;
    }
    case 'phase-start': {
      const phase = state.phases.get(at.phase);
      if (phase?.skipped != null && isNeutral(phase.skipped.reason)) return neutral;
      return phase?.skipped != null || phase?.failure != null ? { ok: false, failed: joinNeeds(plan, state, node).failed } : undefined;
    }
    case 'phase-end': {
      const skipped = state.phases.get(at.phase)?.skipped;
      if (skipped == null) return undefined;
      const [before, inside] = [joinNeeds(plan, state, plan.phases.get(at.phase)?.start ?? -1), joinNeeds(plan, state, node)];
      return { ok: isNeutral(skipped.reason) && before.ok && inside.ok, failed: before.failed || inside.failed };
    }
    default: return undefined;
  }
}

/** A group stands by its members and by what it needed itself. */
function standingAfterGroup(plan: RunPlan, state: Pick<RunState, 'standing'>, end: number): Standing {
  const node = plan.nodes[end];
  const inside = joinNeeds(plan, state, end);
  const start = node?.kind === 'group-end' ? plan.groups.get(node.group)?.start : undefined;
  if (start === undefined) return inside;
  const before = joinNeeds(plan, state, start);
  return { ok: inside.ok && before.ok, failed: inside.failed || before.failed };
}

/** How the run stands, for `finally`: there the functions speak of the whole of it. */
export function standingOfRun(state: RunState): Standing {
  let ok = state.stop === null;
  let failed = state.stop?.failure != null;
  for (const phase of state.phases.values()) {
    if (phase.verdict === 'go') continue;
    ok = false;
    if (phase.status === 'failed') failed = true;
  }
  // A server may have failed after its phase was closed.
  for (const step of state.steps.values()) if (step.status === 'failed' && !step.tolerated && step.terms?.background != null) [ok, failed] = [false, true];
  return { ok, failed };
}

/** What `success()`, `failure()` and `cancelled()` say at a node. */
export function readStatus(name: StatusFunction, standing: Standing, state: RunState): boolean {
  switch (name) {
    case 'success': return standing.ok;
    case 'failure': return standing.failed;
    case 'cancelled': return state.stop !== null && state.stop.cause !== 'timeout';
  }
}

/** The first need that keeps `success()` from holding, for people. */
export function describeBrokenNeed(plan: RunPlan, state: RunState, node: number): string {
  for (const need of plan.needs[node] ?? []) {
    const standing = state.standing[need.node];
    if (!need.counts || standing?.ok === true) continue;
    const broken = plan.nodes[need.node];
    switch (broken?.kind) {
      case 'step': return describeStep(broken.step, state) ?? describeBrokenNeed(plan, state, need.node);
      case 'phase-end': return state.phases.get(broken.phase)?.status === 'skipped' ? describeBrokenNeed(plan, state, plan.phases.get(broken.phase)?.start ?? -1) : `phase ${broken.phase} is no-go`;
      case 'group-end':
      case 'group-start': return describeBrokenNeed(plan, state, need.node);
      default: return 'something before it did not succeed';
    }
  }
  return 'something before it did not succeed';
}

function describeStep(id: string, state: RunState): string | undefined {
  const step = state.steps.get(id);
  if (step?.status === 'failed' && !step.tolerated) return `${id} failed`;
  if (step?.status === 'cancelled') return `${id} was cancelled`;
  return undefined;
}
