import { describeMatrix } from '../assembly/on-github/identify-job.js';
import { isPrivateRepository } from '../assembly/triggering-event.js';
import { describePublicity } from '../core/artifact/describe-publicity.js';
import { counted } from '../core/report/plan-words.js';
import type { RunSummary } from '../core/report/run-summary.js';
import type { JobPlace } from './job-place.js';
import { stateFolderOf } from './job-place.js';
import { calledAs } from './job-log.js';
import type { OnGithub } from './on-github.js';
import type { ActionWish } from './read-wish.js';

export interface ToldOnGithub {
  readonly place: JobPlace;
  readonly wish: ActionWish;
  readonly github: OnGithub;
}

/** On the pull request, where it is asked for; answers what can be said of it. */
export async function showOnPull(summary: RunSummary, { github, place, wish }: ToldOnGithub): Promise<readonly string[]> {
  if (wish.comment === 'off' && wish.check === 'off') return [];
  const [{ showRun }, { readHostContext }] = await Promise.all([import('../adapters/github/pull-face/show-run.js'), import('../adapters/github/pull-face/host-context.js')]);
  return await showRun({ api: github.services.api, context: readHostContext(place.env, github.part, describeMatrix(github.identity.matrix)), summary, wish, calledAs });
}

export interface Report {
  readonly page: string;
  readonly json: string;
  readonly runPath: string;
}

/** The report as an artifact: its id, where it is asked for and came to be. */
export async function reportOnGithub(report: Report, { github, place, wish }: ToldOnGithub): Promise<{ readonly id: string; readonly lines: readonly string[] }> {
  if (!wish.report) return { id: '', lines: [] };
  if (wish.encryptionKey !== '') return { id: '', lines: ['The report is not uploaded: with an encryption-key nothing leaves the job that anybody could read. The state of a run that did not succeed holds its logs.'] };
  const { uploadReport } = await import('../assembly/on-github/upload-report.js');
  const { identity, part, services } = github;
  const done = await uploadReport({ ...report, remote: services.transfers.artifacts, name: `tollgate-report-${part}-${identity.attempt}`, scratch: `${stateFolderOf(place)}/github`, tokens: [wish.token].filter((token) => token !== ''), retentionDays: wish.retentionDays });
  return done.kind === 'uploaded' ? { id: String(done.id), lines: [] } : { id: '', lines: [`The report is not uploaded: ${done.reason}`] };
}

/** Who can read what this job has left, where that is more than those who may. */
export async function warnOfPublicity(left: { readonly summary: RunSummary; readonly hasReport: boolean }, { github, place, wish }: ToldOnGithub): Promise<string | undefined> {
  const { services } = github;
  const steps = [...left.summary.phases.flatMap((phase) => phase.steps), ...left.summary.finally];
  const artifacts = new Set(steps.flatMap((step) => step.artifacts.map(({ name }) => name))).size;
  const what = [artifacts === 0 ? '' : counted(artifacts, 'artifact', 'artifacts'), left.hasReport ? 'the report' : '', left.summary.status === 'succeeded' ? '' : 'the state of the run'].filter((each) => each !== '');
  if (what.length === 0 || wish.encryptionKey !== '' || services.absence !== undefined) return undefined;
  const isPrivate = isPrivateRepository(place.env) ?? (await askWhetherPrivate(github));
  return describePublicity({ isPrivate, isSealed: false, what: new Intl.ListFormat('en').format(what) });
}

async function askWhetherPrivate({ services }: OnGithub): Promise<boolean | undefined> {
  const answer = await services.api.getRepository();
  return answer.kind === 'done' ? answer.value.isPrivate : undefined;
}
