import type { RunEvent, Verdict } from '../run/run-event.js';
import type { PlanEvidence } from './plan-evidence.js';

/** Where a part of a run was done. */
export interface EvidenceSource {
  /** The job by its id in the workflow of GitHub. */
  readonly job: string;
  /** What tells the cells of one job apart, in words such as `os=linux`. */
  readonly cell: string | null;
  /** The same for people, where `cell` says nothing to them; null where there is nothing to say. */
  readonly label?: string | null;
  readonly attempt: number;
  /** The run that it is a part of: the same for all jobs that share one. */
  readonly runId: string;
  readonly commit: string | null;
  readonly url: string | null;
}

/** What a verdict is found from. */
export type Evidence = PartEvidence | PlannedEvidence | LostEvidence;

/** The newest state that a job has left of its part of a run. */
export interface PartEvidence {
  readonly kind: 'part';
  readonly source: EvidenceSource;
  readonly events: readonly RunEvent[];
  /** The gates that were asked, with their answers; what is not here was not asked. */
  readonly gates?: ReadonlyMap<string, Verdict>;
}

/** What was found done before anything was set up. */
export interface PlannedEvidence {
  readonly kind: 'plan';
  readonly plan: PlanEvidence;
  readonly job: string;
  readonly url: string | null;
}

/** Something that should be there, or is there and cannot be used; what is not known of it is null. */
export interface LostEvidence {
  readonly kind: 'lost';
  /** What `plan` leaves can only speak for a run; the state of a part may speak against it. */
  readonly of: 'part' | 'plan';
  readonly reason: 'missing' | 'unreadable' | 'damaged' | 'newer';
  /** One sentence, without its end. */
  readonly because: string;
  readonly job: string | null;
  readonly cell: string | null;
  readonly label?: string | null;
  readonly attempt: number | null;
  readonly runId: string | null;
  readonly commit: string | null;
  readonly url: string | null;
  /** The phases that it may speak of. */
  readonly phases: readonly string[] | null;
}
