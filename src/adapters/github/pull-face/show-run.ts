import { escapeHidden } from '../../../core/report/visible-text.js';
import type { ApiAnswer } from '../rest/api-answer.js';
import type { PullRequest } from '../rest/pull-requests.js';
import { describeFaces } from './describe-faces.js';
import type { FaceEnd } from './face.js';
import { explainNotDone } from './face.js';
import type { HostContext } from './host-context.js';
import type { RunShowing } from './run-showing.js';
import { showCheck } from './show-check.js';
import { showComment } from './show-comment.js';

/** Shows a run on its pull request: the one comment, brought up to date, and a check. Answers what is to be said of it, and never fails the run. */
export async function showRun(showing: RunShowing): Promise<readonly string[]> {
  const { wish } = showing;
  if (wish.comment === 'off' && wish.check === 'off') return [];
  try {
    const pull = await showing.api.findPullRequest(showing.context.payload);
    const comment = await placeComment(showing, pull);
    const check = await placeCheck(showing, pull);
    return describeFaces({ comment, check });
  } catch (error) {
    const reason = escapeHidden(error instanceof Error ? error.message : 'nobody knows why').slice(0, 300);
    return [`This run is shown in the job summary alone: ${reason}. Its result is the same.`];
  }
}

type FoundPull = ApiAnswer<PullRequest>;

/** A pull request of a fork has a token that may only read, unless it runs in the name of the base branch. */
function mayOnlyRead(pull: FoundPull, { event }: HostContext): boolean {
  return pull.kind === 'done' && pull.value.isFork && event !== 'pull_request_target' && event !== 'issue_comment' && event !== 'workflow_run';
}

async function placeComment(showing: RunShowing, pull: FoundPull): Promise<FaceEnd> {
  const { wish: { comment: wanted }, context } = showing;
  if (wanted === 'off') return { kind: 'unwanted' };
  if (pull.kind === 'absent') return wanted === 'auto' ? { kind: 'unwanted' } : noPlace(`the job was started by ${describeEvent(context)}, which names no pull request`);
  if (pull.kind !== 'done') return explainNotDone(pull, 'the pull request is gone');
  if (mayOnlyRead(pull, context) && wanted === 'auto') return { kind: 'hidden', because: { kind: 'fork' } };
  return blameFork(await showComment(showing, pull.value), mayOnlyRead(pull, context));
}

async function placeCheck(showing: RunShowing, pull: FoundPull): Promise<FaceEnd> {
  const { wish: { check: wanted }, context } = showing;
  if (wanted === 'off') return { kind: 'unwanted' };
  if (pull.kind === 'absent' && wanted === 'auto') return { kind: 'unwanted' };
  if (mayOnlyRead(pull, context) && wanted === 'auto') return { kind: 'hidden', because: { kind: 'fork' } };
  if (pull.kind === 'forbidden' || pull.kind === 'unavailable') return explainNotDone(pull, 'the pull request is gone');
  const headSha = pull.kind === 'done' ? pull.value.headSha : context.sha;
  return headSha === '' ? noPlace('nobody says which commit it would stand at') : blameFork(await showCheck(showing, headSha), mayOnlyRead(pull, context));
}

/** No permission in the workflow's file helps there. */
function blameFork(end: FaceEnd, isForks: boolean): FaceEnd {
  return isForks && end.kind === 'hidden' && end.because.kind === 'forbidden' ? { kind: 'hidden', because: { kind: 'fork' } } : end;
}

function noPlace(what: string): FaceEnd {
  return { kind: 'hidden', because: { kind: 'no-place', what } };
}

function describeEvent({ event }: HostContext): string {
  return event === '' ? 'no event of GitHub' : `the event ${escapeHidden(event)}`;
}
