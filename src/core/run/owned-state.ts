import type { RunPlan } from './run-plan.js';
import type { CellState, GroupState, PhaseState, RunState, Standing, StepState } from './run-state.js';
import { standingByNeeds } from './standing.js';

/** The state as its one owner, the fold, holds it. */
export interface OwnedState extends RunStateWithoutParts {
  readonly steps: Map<string, StepState>;
  readonly phases: Map<string, PhaseState>;
  readonly groups: Map<string, GroupState>;
  readonly unmet: number[];
  readonly standing: (Standing | undefined)[];
  readonly ready: Set<number>;
  readonly startable: Set<string>;
  readonly busy: Set<string>;
  readonly heldLocks: Set<string>;
  readonly background: Set<string>;
}

type Part = 'steps' | 'phases' | 'groups' | 'unmet' | 'standing' | 'ready' | 'startable' | 'busy' | 'heldLocks' | 'background';
type RunStateWithoutParts = { -readonly [K in Exclude<keyof RunState, Part>]: RunState[K] };

export function own(state: RunState): OwnedState {
  return state as OwnedState;
}

export function changeStep(state: OwnedState, id: string, change: Partial<StepState>): OwnedState {
  const step = state.steps.get(id);
  if (step !== undefined) state.steps.set(id, { ...step, ...change });
  return state;
}

export function changePhase(state: OwnedState, id: string, change: Partial<PhaseState>): OwnedState {
  const phase = state.phases.get(id);
  if (phase !== undefined) state.phases.set(id, { ...phase, ...change });
  return state;
}

export function changeCell(state: OwnedState, at: { readonly step: string; readonly cell: number }, change: Partial<CellState>): OwnedState {
  const step = state.steps.get(at.step);
  if (step === undefined) return state;
  return changeStep(state, at.step, { cells: step.cells.map((cell, index) => (index === at.cell ? { ...cell, ...change } : cell)) });
}

/** A node stands; whoever waited for nothing else is ready, and what has no meaning of its own stands too. */
export function settle(plan: RunPlan, state: OwnedState, node: number, standing: Standing): OwnedState {
  const open: [number, Standing][] = [[node, standing]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [at, stands] = next;
    if (state.standing[at] !== undefined || at < 0) continue;
    state.standing[at] = stands;
    state.ready.delete(at);
    for (const dependent of plan.dependents[at] ?? []) {
      const unmet = (state.unmet[dependent] ?? 0) - 1;
      state.unmet[dependent] = unmet;
      if (unmet > 0 || state.standing[dependent] !== undefined) continue;
      const byNeeds = standingByNeeds(plan, state, dependent);
      if (byNeeds === undefined) state.ready.add(dependent);
      else open.push([dependent, byNeeds]);
    }
  }
  return state;
}

/** What has been left out stands as soon as all that it waits for does: now, or when the last of it has settled. */
export function settleLeftOut(plan: RunPlan, state: OwnedState, node: number): OwnedState {
  const standing = (state.unmet[node] ?? 1) > 0 ? undefined : standingByNeeds(plan, state, node);
  return standing === undefined ? state : settle(plan, state, node, standing);
}
