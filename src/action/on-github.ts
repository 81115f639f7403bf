import { createSystemClock } from '../adapters/local/system-clock.js';
import type { JobIdentity } from '../assembly/on-github/identify-job.js';
import { identifyJob, namePart } from '../assembly/on-github/identify-job.js';
import type { JobOnGithub } from '../assembly/on-github/job-on-github.js';
import { openJobOnGithub } from '../assembly/on-github/job-on-github.js';
import type { GithubServices } from '../assembly/on-github/open-services.js';
import { openGithubServices, openJobTransfers } from '../assembly/on-github/open-services.js';
import type { PendingWork } from '../assembly/on-github/pending-work.js';
import type { TakenUp } from '../assembly/on-github/take-up-run.js';
import { takeUpRun } from '../assembly/on-github/take-up-run.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import type { JobLog } from './job-log.js';
import type { JobPlace } from './job-place.js';
import { stateFolderOf } from './job-place.js';
import type { ActionWish } from './read-wish.js';

/** What the step has of GitHub besides its runner. */
export interface OnGithub {
  readonly identity: JobIdentity;
  readonly part: string;
  readonly services: GithubServices;
  readonly job: JobOnGithub;
}

/** Nothing where no run of GitHub's is told of. */
export async function openOnGithub(place: JobPlace, { wish, workflow, pending, seesAll = false }: { readonly wish: ActionWish; readonly workflow: string; readonly pending?: PendingWork; readonly seesAll?: boolean }): Promise<OnGithub | undefined> {
  const { env, workspace } = place;
  const identity = identifyJob({ env, selection: wish.selection, matrixValues: wish.matrixValues });
  if (identity === undefined) return undefined;
  const clock = createSystemClock();
  const stateFolder = stateFolderOf(place);
  const part = namePart(identity, { workflow, inputs: wish.inputs });
  const transfers = place.transfers ?? openJobTransfers({ env, stateFolder, clock, ...(pending === undefined ? {} : { warned: pending.warned }) });
  const services = await openGithubServices({ env, stateFolder, token: wish.token, encryptionKey: wish.encryptionKey, transfers });
  const job = openJobOnGithub({ services, identity, part, workflow, stateFolder, workspace, env, clock, retentionDays: wish.retentionDays, seesAll, ...(pending === undefined ? {} : { pending }) });
  return { identity, part, services, job };
}

/** Steps whose effect must happen once. */
export function listOnceSteps({ steps }: ParsedWorkflow['outline']): readonly string[] {
  return steps.flatMap(({ step, lane }) => (lane.kind !== 'cleanup' && step.effects?.value === 'once' ? [step.id.value] : []));
}

/** What was done of this work before, here or in other jobs. */
export async function takeUp({ identity, part, services }: OnGithub, { place, wish, parsed: { outline }, log }: { readonly place: JobPlace; readonly wish: ActionWish; readonly parsed: ParsedWorkflow; readonly log: JobLog }): Promise<TakenUp> {
  const { selection, markDone, rerun, reason, resume } = wish;
  const isPartial = [selection.phases, selection.only, selection.skip].some((names) => names.length > 0) || [selection.from, selection.until, selection.labels].some((word) => word !== undefined);
  return await takeUpRun({
    services, identity, part, resume, isPartial,
    workflow: outline.workflow.name.value,
    onceSteps: listOnceSteps(outline),
    stateFolder: stateFolderOf(place),
    workspace: place.workspace,
    said: { markDone, rerun, reason, by: place.env['GITHUB_ACTOR'] ?? null },
    say: log.say,
    clock: createSystemClock(),
  });
}

/** What went wrong with GitHub's services, once for each cause; none of it has touched the run. */
export function tellWarnings({ services }: OnGithub, log: JobLog): void {
  for (const warning of services.transfers.takeWarnings()) log.command(toWorkflowCommand('warning', warning, { title: 'tollgate' }));
}
