import type { NeedResult } from './read-needs.js';
import type { NoGoReason, Origin, VerdictProblem } from './judgement.js';

export interface PhaseProblem {
  readonly phase: string;
  readonly reason: NoGoReason;
  readonly because: string;
  readonly at: Origin | null;
  readonly skippedJobs: readonly string[];
}

const unproven = 'What the phase stands for is not shown to hold, so nothing may be built on it.';
const silence = 'A job that was skipped or cut short can look like success to GitHub: only what is written down counts.';
const rerun = 'Open the run on GitHub and choose «Re-run failed jobs»: it goes on where it stopped.';

const advice: Readonly<Record<NoGoReason, { readonly why: string; readonly next: string }>> = {
  failed: { why: unproven, next: 'Mend what failed and push; if it failed by chance, choose «Re-run failed jobs»: the run goes on at the failed step.' },
  gate: { why: 'A gate that did not open the way keeps everything after it closed; one that did not run has opened nothing.', next: 'Mend what its criteria name and push; where it did not run, give the whole phase to one job: `phases:` without `only:`.' },
  undecided: { why: 'It may have had its effect already, and having it twice could do harm.', next: 'Look at what it was to do, then start the workflow by hand with `resume: <run id>` and `mark-done: <step>` or `rerun: <step>`.' },
  contradiction: { why: 'Of two answers the one that forbids counts.', next: `${rerun} Report it if it comes again: it is a fault of Tollgate.` },
  given: { why: 'What a person made up says nothing of what the steps before it make.', next: 'Run it again without `set`.' },
  cancelled: { why: unproven, next: rerun },
  'cut-off': { why: silence, next: `Let the job of the verdict need every job that runs a part of the workflow. ${rerun}` },
  damaged: { why: 'What is lost may be a failure.', next: rerun },
  unreadable: { why: 'What cannot be read may be a failure.', next: `${rerun} Use one version of the workflow and of Tollgate in all jobs.` },
  newer: { why: 'What cannot be read may be a failure.', next: 'Use one version of Tollgate in all jobs, this one included.' },
  missing: { why: silence, next: rerun },
  'left-out': { why: unproven, next: 'Mend what it needs and push; it runs when that has gone well.' },
  partial: { why: 'The phase holds when all of its steps do.', next: 'Give the steps to a job: use the `matrix` of plan as it is, or run the phase without `only:`.' },
  stale: { why: 'A result of another commit says nothing of this one.', next: 'Choose «Re-run all jobs», or push again.' },
  absent: { why: silence, next: 'Look at the `if:` and `needs:` of the job that runs the phase, and at whether it could save its state; then choose «Re-run all jobs».' },
};

/** Why a phase is no GO, in the form of every message. */
export function describePhaseProblem({ phase, reason, because, at, skippedJobs }: PhaseProblem): VerdictProblem {
  const isUntold = reason === 'absent' || reason === 'partial';
  const skipped = isUntold && skippedJobs.length > 0 ? `; GitHub skipped ${skippedJobs.join(', ')}` : '';
  return { about: phase, reason, what: `phase ${phase} is NO-GO: ${because}${skipped}`, ...advice[reason], at };
}

/** Why a job keeps a run from being GO. */
export function describeJobProblem(job: string, result: Exclude<NeedResult, 'success'>): VerdictProblem {
  switch (result) {
    case 'failure': return { about: job, reason: 'job-failed', what: `job ${job} failed`, why: 'Something in it went wrong, though it may be no step of the workflow.', next: `Read its log, mend what failed, then choose «Re-run failed jobs».`, at: null };
    case 'cancelled': return { about: job, reason: 'job-cancelled', what: `job ${job} was cancelled`, why: 'What it had still to do was not done.', next: rerun, at: null };
    case 'skipped': return { about: job, reason: 'job-skipped', what: `job ${job} was skipped, and nothing written down says why it need not run`, why: 'To GitHub a skipped job is a success.', next: `Look at its \`if:\` and at the jobs that it needs. If it may be skipped, take ${job} out of \`needs:\` of the job of the verdict.`, at: null };
    case 'unknown': return { about: job, reason: 'job-unknown', what: `how job ${job} ended cannot be told`, why: 'What cannot be read is not taken for success.', next: 'Give the verdict `needs: ${{ toJSON(needs) }}` as it is.', at: null };
  }
}
