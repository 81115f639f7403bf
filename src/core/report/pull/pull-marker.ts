import { createHash } from 'node:crypto';

/** What a comment belongs to: it stays the same from run to run. */
export interface PullPlace {
  /** GitHub's workflow, by its file or name. */
  readonly githubWorkflow: string;
  readonly job: string;
  /** Which of the equal jobs of a matrix, and which part of the workflow it runs. */
  readonly part: string;
  /** The workflow's own file. */
  readonly file: string;
}

/** A line that nobody sees, by which the one comment of a place is found again. */
export function makePullMarker({ githubWorkflow, job, part, file }: PullPlace): string {
  const digest = createHash('sha256').update(JSON.stringify([githubWorkflow, job, part, file])).digest('hex').slice(0, 32);
  return `<!-- tollgate:${digest} -->`;
}

/** Which run of GitHub's a comment tells of: ids grow. */
export interface PullStamp {
  readonly runId: number;
  readonly attempt: number;
}

export function writePullStamp({ runId, attempt }: PullStamp): string {
  return `<!-- tollgate run ${runId}.${attempt} -->`;
}

/** Whether a comment tells of a later run than this: what ends late never writes over it. */
export function isStampedLater(body: string, { runId, attempt }: PullStamp): boolean {
  // The second line: whatever stands further down may be a value.
  const found = /^[^\n]*\n<!-- tollgate run (\d{1,15})\.(\d{1,6}) -->/u.exec(body.replaceAll('\r', ''));
  if (found === null) return false;
  const [theirs, theirAttempt] = [Number(found[1]), Number(found[2])];
  return theirs > runId || (theirs === runId && theirAttempt > attempt);
}
