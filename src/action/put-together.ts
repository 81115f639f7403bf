import { join } from 'node:path';
import { askGitForCommit } from '../adapters/github/exec-git-repository.js';
import type { AssembledRun, RunWish } from '../assembly/assemble-run.js';
import { assembleRun } from '../assembly/assemble-run.js';
import { readGithubContext } from '../assembly/github-context.js';
import { version } from '../assembly/version.js';
import type { ActionWish } from './read-wish.js';
import type { JobLog } from './job-log.js';
import { calledAs } from './job-log.js';

/** Where the step runs. */
export interface JobPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A cancelled job has ten seconds; six are ours. */
const killAfterStopMs = 3_000;

export function findJobPlace(env: JobPlace['env'], folder: string): JobPlace {
  const named = env['GITHUB_WORKSPACE'] ?? '';
  return { env, workspace: named === '' ? folder : named };
}

export function stateFolderOf({ env, workspace }: JobPlace): string {
  const named = env['TOLLGATE_STATE_DIR'] ?? '';
  return named === '' ? join(workspace, '.tollgate') : named;
}

type Found = Pick<RunWish, 'parsed' | 'plan' | 'source' | 'selected' | 'inputs' | 'runId' | 'past' | 'finallyOnStop'>;

export async function putTogether(found: Found, { place, wish, log }: { readonly place: JobPlace; readonly wish: ActionWish; readonly log: JobLog }): Promise<AssembledRun> {
  const { env, workspace } = place;
  const assembled = await assembleRun({
    ...found,
    env,
    workspace,
    stateFolder: stateFolderOf(place),
    tollgateVersion: version,
    trigger: env['GITHUB_EVENT_NAME'] ?? 'action',
    actor: env['GITHUB_ACTOR'] ?? null,
    commit: (await askGitForCommit(workspace)) ?? env['GITHUB_SHA'] ?? null,
    github: () => readGithubContext(place),
    maxParallel: wish.maxParallel,
    allowCostly: wish.allowCostly,
    cache: { read: wish.cache !== 'off', write: wish.cache === 'on' },
    killAfterStopMs,
    reporter: log.reporter,
    nextCommand: (state) => (state.status === 'succeeded' ? null : `${calledAs} run ${nameWorkflow(found.source.file)}`),
  });
  log.join(assembled);
  return assembled;
}

/** A file's name as any shell reads it. */
function nameWorkflow(file: string): string {
  return /^[\w@%+=:,./-]+$/u.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
