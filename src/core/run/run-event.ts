import type { ArtifactRef } from '../artifact/artifact.js';
import type { Value } from '../expression/expression.js';
import type { Failure } from './failure.js';
import type { Selection } from './selection/selection.js';

/** What happened in a run, in order. The state of a run is a fold of these, and of nothing else. */
export type RunEvent = RunProgress & {
  /** Milliseconds since 1970. */
  readonly at: number;
};

export type RunProgress =
  | ({ readonly kind: 'run-started' } & RunFacts)
  /** The same run goes on in another process: all begins anew but for what was done, which is taken up step by step. */
  | ({ readonly kind: 'run-resumed'; /** By the attempts before. */ readonly spent: Spent } & RunFacts)
  | { readonly kind: 'run-paused'; readonly reason: PauseReason }
  /** Somebody has said what became of a step that may have had its effect. */
  | { readonly kind: 'step-decided'; readonly step: string; readonly decision: 'mark-done' | 'rerun'; readonly reason: string | null; readonly by: string | null }
  | { readonly kind: 'phase-started'; readonly phase: string }
  | { readonly kind: 'phase-skipped'; readonly phase: string; readonly reason: SkipReason; readonly because: string }
  | { readonly kind: 'phase-failed'; readonly phase: string; readonly failure: Failure }
  | { readonly kind: 'phase-ended'; readonly phase: string; readonly status: PhaseEnd; readonly verdict: Verdict }
  | { readonly kind: 'group-opened'; readonly group: string; readonly tolerated: boolean; readonly maxParallel: number | null }
  | { readonly kind: 'group-skipped'; readonly group: string; readonly reason: SkipReason; readonly because: string }
  | ({ readonly kind: 'step-opened'; readonly step: string } & StepTerms)
  | { readonly kind: 'step-skipped'; readonly step: string; readonly reason: SkipReason; readonly because: string }
  | { readonly kind: 'step-refused'; readonly step: string; readonly failure: Failure; readonly tolerated: boolean }
  /** Somewhere it is being looked for a result that holds. */
  | { readonly kind: 'lookup-started'; readonly step: string; readonly cell: number }
  /** Another cell or step is making the very result. */
  | { readonly kind: 'twin-awaited'; readonly step: string; readonly cell: number; readonly twin: string }
  /** `cache`: of any run. `earlier`: of an earlier attempt of this one. Nothing was executed. */
  | { readonly kind: 'result-reused'; readonly step: string; readonly cell: number; readonly source: ResultSource; readonly key: string; readonly attempts: number; readonly durationMs: number; readonly result: AttemptResult }
  | { readonly kind: 'attempt-started'; readonly step: string; readonly cell: number; readonly attempt: number }
  | { readonly kind: 'attempt-ended'; readonly step: string; readonly cell: number; readonly attempt: number; readonly durationMs: number; readonly result: AttemptResult; /** What the result depends on. */ readonly key?: string }
  | { readonly kind: 'attempt-stopping'; readonly step: string; readonly cell: number; readonly cause: StopCause | 'phase-timeout' | 'fail-fast' }
  | { readonly kind: 'attempts-over'; readonly step: string; readonly cell: number }
  | { readonly kind: 'retry-planned'; readonly step: string; readonly cell: number; readonly delayMs: number }
  | { readonly kind: 'retry-due'; readonly step: string; readonly cell: number }
  | { readonly kind: 'background-stopping'; readonly step: string; readonly cell: number }
  | { readonly kind: 'background-stopped'; readonly step: string; readonly cell: number }
  | { readonly kind: 'background-ended'; readonly step: string; readonly cell: number; readonly failure: Failure }
  | { readonly kind: 'run-stopped'; readonly cause: StopCause; readonly failure: Failure | null; readonly hard: boolean }
  | { readonly kind: 'run-ended'; readonly status: RunEnd; readonly verdict: Verdict | null; readonly outputs: Readonly<Record<string, Value>> };

export type Verdict = 'go' | 'no-go';
export type RunEnd = 'succeeded' | 'failed' | 'cancelled';
export type PauseReason = 'decision';
export type ResultSource = 'cache' | 'earlier';

export interface Spent {
  readonly usd: number;
  readonly tokens: number;
}

export type PhaseEnd = 'succeeded' | 'failed' | 'cancelled';

/** Why the run takes up nothing new: a person or the runner, or its time limit. */
export type StopCause = 'SIGINT' | 'SIGTERM' | 'timeout';

/**
 * `when`: its own condition is false, which is neutral. `need`: something that it needs did not succeed.
 * `ended-early`: an assert ended the run. `request`: left out by the call. `costly`: the run does not allow it, which
 * stops nobody; `costly-required`: nor can its phase be GO without it.
 */
export type SkipReason = 'when' | 'need' | 'phase' | 'ended-early' | 'cancelled' | 'timeout' | 'fail-fast' | 'request' | 'costly' | 'costly-required' | 'empty-matrix';

/** What is known of a run as it starts; later statistics need it. */
export interface RunFacts {
  readonly runId: string;
  readonly workflow: string;
  readonly workflowVersion: string | null;
  readonly file: string;
  readonly attempt: number;
  readonly tollgateVersion: string;
  readonly trigger: string;
  readonly actor: string | null;
  readonly commit: string | null;
  readonly inputs: Readonly<Record<string, Value>>;
  /** What the call asked for that makes the run a partial one, such as `--only build`; empty for a whole run. */
  readonly partial: readonly string[];
  readonly os: string;
  readonly arch: string;
  readonly node: string;
  /** What was asked for, for whoever goes on with the run or does it again. */
  readonly call?: CallRecord;
  /** Which work tree on which machine: in another one only what was declared is there. */
  readonly tree?: string;
  /** What tells the job that it ran in from others like it, such as `os=linux`. */
  readonly cell?: string;
}

export interface CallRecord {
  /** The workflow as the caller named it. */
  readonly given: string;
  /** Its file, from the workspace's root. */
  readonly file: string;
  readonly selection: Selection;
  readonly allowCostly: boolean;
  /** The other words of the call. */
  readonly words: readonly string[];
}

/** What the fields of a step say once they are evaluated. */
export interface StepTerms {
  /** The values of each cell; a step without a matrix has one cell without values. */
  readonly cells: readonly Readonly<Record<string, Value>>[];
  readonly isMatrix: boolean;
  readonly attempts: number;
  readonly retryOn: readonly RetryReason[];
  readonly delayMs: number;
  readonly factor: number;
  readonly maxDelayMs: number;
  readonly locks: readonly string[];
  readonly maxParallel: number | null;
  readonly failFast: boolean;
  /** `continue_on_error`, its own or its group's. */
  readonly tolerated: boolean;
  readonly background: 'phase' | 'run' | 'never' | null;
  /** `effects: once`: cut short, nobody knows whether it has had its effect. */
  readonly once?: true;
}

export type RetryReason = 'failure' | 'timeout' | { readonly exitCodes: readonly number[] };

/** What one attempt of a step, or of one cell, came to. */
export interface AttemptResult {
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  readonly failure: Failure | null;
  readonly exitCode: number | null;
  /** The last 64 KiB, masked, without the end of line. */
  readonly stdout: string;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly costUsd: number;
  readonly tokens: number;
  /** An assert with `on_false: end`: the run ends here, succeeded, with this message. */
  readonly endsRun: string | null;
  /** What the failure's reader sees first: the last lines, masked. */
  readonly tail: readonly string[];
  /** Worth saying, and no failure. */
  readonly warnings: readonly Failure[];
  /** What each declared output contains; left out where nobody asks. */
  readonly digests?: Readonly<Record<string, string>>;
  /** What was kept with the run. */
  readonly artifacts?: readonly ArtifactRef[];
}
