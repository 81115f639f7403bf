import { copyWorkflow, leaveNotes } from '../adapters/local/run-folder/handed-run.js';
import { findLacking } from '../assembly/find-lacking.js';
import type { AssembledRun } from '../assembly/assemble-run.js';
import { checkPreflight, describeChecks } from '../assembly/check-preflight.js';
import { prepareRun } from '../assembly/prepare-run.js';
import { stopOnSignals } from '../assembly/stop-on-signals.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import { summarizePreflight } from '../core/preflight/preflight-report.js';
import { renderChecks } from '../core/report/preflight-text.js';
import { createPaint } from '../core/report/paint.js';
import type { RunState } from '../core/run/run-state.js';
import { startRun } from '../engine/run-workflow.js';
import type { JobHost } from '../ports/job-host.js';
import { findWorkflow } from './find-workflow.js';
import { readGivenInputs } from './given-inputs.js';
import { handOver, reportDone } from './hand-over.js';
import type { JobLog } from './job-log.js';
import { calledAs, openJobLog } from './job-log.js';
import { maskSecrets } from './mask-secrets.js';
import { outputsOfRefusal, outputsOfRun, setOutputs } from './outputs.js';
import type { JobPlace } from './put-together.js';
import { putTogether, stateFolderOf } from './put-together.js';
import type { ActionWish } from './read-wish.js';
import { readWish } from './read-wish.js';
import { listReasons, renderRefusalPage } from './refusal-page.js';
import { tellRun } from './tell-run.js';

/** 0 succeeded · 1 failed or NO-GO · 2 the workflow or the step's inputs are wrong · 130 and 143 cancelled. */
export type ActionExit = 0 | 1 | 2 | 130 | 143;

/** The step itself: check everything, run, tell. */
export async function runMain(host: JobHost, place: JobPlace): Promise<ActionExit> {
  const log = openJobLog(host);
  const { wish, problems } = readWish(host);
  for (const { input, message } of problems) log.refuse(`input ${input}`, `input '${input}': ${message}`);
  if (problems.length > 0) return await refuse({ host, wish }, problems.map(({ input, message }) => `input '${input}': ${message}`));
  const found = findWorkflow(wish.workflow, place.workspace);
  if (found.kind === 'problem') {
    log.refuse('input workflow', found.message);
    return await refuse({ host, wish }, [found.message]);
  }
  const { source } = found.workflow;
  const ready = await prepareRun(found.workflow, { place: { ...place, stateFolder: stateFolderOf(place), calledAs }, given: readGivenInputs(wish.inputs), selection: wish.selection });
  const { findings, messages, inputs } = ready.prepared;
  log.showFindings(findings, messages);
  if (ready.kind === 'refused') return await refuse({ host, wish }, listReasons(findings, messages));
  const assembled = await putTogether({ ...ready, source, inputs, finallyOnStop: 'later' }, { place, wish, log });
  maskSecrets(assembled.secrets, host);
  const lacking = await findLacking(assembled, ready.selected);
  log.showFindings([], lacking);
  if (lacking.length > 0) return await refuse({ host, wish }, listReasons([], lacking));
  return await carryOut(assembled, { host, place, wish, log, source });
}

interface Step {
  readonly host: JobHost;
  readonly place: JobPlace;
  readonly wish: ActionWish;
  readonly log: JobLog;
  readonly source: SourceText;
}

async function carryOut(assembled: AssembledRun, step: Step): Promise<ActionExit> {
  const { job: { facts: { runId } }, ports: { processes } } = assembled;
  let stopped: 'SIGINT' | 'SIGTERM' | undefined;
  let stop = (cause: 'SIGINT' | 'SIGTERM'): void => {
    stopped ??= cause;
    void processes.endMarked(`${runId}/`, { signal: 'SIGTERM', killAfterMs: 1_000 });
  };
  const signals = stopOnSignals((cause) => stop(cause));
  try {
    const blocked = await passPreflight(assembled, step);
    if (stopped !== undefined) return await endBeforeStart(stopped, step);
    if (blocked !== undefined) return blocked;
    const going = begin(assembled, step);
    stop = going.stop;
    const state = await going.ended;
    assembled.keep();
    return await conclude(assembled, state, step);
  } finally {
    signals.release();
  }
}

/** From the first event on, another process can go on where this one is ended. */
function begin(assembled: AssembledRun, { host, place, source }: Step): ReturnType<typeof startRun> {
  const { folder, job } = assembled;
  handOver({ runId: job.facts.runId, stateFolder: stateFolderOf(place), runPath: folder.path, file: source.file }, host);
  const going = startRun(job, assembled.ports);
  copyWorkflow(folder.path, source.text);
  return going;
}

async function conclude(assembled: AssembledRun, state: RunState, step: Step): Promise<ActionExit> {
  const { host, log, wish } = step;
  const { ports: { processes }, job, folder, secrets } = assembled;
  if (state.status === 'running') {
    // What steps left behind goes too: nobody reads their output any more.
    await processes.endMarked(`${job.facts.runId}/`, { signal: 'SIGTERM', killAfterMs: 500 });
    log.close();
    leaveNotes(folder.path, folder.notes());
    setOutputs(outputsOfRun(assembled.summarize(state), 'cancelled'), { host, secrets });
    log.say('The job was cancelled. Every process is ended and the run is written down; its finally steps run at the end of the job.');
    return codeOfStop(state);
  }
  const summary = await tellRun(assembled, state, { host, log, summary: wish.summary });
  setOutputs(outputsOfRun(summary, summary.status), { host, secrets });
  reportDone(host);
  if (state.status === 'succeeded') return 0;
  return state.status === 'cancelled' ? codeOfStop(state) : 1;
}

async function endBeforeStart(cause: 'SIGINT' | 'SIGTERM', { host, log }: Step): Promise<ActionExit> {
  setOutputs(outputsOfRefusal({ status: 'cancelled' }), { host, secrets: [] });
  log.say('The job was cancelled before the first step.');
  return await Promise.resolve(cause === 'SIGTERM' ? 143 : 130);
}

function codeOfStop({ stop }: RunState): ActionExit {
  return stop?.cause === 'SIGTERM' ? 143 : 130;
}

/** Nothing starts while something blocks; everything that does is said at once. */
async function passPreflight(assembled: AssembledRun, { host, wish, log, source }: Step): Promise<ActionExit | undefined> {
  if (wish.preflight === 'off') return undefined;
  const results = await checkPreflight(assembled, { fix: wish.fix });
  const { ok } = summarizePreflight(results, { strict: false });
  if (wish.preflight === 'only') log.say(renderChecks(results, createPaint(false)).join('\n'));
  const messages = describeChecks(results, source);
  log.showFindings([], messages);
  if (ok && wish.preflight === 'on') return undefined;
  if (ok) {
    setOutputs(outputsOfRefusal({ status: 'succeeded' }), { host, secrets: [] });
    return 0;
  }
  log.say('Nothing was run.');
  await refuse({ host, wish }, listReasons([], messages));
  return 1;
}

async function refuse({ host, wish }: Pick<Step, 'host' | 'wish'>, reasons: readonly string[]): Promise<ActionExit> {
  setOutputs(outputsOfRefusal(), { host, secrets: [] });
  if (wish.summary) await host.appendSummary(renderRefusalPage(reasons));
  return 2;
}
