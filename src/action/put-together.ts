import { askGitForCommit } from '../adapters/github/exec-git-repository.js';
import type { AssembledRun, RunWish } from '../assembly/assemble-run.js';
import { assembleRun } from '../assembly/assemble-run.js';
import { readGithubContext } from '../assembly/github-context.js';
import { version } from '../assembly/version.js';
import type { JobPlace } from './job-place.js';
import { stateFolderOf } from './job-place.js';
import type { ActionWish } from './read-wish.js';
import { keepOnBoth } from '../assembly/on-github/both-artifacts.js';
import { openArtifactsOnGithub } from '../assembly/on-github/open-github-artifacts.js';
import type { ArtifactStore } from '../ports/artifact-store.js';
import type { RunReporter } from '../ports/run-reporter.js';
import type { JobLog } from './job-log.js';
import type { OnGithub } from './on-github.js';
import { calledAs } from './job-log.js';

/** A cancelled job has ten seconds; six are ours. */
const killAfterStopMs = 3_000;

type Found = Pick<RunWish, 'parsed' | 'plan' | 'source' | 'selected' | 'inputs' | 'runId' | 'past' | 'finallyOnStop' | 'continued'>;

export interface Surroundings {
  readonly place: JobPlace;
  readonly wish: ActionWish;
  readonly log: JobLog;
  readonly github: OnGithub | undefined;
}

export async function putTogether(found: Found, { place, wish, log, github }: Surroundings): Promise<AssembledRun> {
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
    call: { given: wish.workflow, file: found.source.file, selection: wish.selection, allowCostly: wish.allowCostly, words: [] },
    variant: github?.identity.matrix,
    cell: github?.identity.label,
    behindResults: wish.cache === 'off' ? undefined : github?.job.behindResults,
    behindArtifacts: github === undefined || github.services.absence !== undefined ? undefined : (local) => keepOnBoth(local, openArtifacts(github, { place, wish })),
    killAfterStopMs,
    reporter: github === undefined ? log.reporter : alsoTell(log.reporter, github),
    nextCommand: (state) => (state.status === 'succeeded' ? null : `${calledAs} run ${nameWorkflow(found.source.file)}`),
  });
  log.join(assembled);
  return assembled;
}

function openArtifacts({ services }: OnGithub, { place, wish }: Pick<Surroundings, 'place' | 'wish'>): ArtifactStore {
  return openArtifactsOnGithub({
    remote: services.transfers.artifacts,
    stateFolder: stateFolderOf(place),
    workspace: place.workspace,
    env: place.env,
    tokens: [wish.token, wish.encryptionKey].filter((word) => word !== ''),
    encryptionKey: wish.encryptionKey,
    retentionDays: wish.retentionDays ?? null,
    // An upload does not know what became of its run.
    outcomeOf: () => Promise.resolve({ status: 'unfinished', verdict: null }),
    now: Date.now,
  });
}

function alsoTell(reporter: RunReporter, { job }: OnGithub): RunReporter {
  return {
    ...reporter,
    onEvent: (event, state) => {
      job.onEvent(event);
      reporter.onEvent(event, state);
    },
  };
}

/** A file's name as any shell reads it. */
function nameWorkflow(file: string): string {
  return /^[\w@%+=:,./-]+$/u.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
