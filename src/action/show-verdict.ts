import type { HostContext } from '../adapters/github/pull-face/host-context.js';
import { readHostContext } from '../adapters/github/pull-face/host-context.js';
import type { ApiAnswer } from '../adapters/github/rest/api-answer.js';
import type { GithubApi } from '../adapters/github/rest/github-api.js';
import type { PullRequest } from '../adapters/github/rest/pull-requests.js';
import { isStampedLater, makePullMarker } from '../core/report/pull/pull-marker.js';
import { renderVerdictComment } from '../core/report/verdict/verdict-comment.js';
import { renderVerdictPage } from '../core/report/verdict/verdict-page.js';
import { describeJudgement } from '../core/report/verdict/verdict-words.js';
import type { Judgement } from '../core/verdict/judgement.js';
import type { JobPlace } from './job-place.js';
import type { OnGithub } from './on-github.js';
import type { ActionWish } from './read-wish.js';

export interface VerdictShowing {
  readonly github: OnGithub;
  readonly place: JobPlace;
  readonly wish: Pick<ActionWish, 'comment' | 'check'>;
  /** The workflow's file. */
  readonly file: string;
  readonly say: (line: string) => void;
}

/** The verdict beside the result of its job: a check run, and a comment on the pull request. Neither can change the verdict. */
export async function showVerdict(judgement: Judgement, showing: VerdictShowing): Promise<void> {
  const { github: { services: { api }, identity }, place, wish, file, say } = showing;
  if (wish.comment === 'off' && wish.check === 'off') return;
  const context = readHostContext(place.env, '');
  const pull = await api.findPullRequest(context.payload);
  const isFork = pull.kind === 'done' && pull.value.isFork;
  if (wish.check !== 'off') tell('check run', { answer: await makeCheck(judgement, { api, context, pull, detailsUrl: identity.address }), wanted: wish.check, isFork, say });
  if (wish.comment === 'off') return;
  const comment = pull.kind === 'done' ? await writeComment(judgement, { api, context, number: pull.value.number, file }) : pull;
  if (comment.kind !== 'absent') tell('comment', { answer: comment, wanted: wish.comment, isFork, say });
  else if (wish.comment === 'on') say(`No comment is written: the job was started by ${context.event}, which names no pull request. Write comment: auto where it is wanted on pull requests alone.`);
}

interface Showing {
  readonly api: GithubApi;
  readonly context: HostContext;
}

/** A pull request's checks are those of its head, not of the merge that is tried. */
async function makeCheck(judgement: Judgement, { api, context, pull, detailsUrl }: Showing & { readonly pull: ApiAnswer<PullRequest>; readonly detailsUrl: string }): Promise<ApiAnswer<unknown>> {
  return await api.createCheck({
    name: `Tollgate verdict: ${judgement.workflow}`,
    headSha: pull.kind === 'done' ? pull.value.headSha : context.sha,
    title: describeJudgement(judgement),
    summary: renderVerdictPage(judgement, { limitBytes: 60_000 }),
    conclusion: judgement.verdict === 'go' ? 'success' : 'failure',
    annotations: [],
    externalId: `tollgate-verdict-${context.runId}-${context.attempt}-${judgement.workflow}`,
    detailsUrl,
  });
}

async function writeComment(judgement: Judgement, { api, context, number, file }: Showing & { readonly number: number; readonly file: string }): Promise<ApiAnswer<unknown>> {
  const { workflow, job, runId, attempt, runUrl } = context;
  const place = { githubWorkflow: workflow, job, part: 'verdict', file };
  const stamp = { runId, attempt };
  return await api.upsertComment({ number, marker: makePullMarker(place), body: renderVerdictComment(judgement, { place, stamp, runUrl }), isNewer: (body) => isStampedLater(body, stamp) });
}

interface Telling {
  readonly answer: ApiAnswer<unknown>;
  readonly wanted: 'auto' | 'on';
  readonly isFork: boolean;
  readonly say: (line: string) => void;
}

function tell(what: string, { answer, wanted, isFork, say }: Telling): void {
  // No permission in the workflow's file helps there.
  if (answer.kind === 'forbidden' && isFork) return say(`There is no ${what}: the pull request is from a fork, and its token may only read. The page of this job has the verdict.`);
  if (answer.kind === 'forbidden' && wanted === 'on') say(`There is no ${what}: ${answer.reason}. The result of this job says the same; give it the permission ${answer.permission} to have a ${what} too.`);
  if (answer.kind === 'unavailable') say(`There is no ${what}: ${answer.reason}. The result of this job says the same.`);
}
