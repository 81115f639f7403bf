import { copyWorkflow, leaveNotes } from '../adapters/local/run-folder/handed-run.js';
import { findLacking } from '../assembly/find-lacking.js';
import type { AssembledRun } from '../assembly/assemble-run.js';
import { checkPreflight, describeChecks } from '../assembly/check-preflight.js';
import { prepareRun } from '../assembly/prepare-run.js';
import type { ContinuedRun } from '../assembly/continue-run.js';
import type { LoadedWorkflow } from '../assembly/load-workflow.js';
import type { TakenUp } from '../assembly/on-github/take-up-run.js';
import { describeOwner } from '../assembly/describe-owner.js';
import type { GivenInputs } from '../assembly/take-inputs.js';
import type { RunTurn } from '../assembly/take-turn-for.js';
import { takeTurnFor } from '../assembly/take-turn-for.js';
import { stopOnSignals } from '../assembly/stop-on-signals.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import { summarizePreflight } from '../core/preflight/preflight-report.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import { renderChecks } from '../core/report/preflight-text.js';
import { createPaint } from '../core/report/paint.js';
import type { RunState } from '../core/run/run-state.js';
import { nameStandIns } from '../core/run/selection/name-stand-ins.js';
import { startRun } from '../engine/run-workflow.js';
import type { JobHost } from '../ports/job-host.js';
import { findWorkflow } from './find-workflow.js';
import { inputsOfRun, readGivenInputs } from './given-inputs.js';
import { handOver, reportDone } from './hand-over.js';
import type { JobLog } from './job-log.js';
import { calledAs, openJobLog } from './job-log.js';
import { maskSecrets } from './mask-secrets.js';
import type { OnGithub } from './on-github.js';
import { listOnceSteps, openOnGithub, takeUp, tellWarnings } from './on-github.js';
import { outputsOfRefusal, outputsOfRun, setOutputs } from './outputs.js';
import type { JobPlace } from './job-place.js';
import { makeRoom, stateFolderOf } from './job-place.js';
import { putTogether } from './put-together.js';
import type { ActionWish } from './read-wish.js';
import { readWish } from './read-wish.js';
import { listReasons, renderRefusalPage } from './refusal-page.js';
import { reportOnGithub, showOnPull, warnOfPublicity } from './tell-github.js';
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
  if (place.unwritable !== undefined) return await refuseTurn({ kind: 'failed', reason: place.unwritable }, { host, wish, log });
  const { source, parsed } = found.workflow;
  const workflow = parsed?.outline.workflow.name.value;
  const github = workflow === undefined ? undefined : await openOnGithub(place, { wish, workflow });
  if (github?.services.absence !== undefined && place.env['GITHUB_ACTIONS'] === 'true') log.say(`What is done here stays on this machine: ${github.services.absence}`);
  try {
    const taken = github === undefined || parsed === undefined ? { kind: 'anew' as const } : await takeUp(github, { place, wish, parsed, log });
    if (taken.kind === 'refused') {
      log.refuse('the run cannot be gone on with', `${taken.message}\n→ ${taken.hint}`);
      return await refuse({ host, wish }, [taken.message]);
    }
    if (taken.kind === 'undecided') return await askForDecision(taken, { host, wish, log, github });
    const continued = taken.kind === 'continued' ? taken.run : undefined;
    return await start(found.workflow, { host, place, wish, log, source, github, continued });
  } finally {
    if (github !== undefined) {
      await github.services.transfers.close();
      tellWarnings(github, log);
    }
  }
}

/** Nobody knows whether the step's effect happened: a person has to say. */
async function askForDecision({ steps, runId }: Extract<TakenUp, { kind: 'undecided' }>, { host, wish, log, github }: Pick<Step, 'host' | 'wish' | 'log' | 'github'>): Promise<ActionExit> {
  const [first = ''] = steps;
  const run = github?.identity.run ?? '';
  const lines = [
    `run ${runId} waits for a decision (TG3406)`,
    ...steps.map((step) => `${step} has an effect that must happen once, and was cut short: nobody knows whether it happened`),
    `→ It happened: run the workflow by workflow_dispatch with resume: ${run}, mark-done: ${first} and a reason`,
    `→ It did not: the same with rerun: ${first}`,
    `→ From a laptop: ${calledAs} resume --github ${run} --mark-done ${first} --reason "…"`,
  ];
  log.refuse('a decision is needed', lines.join('\n'));
  setOutputs(outputsOfRefusal({ status: 'paused', verdict: 'no-go', 'run-id': runId, 'next-command': `${calledAs} resume --github ${run} --rerun ${first}` }), { host, secrets: [] });
  if (wish.summary) await host.appendSummary(renderRefusalPage(lines));
  return 1;
}

async function start(workflow: LoadedWorkflow, step: Step): Promise<ActionExit> {
  const { host, place, wish, log, source, github, continued } = step;
  const ready = await prepareRun(workflow, { place: { ...place, stateFolder: stateFolderOf(place), calledAs }, given: chooseInputs(wish, continued), selection: wish.selection });
  const { findings, messages, inputs } = ready.prepared;
  log.showFindings(findings, messages);
  if (ready.kind === 'refused') return await refuse({ host, wish }, listReasons(findings, messages));
  if (nameStandIns({ ...ready, leftOut: ready.selected.leftOut, standIns: null }).size > 0) github?.job.seeOthers();
  const assembled = await putTogether({ ...ready, source, inputs, finallyOnStop: 'later', ...(continued === undefined ? {} : { continued }) }, { place, wish, log, github });
  maskSecrets(assembled.secrets, host);
  const lacking = await findLacking(assembled, ready.selected);
  log.showFindings([], lacking);
  if (lacking.length > 0) return await refuse({ host, wish }, listReasons([], lacking));
  if (wish.dryRun) return await (await import('./dry-run.js')).dryRun(assembled, { host, wish, log });
  return await carryOut(assembled, step);
}

/** A run that is asked for by its number has its own inputs. */
function chooseInputs({ inputs, resume }: ActionWish, continued: ContinuedRun | undefined): GivenInputs {
  if (continued === undefined || inputs !== '' || typeof resume === 'string') return readGivenInputs(inputs);
  return { given: inputsOfRun(continued.earlier.facts), files: [], messages: [] };
}

interface Step {
  readonly host: JobHost;
  readonly place: JobPlace;
  readonly wish: ActionWish;
  readonly log: JobLog;
  readonly source: SourceText;
  readonly github: OnGithub | undefined;
  readonly continued: ContinuedRun | undefined;
}

async function carryOut(assembled: AssembledRun, step: Step): Promise<ActionExit> {
  const { job: { facts: { runId } }, ports: { processes } } = assembled;
  const { log, continued } = step;
  let stopped: 'SIGINT' | 'SIGTERM' | undefined;
  let giveUp = (): void => undefined;
  const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
  let stop = (cause: 'SIGINT' | 'SIGTERM'): void => {
    stopped ??= cause;
    giveUp();
    void processes.endMarked(`${runId}/`, { signal: 'SIGTERM', killAfterMs: 1_000 });
  };
  const cause = (): 'SIGINT' | 'SIGTERM' => stopped ?? 'SIGINT';
  const signals = stopOnSignals((why) => stop(why));
  try {
    const blocked = await passPreflight(assembled, step);
    if (stopped !== undefined) return await endBeforeStart(stopped, step);
    if (blocked !== undefined) return blocked;
    const turn = await takeTurnFor(assembled, { takeOver: false, continued, givenUp, onWait: (owner) => log.say(`Waiting for ${describeOwner(owner)}.`) });
    if (turn.kind === 'given-up') return await endBeforeStart(cause(), step);
    if (turn.kind !== 'taken') return await refuseTurn(turn, step);
    try {
      const going = begin(assembled, step);
      stop = going.stop;
      const state = await going.ended;
      assembled.keep();
      return await conclude(assembled, state, step);
    } finally {
      turn.release();
    }
  } finally {
    signals.release();
  }
}

async function refuseTurn(turn: Extract<RunTurn, { kind: 'busy' | 'failed' }>, { host, wish, log }: Pick<Step, 'host' | 'wish' | 'log'>): Promise<ActionExit> {
  const message = turn.kind === 'busy' ? `another run is at work: ${describeOwner(turn.owner)} (TG3407)` : turn.reason;
  log.refuse('the run does not begin', `${message}\n→ ${turn.kind === 'busy' ? 'Wait for it, or end it' : makeRoom}`);
  return await refuse({ host, wish }, [message]);
}

/** From the first event on, another process can go on where this one is ended. */
function begin(assembled: AssembledRun, { host, place, source, github }: Step): ReturnType<typeof startRun> {
  const { folder, job } = assembled;
  handOver({ runId: job.facts.runId, stateFolder: stateFolderOf(place), runPath: folder.path, file: source.file }, host);
  github?.job.begin(job.facts.runId, listOnceSteps(job.parsed.outline));
  const going = startRun(job, assembled.ports);
  copyWorkflow(folder.path, source.text);
  return going;
}

/** What is not on GitHub after so long is brought there at the end of the job. */
const patienceMs = 5_000;

async function conclude(assembled: AssembledRun, state: RunState, step: Step): Promise<ActionExit> {
  const { host, log, wish, github } = step;
  const { ports: { processes }, job, folder, secrets } = assembled;
  if (state.status === 'running') {
    // What steps left behind goes too: nobody reads their output any more.
    await Promise.all([processes.endMarked(`${job.facts.runId}/`, { signal: 'SIGTERM', killAfterMs: 500 }), github?.job.leave()]);
    log.close();
    leaveNotes(folder.path, folder.notes());
    setOutputs(outputsOfRun(assembled.summarize(state), 'cancelled'), { host, secrets });
    log.say('The job was cancelled. Every process is ended and the run is written down; its finally steps run at the end of the job.');
    return codeOfStop(state);
  }
  const { summary, page, json } = await tellRun(assembled, state, { host, log, summary: wish.summary });
  reportDone(host);
  const report = github === undefined ? { id: '', lines: [] } : await reportOnGithub({ page, json, runPath: folder.path }, { ...step, github });
  setOutputs({ ...outputsOfRun(summary, summary.status), 'report-artifact-id': report.id }, { host, secrets });
  for (const line of report.lines) log.say(line);
  if (github !== undefined) for (const line of await showOnPull(summary, { ...step, github })) log.say(line);
  for (const line of (await github?.job.finish(state.status === 'succeeded' ? 'succeeded' : 'unfinished', patienceMs)) ?? []) log.say(line);
  const warning = github === undefined ? undefined : await warnOfPublicity({ summary, hasReport: report.id !== '' }, { ...step, github });
  if (warning !== undefined) log.command(toWorkflowCommand('warning', warning, { title: 'what others can read' }));
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
