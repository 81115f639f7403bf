import type { Duration } from '../definition/shape/duration.js';
import type { Cell } from './expand-matrix.js';

/** What a run of a workflow would do, in which order: data alone, for people, scripts and the engine. */
export interface Plan {
  readonly workflow: string;
  readonly version: string | null;
  readonly description: string | null;
  readonly timeout: PlannedTime;
  readonly preflight: readonly PlannedCheck[];
  readonly phases: readonly PlannedPhase[];
  readonly finally: readonly PlannedStep[];
  readonly cleanup: readonly PlannedStep[];
  /** Steps in phases, parallel ones counted each, matrix cells not. */
  readonly stepCount: number;
}

/** A time limit that is written out, or the expression that makes it. */
export type PlannedTime = { readonly kind: 'limit'; readonly limit: Duration } | { readonly kind: 'computed'; readonly text: string };

export interface PlannedCheck {
  readonly kind: string;
  readonly text: string;
  readonly level: 'blocking' | 'warning' | 'info';
}

export interface PlannedPhase {
  readonly id: string;
  readonly name: string | null;
  readonly number: number;
  /** The ids of the phases that come before; none: it starts at once. */
  readonly needs: readonly string[];
  readonly when: PlannedWhen | null;
  readonly timeout: PlannedTime | null;
  readonly steps: readonly PlannedStep[];
  readonly gate: PlannedGate | null;
}

export interface PlannedGate {
  readonly criteria: readonly { readonly id: string; readonly proof: 'run' | 'check' | 'ratchet' | 'manual'; readonly advisory: boolean }[];
  readonly approval: boolean;
  readonly onNoGo: readonly PlannedStep[];
}

export interface PlannedStep {
  readonly id: string;
  readonly name: string | null;
  readonly number: string;
  readonly type: string;
  /** The number of the parallel group that it stands in. */
  readonly group: string | null;
  readonly needs: readonly PlannedNeed[];
  /** Steps of one phase with the same wave can run side by side. */
  readonly wave: number;
  readonly when: PlannedWhen | null;
  readonly timeout: PlannedTime;
  readonly cached: boolean;
  readonly effects: 'none' | 'idempotent' | 'once';
  readonly cells: PlannedCells | null;
}

export interface PlannedNeed {
  readonly id: string;
  readonly number: string;
  /** `order`: it stands before; `declared`: in `needs`; `reference`: an expression names it. */
  readonly why: 'order' | 'declared' | 'reference';
  readonly orderOnly: boolean;
}

export type PlannedCells = { readonly kind: 'known'; readonly cells: readonly Cell[] } | { readonly kind: 'later' };

/** A condition, and whether it holds as far as that can be known before the run. */
export interface PlannedWhen {
  readonly text: string;
  readonly holds: boolean | 'unknown' | 'failed';
  readonly because: string;
}
