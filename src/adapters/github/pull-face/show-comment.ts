import { renderPullComment } from '../../../core/report/pull/pull-comment.js';
import { isStampedLater, makePullMarker } from '../../../core/report/pull/pull-marker.js';
import type { PullRequest } from '../rest/pull-requests.js';
import type { FaceEnd } from './face.js';
import { explainNotDone } from './face.js';
import type { RunShowing } from './run-showing.js';

/** The one comment of this job on the pull request; that of a later run stays. */
export async function showComment({ api, context, summary, calledAs }: RunShowing, { number }: PullRequest): Promise<FaceEnd> {
  const { workflow, job, part, runId, attempt, runUrl } = context;
  const place = { githubWorkflow: workflow, job, part, file: summary.file };
  const stamp = { runId, attempt };
  const answer = await api.upsertComment({
    number,
    marker: makePullMarker(place),
    body: renderPullComment(summary, { place, stamp, ...(runUrl === null ? {} : { runUrl }), ...(calledAs === undefined ? {} : { calledAs }) }),
    isNewer: (body) => isStampedLater(body, stamp),
  });
  if (answer.kind !== 'done') return explainNotDone(answer, `pull request ${number} is gone, or the token may not see it`);
  return answer.value.change === 'kept' ? { kind: 'shown', note: `The comment on pull request ${number} tells of a later run already and stays as it is.` } : { kind: 'shown' };
}
