import type { Value } from '../expression/expression.js';

/** A run as every report sees it: terminal, JSON, job summary. Made by folding, rendered by pure functions. */
export interface RunSummary {
  readonly runId: string;
  readonly workflow: string;
  readonly workflowVersion: string | null;
  /** The workflow's file, as messages name it. */
  readonly file: string;
  readonly status: 'running' | 'succeeded' | 'failed' | 'paused' | 'cancelled';
  readonly reason: string | null;
  readonly verdict: 'go' | 'no-go' | null;
  readonly attempt: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly durationMs: number;
  readonly actor: string | null;
  readonly commit: string | null;
  readonly trigger: string;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly phases: readonly PhaseSummary[];
  /** The steps of `finally`, in order. */
  readonly finally: readonly StepSummary[];
  /** Cells whose result is of an earlier attempt of the run. */
  readonly kept: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
  readonly costUsd: number;
  readonly tokens: number;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly partial: readonly string[];
  /** «the assert says: nothing to do», when an assert ended the run. */
  readonly endedEarly: { readonly step: string; readonly message: string } | null;
  /** Of the run itself, such as its time limit. */
  readonly failure: FailureSummary | null;
  /** Warnings and notes of the whole run. */
  readonly messages: readonly FailureSummary[];
  readonly nextSteps: string | null;
  /** What to type next: after a failure the way on. */
  readonly nextCommand: string | null;
}

export type PartStatus = 'pending' | 'running' | 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'indeterminate';

export interface PhaseSummary {
  readonly id: string;
  readonly name: string | null;
  readonly number: number;
  /** Ids of the phases that it waits for, for the picture. */
  readonly needs: readonly string[];
  readonly status: PartStatus;
  readonly verdict: 'go' | 'no-go' | null;
  /** Why it was skipped, for people: «inputs.deploy is false». */
  readonly because: string | null;
  readonly durationMs: number;
  readonly costUsd: number;
  readonly steps: readonly StepSummary[];
  readonly failure: FailureSummary | null;
}

export interface StepSummary {
  readonly id: string;
  readonly name: string | null;
  /** `1.2`, `2.4.1`, `finally.1`. */
  readonly number: string;
  /** The phase's id; null in `finally`. */
  readonly phase: string | null;
  /** Ids of the steps and groups' members that it waits for inside its phase, for the picture. */
  readonly needs: readonly string[];
  readonly type: string;
  readonly component: string | null;
  readonly status: PartStatus;
  /** Why it was skipped, for people; null where it was not. */
  readonly because: string | null;
  readonly cached: boolean;
  readonly key: string | null;
  readonly attempts: number;
  readonly startedAt: number | null;
  readonly durationMs: number;
  readonly costUsd: number;
  readonly tokens: number;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly artifacts: readonly ArtifactSummary[];
  readonly failure: FailureSummary | null;
  /** What a person can try, in order. */
  readonly recovery: readonly string[];
  readonly warnings: readonly FailureSummary[];
  /** The last lines of a failed step's output, masked. */
  readonly tail: readonly string[];
  readonly cells: readonly CellSummary[] | null;
  readonly background: boolean;
  /** The step's log, from the workspace; null where there is none. */
  readonly log: string | null;
}

/** What a step has kept with its run. */
export interface ArtifactSummary {
  readonly name: string;
  /** `measure/coverage@<run>`: what `artifacts get` takes. */
  readonly reference: string;
  readonly version: string;
  readonly files: number;
  /** In bytes. */
  readonly size: number;
  /** Where its files lie, from the workspace; null where nobody knows. */
  readonly path: string | null;
}

export interface CellSummary {
  /** `node=20, os=linux`. */
  readonly label: string;
  readonly status: PartStatus;
  readonly cached: boolean;
  readonly attempts: number;
  readonly durationMs: number;
  readonly failure: FailureSummary | null;
  readonly tail: readonly string[];
}

/** A problem of a run with its place, ready for people and scripts. */
export interface FailureSummary {
  /** `blocking` stops, `warning` goes on, `info` informs. */
  readonly severity: 'blocking' | 'warning' | 'info';
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly hints: readonly string[];
  /** A failure under `continue_on_error`. */
  readonly tolerated: boolean;
}
