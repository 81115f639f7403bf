import type { ApiAnswer } from './api-answer.js';
import type { SendRequest } from './api-request.js';
import { countAt, fieldAt, textAt } from './read-fields.js';

/** A pull request, as far as a run is shown on it. */
export interface PullRequest {
  readonly number: number;
  /** Its branch is of another repository, or of one that is gone. */
  readonly isFork: boolean;
  readonly author: string | null;
  /** The commit that people see, which the checks stand at. */
  readonly headSha: string;
}

/** The pull request that a job is about: from what GitHub sent with the event, else asked for by its number. */
export async function findPullRequest(send: SendRequest, payload: unknown): Promise<ApiAnswer<PullRequest>> {
  const named = readPullRequest(fieldAt(payload, 'pull_request'));
  if (named !== undefined) return { kind: 'done', value: named };
  const number = findNumber(payload);
  if (number === undefined) return { kind: 'absent' };
  return await send({
    doing: `look up pull request ${number}`,
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    parameters: { pull_number: number },
    permission: 'pull-requests: read',
    again: 'freely',
    read: ({ body }) => readPullRequest(body),
  });
}

/** A comment on a pull request, or the end of a workflow that ran for just one. */
function findNumber(payload: unknown): number | undefined {
  if (fieldAt(payload, 'issue', 'pull_request') !== undefined) return countAt(payload, 'issue', 'number');
  const pulls = fieldAt(payload, 'workflow_run', 'pull_requests');
  return Array.isArray(pulls) && pulls.length === 1 ? countAt(pulls[0], 'number') : undefined;
}

function readPullRequest(pull: unknown): PullRequest | undefined {
  const [number, headSha, base] = [countAt(pull, 'number'), textAt(pull, 'head', 'sha'), textAt(pull, 'base', 'repo', 'full_name')];
  if (number === undefined || headSha === undefined || base === undefined) return undefined;
  return { number, headSha, isFork: textAt(pull, 'head', 'repo', 'full_name') !== base, author: textAt(pull, 'user', 'login') ?? null };
}
