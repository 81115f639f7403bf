import type { StatusFunction } from '../expression/function-library.js';
import type { RunPlan } from './run-plan.js';
import type { RunState, Standing } from './run-state.js';

export const neutral: Standing = { ok: true, failed: false };

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

/** How the phases stand, for `finally`: there the functions speak of the whole run. */
export function standingOfRun(state: RunState): Standing {
  let ok = state.stop === null;
  let failed = state.stop?.failure != null;
  for (const phase of state.phases.values()) {
    if (phase.verdict === 'go') continue;
    ok = false;
    if (phase.status === 'failed') failed = true;
  }
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
