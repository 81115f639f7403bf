import type { ApiAnswer } from './api-answer.js';
import type { ListedCache } from './caches.js';
import type { CheckWish, CheckWritten, FoundCheck } from './check-runs.js';
import type { CommentWritten, StickyComment } from './comments.js';
import type { PullRequest } from './pull-requests.js';
import type { ArtifactDownload, RunArtifact } from './run-artifacts.js';
import type { WorkflowDispatch, WorkflowRun } from './workflow-runs.js';

/** What is asked of GitHub's REST API about one repository. Every call answers, within its time, whatever happens. */
export interface GithubApi {
  readonly getRepository: () => Promise<ApiAnswer<{ readonly isPrivate: boolean }>>;
  readonly listCaches: (wish: { readonly keyPrefix: string; readonly ref?: string }) => Promise<ApiAnswer<readonly ListedCache[]>>;
  readonly getRun: (runId: number) => Promise<ApiAnswer<WorkflowRun>>;
  readonly listRunArtifacts: (runId: number) => Promise<ApiAnswer<readonly RunArtifact[]>>;
  readonly downloadArtifact: (download: ArtifactDownload) => Promise<ApiAnswer<{ readonly bytes: number }>>;
  readonly dispatchWorkflow: (dispatch: WorkflowDispatch) => Promise<ApiAnswer<'dispatched'>>;
  /** From the event that the job was started by. */
  readonly findPullRequest: (payload: unknown) => Promise<ApiAnswer<PullRequest>>;
  readonly upsertComment: (comment: StickyComment) => Promise<ApiAnswer<CommentWritten>>;
  readonly findCheck: (wish: Pick<CheckWish, 'headSha' | 'name' | 'externalId'>) => Promise<ApiAnswer<FoundCheck | undefined>>;
  readonly createCheck: (wish: CheckWish) => Promise<ApiAnswer<CheckWritten>>;
  readonly updateCheck: (id: number, wish: CheckWish) => Promise<ApiAnswer<CheckWritten>>;
}
