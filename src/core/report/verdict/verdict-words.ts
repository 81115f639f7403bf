import type { JudgedPhase, Judgement, Origin, VerdictProblem } from '../../verdict/judgement.js';

/** `GO`, `NO-GO`. */
export function labelVerdict({ verdict }: Pick<Judgement | JudgedPhase, 'verdict'>): string {
  return verdict === 'go' ? 'GO' : 'NO-GO';
}

/** Everything that keeps it from being GO: phases in their order, which say what went wrong, then jobs of which none of them speaks. */
export function listVerdictProblems({ jobs, runs }: Judgement): readonly VerdictProblem[] {
  const phases = runs.flatMap((run) => run.phases.flatMap(({ problem }) => (problem === null ? [] : [run.label === null ? problem : { ...problem, what: `${run.label}: ${problem.what}` }])));
  const told = new Set(phases.flatMap(({ reason, at }) => (reason === 'failed' && at !== null ? [at.job] : [])));
  return [...phases, ...jobs.filter(({ reason, about }) => reason !== 'job-failed' || !told.has(about))];
}

/** «release is NO-GO at commit 1a2b3c4d5e6f: 2 of 3 phases are not shown to hold». */
export function describeJudgement(judgement: Judgement): string {
  const { workflow, commit, runs, jobs } = judgement;
  const phases = runs.flatMap((run) => run.phases);
  const open = phases.filter(({ verdict }) => verdict === 'no-go').length;
  const at = `${workflow} at commit ${commit.slice(0, 12)}`;
  if (judgement.verdict === 'go') return `${at}: ${phases.length === 1 ? 'its phase is shown to hold' : `all ${phases.length} phases are shown to hold`}`;
  const named = [...(open > 0 ? [`${open} of ${phases.length} phases ${open === 1 ? 'does' : 'do'} not hold`] : []), ...(jobs.length > 0 ? [`${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} did not succeed`] : [])];
  return `${at}: ${named.length === 0 ? 'there is nothing to judge by' : named.join(', ')}`;
}

/** `test (os=linux), attempt 2`. */
export function describeOrigin({ job, cell, label = cell, attempt }: Origin): string {
  return `${job === null ? 'a job' : `job ${job}`}${label === null || label === '' ? '' : ` (${label})`}${attempt === null ? '' : `, attempt ${attempt}`}`;
}

/** The parts that speak for a phase, the first of them by name. */
export function describeOrigins(from: readonly Origin[], most = 3): string {
  const rest = from.length - most;
  return `${from.slice(0, most).map(describeOrigin).join('; ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
