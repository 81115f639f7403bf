import { forecastRun } from '../engine/forecast-run.js';
import { keepPlanEntry } from '../adapters/github/segments/plan-entries.js';
import { nameRunGroup } from '../assembly/on-github/identify-job.js';
import { readHistory } from '../assembly/on-github/read-history.js';
import { preparePlan } from '../assembly/prepare-plan.js';
import type { PreparedRun } from '../assembly/select-for-run.js';
import { selectForRun } from '../assembly/select-for-run.js';
import { findHoldingAsserts } from '../core/fan-out/find-holding-asserts.js';
import { makePlanEvidence } from '../core/fan-out/make-plan-evidence.js';
import { needsSetUp } from '../core/fan-out/needs-set-up.js';
import type { SortedForecast } from '../core/fan-out/sort-forecast.js';
import { sortForecast } from '../core/fan-out/sort-forecast.js';
import type { PlanOutputs } from '../core/fan-out/to-plan-outputs.js';
import { toPlanOutputs } from '../core/fan-out/to-plan-outputs.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import type { JudgeWhen } from '../core/plan/plan-workflow.js';
import { createPaint } from '../core/report/paint.js';
import { renderPlan } from '../core/report/plan-text.js';
import type { CellForecast } from '../core/run/forecast/cell-forecast.js';
import { createRunPlan } from '../core/run/run-plan.js';
import { encodePlanEvidence } from '../core/verdict/plan-evidence.js';
import type { JobHost } from '../ports/job-host.js';
import { findWorkflow } from './find-workflow.js';
import { readGivenInputs } from './given-inputs.js';
import type { JobLog } from './job-log.js';
import { calledAs, columns, openJobLog } from './job-log.js';
import type { JobPlace } from './job-place.js';
import { makeRoom, stateFolderOf } from './job-place.js';
import { maskSecrets } from './mask-secrets.js';
import type { OnGithub } from './on-github.js';
import { openOnGithub, takeUp, tellWarnings } from './on-github.js';
import { putTogether } from './put-together.js';
import type { ActionWish } from './read-wish.js';
import { readWish } from './read-wish.js';

/** Every output of plan/action.yml, in its order; a test compares the two. */
export const planOutputs = ['run', 'steps', 'matrix', 'rest', 'estimate'] as const;

/** What a run would do, before anything is set up: 0 told · 2 the workflow or the step's inputs are wrong. */
export async function runPlan(host: JobHost, place: JobPlace): Promise<0 | 2> {
  const log = openJobLog(host);
  const { wish, problems } = readWish(host);
  const maxJobs = readMaxJobs(host.input('max-jobs'));
  const join = readJoin(host.input('join'));
  const wrong = [...problems.map(({ input, message }) => `input '${input}': ${message}`), ...(maxJobs === undefined ? [`input 'max-jobs': write a whole number from 1 to 256`] : []), ...(join === undefined ? [`input 'join': write inside or after`] : []), ...(place.unwritable === undefined ? [] : [`${place.unwritable} → ${makeRoom}`])];
  for (const message of wrong) log.refuse('no plan', message);
  const found = findWorkflow(wish.workflow, place.workspace);
  if (found.kind === 'problem') log.refuse('input workflow', found.message);
  if (wrong.length > 0 || maxJobs === undefined || join === undefined || found.kind === 'problem') return refuse(host);
  const { source, parsed } = found.workflow;
  const github = parsed === undefined ? undefined : await openOnGithub(place, { wish, workflow: parsed.outline.workflow.name.value, seesAll: true });
  try {
    const prepared = await preparePlan(found.workflow, { place: { ...place, stateFolder: stateFolderOf(place), calledAs }, given: readGivenInputs(wish.inputs), missing: 'error' });
    log.showFindings(prepared.findings, prepared.messages);
    if (prepared.plan === undefined || parsed === undefined || prepared.judge === undefined) return refuse(host);
    const ready = selectForRun({ prepared, parsed, plan: createRunPlan(parsed) }, { place: { ...place, stateFolder: stateFolderOf(place), calledAs }, given: readGivenInputs(wish.inputs), selection: wish.selection });
    if (ready.kind === 'refused') {
      log.showFindings([], ready.prepared.messages);
      return refuse(host);
    }
    if (github !== undefined) await takeUp(github, { place, wish: { ...wish, resume: 'never' }, parsed, log });
    const { sorted, forecast, commit } = await foresee(ready, { place, wish, log, github, host, source, judge: prepared.judge });
    const outputs = toPlanOutputs(sorted, { history: readHistory(stateFolderOf(place), parsed.outline.workflow.name.value), maxJobs, join });
    log.say(renderPlan(prepared.plan, { paint: createPaint(false), columns, background: new Set(), forecast }));
    setPlanOutputs(outputs, host);
    log.say(describe(outputs));
    await github?.job.share();
    if (github !== undefined) await leaveEvidence(github, sorted, { commit, wish, log });
    return 0;
  } finally {
    if (github !== undefined) {
      await github.services.transfers.close();
      tellWarnings(github, log);
    }
  }
}

interface Planning {
  readonly host: JobHost;
  readonly place: JobPlace;
  readonly wish: ActionWish;
  readonly log: JobLog;
  readonly github: OnGithub | undefined;
  readonly source: SourceText;
  readonly judge: JudgeWhen;
}

async function foresee(ready: Extract<PreparedRun, { kind: 'ready' }>, { host, place, wish, log, github, source, judge }: Planning): Promise<{ readonly sorted: SortedForecast; readonly forecast: readonly CellForecast[]; readonly commit: string }> {
  const { parsed, plan, selected, prepared: { inputs } } = ready;
  const assembled = await putTogether({ parsed, plan, source, selected, inputs }, { place, wish: { ...wish, cache: wish.cache === 'off' ? 'off' : 'read' }, log, github });
  maskSecrets(assembled.secrets, host);
  const holding = findHoldingAsserts(parsed, judge);
  const forecast = await forecastRun(assembled.job, assembled.ports, { holding, unknownYet: (placed) => needsSetUp(placed, parsed.outline) });
  return { forecast, commit: assembled.job.facts.commit ?? '', sorted: sortForecast(parsed, plan, { forecast, leftOut: selected.leftOut, holding }) };
}

/** What is found done here is not done by a job: the verdict has to know of it. */
async function leaveEvidence({ identity, services }: OnGithub, sorted: SortedForecast, { commit, wish, log }: Pick<Planning, 'wish' | 'log'> & { readonly commit: string }): Promise<void> {
  const group = nameRunGroup(identity, { workflow: sorted.parsed.outline.workflow.name.value, inputs: wish.inputs });
  const { run, attempt } = identity;
  const text = encodePlanEvidence(makePlanEvidence(sorted, { commit, runId: group, attempt }));
  const problem = await keepPlanEntry({ cache: services.transfers.cache, artifacts: services.transfers.artifacts, folder: services.folder }, { run, group, attempt }, text);
  if (problem !== undefined) log.say(`What was found cannot be left for the verdict, which will not count it: ${problem}`);
}

function setPlanOutputs(outputs: PlanOutputs, host: JobHost): void {
  for (const name of planOutputs) host.setOutput(name, JSON.stringify(outputs[name]));
}

function refuse(host: JobHost): 2 {
  for (const [name, value] of Object.entries({ run: 'true', steps: '[]', matrix: '{"include":[]}', rest: 'null', estimate: 'null' })) host.setOutput(name, value);
  return 2;
}

function describe({ run, steps, matrix: { include }, rest, estimate: { minutes, usd } }: PlanOutputs): string {
  if (!run) return 'Nothing has to run: every result is there.';
  const jobs = include.length + (rest === null ? 0 : 1);
  const known = minutes === null ? '' : `, about ${minutes} machine minutes${usd === null || usd === 0 ? '' : ` and ${usd} dollars`} by what they took before`;
  return `${steps.length} ${steps.length === 1 ? 'step' : 'steps'} would run, in ${jobs} ${jobs === 1 ? 'job' : 'jobs'}${known}.`;
}

function readJoin(text: string): 'inside' | 'after' | undefined {
  return text === '' ? 'inside' : text === 'inside' || text === 'after' ? text : undefined;
}

function readMaxJobs(text: string): number | undefined {
  if (text === '') return 256;
  const count = Number(text);
  return Number.isInteger(count) && count >= 1 && count <= 256 ? count : undefined;
}
