import type { FileFindings } from '../../../core/report/diagnostics-text.js';
import type { RunSummary } from '../../../core/report/run-summary.js';
import type { GithubApi } from '../rest/github-api.js';
import type { Face, FaceWish } from './face.js';
import type { HostContext } from './host-context.js';

/** A run that has ended, and where it shall be seen. */
export interface RunShowing {
  readonly api: Pick<GithubApi, 'findPullRequest' | 'upsertComment' | 'findCheck' | 'createCheck' | 'updateCheck'>;
  readonly context: HostContext;
  readonly summary: RunSummary;
  /** `auto` shows it on pull requests; `on` says where that is not possible. */
  readonly wish: Readonly<Record<Face, FaceWish>>;
  /** Problems of the workflow itself, beside their lines. */
  readonly findings?: readonly FileFindings[];
  /** How Tollgate is called where the reader could type. */
  readonly calledAs?: string;
}
