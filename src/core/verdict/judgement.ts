import type { Verdict } from '../run/run-event.js';

/** What the jobs of a workflow have come to together. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly workflow: string;
  readonly commit: string;
  /** One, but where a matrix of GitHub ran the workflow several times. */
  readonly runs: readonly JudgedRun[];
  /** What is wrong with jobs, beside the phases. */
  readonly jobs: readonly VerdictProblem[];
  /** What was looked at and does not count. */
  readonly passedOver: readonly PassedOver[];
}

export interface JudgedRun {
  readonly runId: string;
  /** What tells it from the other runs, such as `os=linux`. */
  readonly label: string | null;
  readonly verdict: Verdict;
  readonly phases: readonly JudgedPhase[];
}

export interface JudgedPhase {
  readonly id: string;
  readonly number: number;
  readonly verdict: Verdict;
  readonly reason: GoReason | NoGoReason;
  /** For people, a few words. */
  readonly because: string;
  /** The parts that say so. */
  readonly from: readonly Origin[];
  readonly problem: VerdictProblem | null;
}

/** `hits`: every result was there before. `when`: its own condition. */
export type GoReason = 'ran' | 'hits' | 'when' | 'ended-early';

export type NoGoReason = BadReason | 'absent' | 'stale' | 'partial';

/** How a part speaks against a step; `gate` that its gate did not open, `given` that it ran on values made up by a person. */
export type BadReason = 'failed' | 'cancelled' | 'undecided' | 'cut-off' | 'left-out' | 'gate' | 'given' | 'contradiction' | 'missing' | 'unreadable' | 'damaged' | 'newer';

/** Which part says it. */
export interface Origin {
  readonly job: string | null;
  readonly cell: string | null;
  /** The same for people, where `cell` says nothing to them. */
  readonly label?: string | null;
  readonly attempt: number | null;
  readonly url: string | null;
}

/** What, where, why it matters and what to do next: each a sentence. */
export interface VerdictProblem {
  /** A phase or a job. */
  readonly about: string;
  readonly reason: NoGoReason | 'job-failed' | 'job-cancelled' | 'job-skipped' | 'job-unknown';
  readonly what: string;
  readonly why: string;
  readonly next: string;
  readonly at: Origin | null;
}

export interface PassedOver {
  readonly origin: Origin;
  readonly reason: 'stale' | 'foreign' | 'superseded';
  readonly because: string;
}
