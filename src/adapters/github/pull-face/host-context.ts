import { readFileSync } from 'node:fs';

/** The job that a run is part of, as far as a pull request shows it. */
export interface HostContext {
  /** What the job was started by: `pull_request`. */
  readonly event: string;
  /** What GitHub sent with the event. */
  readonly payload: unknown;
  readonly sha: string;
  /** GitHub's run; 0 where there is none. */
  readonly runId: number;
  readonly attempt: number;
  /** GitHub's workflow, by its file, which stays the same from branch to branch. */
  readonly workflow: string;
  readonly job: string;
  /** Which of equal jobs, and which part of the workflow it runs; empty where there is but one. */
  readonly part: string;
  /** Which of the jobs of a matrix, for people; empty without one. */
  readonly label: string;
  readonly runUrl: string | null;
}

/** From what the runner says. */
export function readHostContext(env: Readonly<Record<string, string | undefined>>, part: string, label = ''): HostContext {
  const [server = '', repository = '', runId = ''] = [env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY'], env['GITHUB_RUN_ID']];
  const named = (env['GITHUB_WORKFLOW_REF'] ?? '').replace(/@.*$/su, '');
  return {
    event: env['GITHUB_EVENT_NAME'] ?? '',
    payload: readPayload(env['GITHUB_EVENT_PATH']),
    sha: env['GITHUB_SHA'] ?? '',
    runId: readCount(runId),
    attempt: readCount(env['GITHUB_RUN_ATTEMPT']),
    workflow: named === '' ? (env['GITHUB_WORKFLOW'] ?? '') : named,
    job: env['GITHUB_JOB'] ?? '',
    part,
    label,
    runUrl: server === '' || repository === '' || runId === '' ? null : `${server}/${repository}/actions/runs/${runId}`,
  };
}

function readCount(text: string | undefined): number {
  return /^\d{1,15}$/u.test(text ?? '') ? Number(text) : 0;
}

function readPayload(path: string | undefined): unknown {
  if (path === undefined || path === '') return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
