import type { JobHost } from '../ports/job-host.js';

/** What the later process of the same step has to know of the run, so that `finally` is never lost. */
export interface HandOver {
  readonly runId: string;
  /** Where the runs of this workspace lie. */
  readonly stateFolder: string;
  readonly runPath: string;
  /** How messages name the workflow's file. */
  readonly file: string;
}

const key = 'run';
const done = 'done';

/** Said before the run starts: a process that is killed says nothing any more. */
export function handOver(run: HandOver, host: Pick<JobHost, 'saveState'>): void {
  host.saveState(key, JSON.stringify(run));
}

export function reportDone(host: Pick<JobHost, 'saveState'>): void {
  host.saveState(done, 'true');
}

/** The run that is not over, if there is one. */
export function takeOver(host: Pick<JobHost, 'readState'>): HandOver | undefined {
  const text = host.readState(key);
  return text === '' || host.readState(done) === 'true' ? undefined : (JSON.parse(text) as HandOver);
}
