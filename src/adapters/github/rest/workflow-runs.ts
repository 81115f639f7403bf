import type { ApiAnswer } from './api-answer.js';
import type { SendRequest } from './api-request.js';
import { countAt, fieldAt, textAt } from './read-fields.js';

/** A run as GitHub counts them. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  /** `.github/workflows/release.yml` */
  readonly path: string;
  readonly name: string | null;
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly event: string;
  readonly status: string | null;
  /** Null while it goes on. */
  readonly conclusion: string | null;
  /** Its page, for people. */
  readonly url: string;
  /** `owner/name` */
  readonly repository: string;
}

export async function getRun(send: SendRequest, runId: number): Promise<ApiAnswer<WorkflowRun>> {
  return await send({
    doing: `look up run ${runId}`,
    route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
    parameters: { run_id: runId },
    permission: 'actions: read',
    again: 'freely',
    read: ({ body }) => readRun(body),
  });
}

function readRun(body: unknown): WorkflowRun | undefined {
  const [id, headSha, event, path] = [countAt(body, 'id'), textAt(body, 'head_sha'), textAt(body, 'event'), textAt(body, 'path')];
  const repository = textAt(body, 'repository', 'full_name');
  if (id === undefined || headSha === undefined || event === undefined || path === undefined || repository === undefined) return undefined;
  const optional = (name: string): string | null => textAt(body, name) ?? null;
  return {
    id, headSha, event, repository,
    attempt: countAt(body, 'run_attempt') ?? 1,
    // A workflow of another repository, or of another ref, is written with `@` and where it is from.
    path: path.replace(/@.*$/su, ''),
    name: optional('name'), headBranch: optional('head_branch'), status: optional('status'), conclusion: optional('conclusion'),
    url: textAt(body, 'html_url') ?? '',
  };
}

export interface WorkflowDispatch {
  /** Its file's name, `release.yml`, or its id. */
  readonly workflow: string;
  readonly ref: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Starts a workflow; sent once, as nobody could tell a second run from a wanted one. */
export async function dispatchWorkflow(send: SendRequest, { workflow, ref, inputs }: WorkflowDispatch): Promise<ApiAnswer<'dispatched'>> {
  return await send<'dispatched'>({
    doing: `start ${workflow} on ${ref}`,
    route: 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    parameters: { workflow_id: workflow, ref, ...(inputs === undefined ? {} : { inputs }) },
    permission: 'actions: write',
    again: 'never',
    read: ({ status, body }) => (status === 204 || countAt(body, 'workflow_run_id') !== undefined ? 'dispatched' : undefined),
  });
}

export async function getRepository(send: SendRequest): Promise<ApiAnswer<{ readonly isPrivate: boolean }>> {
  return await send({
    doing: 'look up the repository',
    route: 'GET /repos/{owner}/{repo}',
    permission: 'contents: read',
    again: 'freely',
    read: ({ body }) => {
      const isPrivate = fieldAt(body, 'private');
      return typeof isPrivate === 'boolean' ? { isPrivate } : undefined;
    },
  });
}
