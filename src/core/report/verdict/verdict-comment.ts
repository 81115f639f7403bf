import type { Judgement } from '../../verdict/judgement.js';
import { limits } from '../pull/fit-markdown.js';
import type { PullPlace, PullStamp } from '../pull/pull-marker.js';
import { makePullMarker, writePullStamp } from '../pull/pull-marker.js';
import { byteLength } from '../run/utf8.js';
import { renderVerdictPage } from './verdict-page.js';

export interface VerdictCommentOptions {
  readonly place: PullPlace;
  readonly stamp: PullStamp;
  /** The page of the run, where the summaries of its jobs are. */
  readonly runUrl: string | null;
}

/** The verdict as the one comment on its pull request, however many jobs it was found from. */
export function renderVerdictComment(judgement: Judgement, { place, stamp, runUrl }: VerdictCommentOptions): string {
  const head = `${makePullMarker(place)}\n${writePullStamp(stamp)}\n`;
  const foot = runUrl === null || !/^https:\/\/[A-Za-z0-9._~:/?#=&%-]+$/u.test(runUrl) ? '' : `\n[The run with the pages of its jobs](${runUrl})\n`;
  return `${head}${renderVerdictPage(judgement, { limitBytes: limits.comment - byteLength(head) - byteLength(foot) })}${foot}`;
}
