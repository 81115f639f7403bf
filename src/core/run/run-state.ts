import type { Value } from '../expression/expression.js';
import type { Failure } from './failure.js';
import type { AttemptResult, PauseReason, ResultSource, RunEnd, RunFacts, SkipReason, Spent, StepTerms, StopCause, Verdict } from './run-event.js';
import type { RunPlan } from './run-plan.js';

/** What a run has come to. Only `evolve` writes to it; everybody else reads. */
export interface RunState {
  readonly status: 'pending' | 'running' | 'paused' | RunEnd;
  /** Why it is paused. */
  readonly paused: PauseReason | null;
  readonly verdict: Verdict | null;
  readonly facts: RunFacts | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly steps: ReadonlyMap<string, StepState>;
  readonly phases: ReadonlyMap<string, PhaseState>;
  readonly groups: ReadonlyMap<string, GroupState>;
  /** By node of the plan: how many of its needs are not settled. */
  readonly unmet: readonly number[];
  /** By node: how it stands for those that need it; nothing while it is not settled. */
  readonly standing: readonly (Standing | undefined)[];
  /** Nodes whose needs are all settled, and of which nothing is decided yet. */
  readonly ready: ReadonlySet<number>;
  /** Opened steps with a cell that could start. */
  readonly startable: ReadonlySet<string>;
  /** Steps with a cell that runs, waits or has just failed: what `decide` has to look at. */
  readonly busy: ReadonlySet<string>;
  readonly running: number;
  readonly heldLocks: ReadonlySet<string>;
  /** Servers that are up, by step and cell. */
  readonly background: ReadonlySet<string>;
  readonly stop: { readonly cause: StopCause; readonly failure: Failure | null; readonly hard: boolean } | null;
  readonly endedEarly: { readonly step: string; readonly message: string } | null;
  /** By earlier attempts of the run. */
  readonly spentBefore: Spent;
}

/** `ok`: it and all before it succeeded, were neutral or tolerated. `failed`: it or one before it failed untolerated. */
export interface Standing {
  readonly ok: boolean;
  readonly failed: boolean;
}

export interface StepState {
  readonly status: 'pending' | 'open' | 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'indeterminate';
  readonly terms: StepTerms | null;
  readonly cells: readonly CellState[];
  readonly skipped: { readonly reason: SkipReason; readonly because: string } | null;
  /** Of the step as a whole: the first that one of its cells met, or what kept it from being opened. */
  readonly failure: Failure | null;
  readonly tolerated: boolean;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface CellState {
  readonly status: 'pending' | 'running' | 'failing' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'indeterminate';
  readonly attempts: number;
  /** It was told to end. */
  readonly stopping: boolean;
  readonly startedAt: number | null;
  /** Over all attempts. */
  readonly durationMs: number;
  readonly costUsd: number;
  readonly tokens: number;
  readonly result: AttemptResult | null;
  /** Where the result is from when nothing was executed for it. */
  readonly source: ResultSource | null;
  readonly key: string | null;
}

export interface PhaseState {
  readonly status: 'pending' | 'running' | 'succeeded' | 'failed' | 'skipped' | 'cancelled';
  readonly verdict: Verdict | null;
  readonly skipped: { readonly reason: SkipReason; readonly because: string } | null;
  readonly failure: Failure | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface GroupState {
  readonly tolerated: boolean;
  readonly maxParallel: number | null;
  readonly running: number;
}

const nothing: StepState = { status: 'pending', terms: null, cells: [], skipped: null, failure: null, tolerated: false, startedAt: null, endedAt: null };
const unbegun: PhaseState = { status: 'pending', verdict: null, skipped: null, failure: null, startedAt: null, endedAt: null };

export const unbegunCell: CellState = { status: 'pending', attempts: 0, stopping: false, startedAt: null, durationMs: 0, costUsd: 0, tokens: 0, result: null, source: null, key: null };

/** A run of which nothing has happened yet. */
export function createRunState(plan: RunPlan): RunState {
  return {
    status: 'pending',
    paused: null,
    verdict: null,
    facts: null,
    startedAt: 0,
    endedAt: null,
    outputs: {},
    steps: new Map([...plan.steps.keys()].map((id) => [id, nothing])),
    phases: new Map([...plan.phases.keys()].map((id) => [id, unbegun])),
    groups: new Map([...plan.groups.keys()].map((id) => [id, { tolerated: false, maxParallel: null, running: 0 }])),
    unmet: plan.needs.map((needs) => needs.length),
    standing: plan.nodes.map(() => undefined),
    ready: new Set(),
    startable: new Set(),
    busy: new Set(),
    running: 0,
    heldLocks: new Set(),
    background: new Set(),
    stop: null,
    endedEarly: null,
    spentBefore: { usd: 0, tokens: 0 },
  };
}

export function cellKey(step: string, cell: number): string {
  return `${step}[${cell}]`;
}
