import { copiedWorkflow, readHandedRun } from '../adapters/local/run-folder/handed-run.js';
import { setAside } from '../adapters/local/run-folder/journal/set-aside.js';
import { bringResults } from '../assembly/on-github/bring-results.js';
import { isPending, readPendingWork } from '../assembly/on-github/pending-work.js';
import { loadWorkflowFile } from '../assembly/load-workflow.js';
import { stopOnSignals } from '../assembly/stop-on-signals.js';
import { resolveInputs } from '../core/definition/inputs/resolve-inputs.js';
import { counted } from '../core/report/plan-words.js';
import type { RunEvent } from '../core/run/run-event.js';
import { createRunPlan } from '../core/run/run-plan.js';
import { selectParts } from '../core/run/selection/select-parts.js';
import { startRun } from '../engine/run-workflow.js';
import type { JobHost } from '../ports/job-host.js';
import { inputsOfRun, readGivenInputs } from './given-inputs.js';
import type { HandOver } from './hand-over.js';
import { takeOver } from './hand-over.js';
import { findWorkflow } from './find-workflow.js';
import type { OnGithub } from './on-github.js';
import { openOnGithub, tellWarnings } from './on-github.js';
import type { JobLog } from './job-log.js';
import { openJobLog } from './job-log.js';
import { maskSecrets } from './mask-secrets.js';
import type { JobPlace } from './job-place.js';
import { stateFolderOf } from './job-place.js';
import { putTogether } from './put-together.js';
import { readWish } from './read-wish.js';
import { tellRun } from './tell-run.js';

/** The end of the job: a run that was cut off gets its `finally`, and what is not on GitHub yet is brought there. */
export async function runPost(host: JobHost, given: JobPlace): Promise<0 | 1> {
  const stateFolder = stateFolderOf(given);
  const pending = readPendingWork({ stateFolder, env: given.env });
  const handed = takeOver(host);
  if (handed === undefined && !isPending(pending)) return 0;
  const log = openJobLog(host);
  const { wish } = readWish(host);
  const loaded = findWorkflow(wish.workflow, given.workspace);
  const workflow = pending.workflow ?? (loaded.kind === 'loaded' ? loaded.workflow.parsed?.outline.workflow.name.value : undefined);
  const github = workflow === undefined ? undefined : await openOnGithub(given, { wish, workflow, pending });
  try {
    // A process that was killed has said nothing of what it left.
    if (handed !== undefined) github?.job.begin(handed.runId);
    const exit = handed === undefined ? 0 : await finishRun(handed, { host, given, log, github });
    if (handed === undefined && github !== undefined) bringResults(github, { stateFolder, place: given });
    for (const line of (await github?.job.finish(handed !== undefined || pending.isArtifactDue ? 'unfinished' : 'succeeded', patienceMs)) ?? []) log.say(line);
    return exit;
  } finally {
    if (github !== undefined) tellWarnings(github, log);
  }
}

/** A job that is over should end soon; what is not brought away by then is made again. */
const patienceMs = 30_000;

interface Ending {
  readonly host: JobHost;
  readonly given: JobPlace;
  readonly log: JobLog;
  readonly github: OnGithub | undefined;
}

type Bound = Extract<RunEvent, { readonly kind: 'run-started' | 'run-resumed' | 'run-ended' }>;

/** Attempts before may have ended; what counts is whether the last one has. */
function beginsOrEnds(event: RunEvent): event is Bound {
  return event.kind === 'run-started' || event.kind === 'run-resumed' || event.kind === 'run-ended';
}

/** A run that was cut off is gone on with: what is left of it is ended, and its `finally` runs. */
async function finishRun(handed: HandOver, { host, given, log, github }: Ending): Promise<0 | 1> {
  const left = readHandedRun(handed.runPath);
  if (left === undefined) {
    log.refuse('finally did not run', `The run ${handed.runId} was cut off, and its folder ${handed.runPath} is gone: a later step has cleaned the workspace\n→ Name a folder outside of it: env: TOLLGATE_STATE_DIR: \${{ runner.temp }}/tollgate`);
    return 1;
  }
  const { journal: past, notes } = left;
  const { events, damage: [damage], newer } = past;
  if (damage !== undefined && events.length === 0) {
    log.refuse('finally did not run', `The run ${handed.runId} was cut off, and its journal ${damage.file} cannot be read: ${damage.problem}`);
    return 1;
  }
  if (newer !== null) {
    log.refuse('finally did not run', `The run ${handed.runId} was gone on with by Tollgate ${newer.tollgate}, which writes a journal that this version cannot read`);
    return 1;
  }
  const last = events.findLast(beginsOrEnds);
  if (last === undefined || last.kind === 'run-ended') return 0;
  const { wish } = readWish(host);
  const loading = loadWorkflowFile(copiedWorkflow(handed.runPath), handed.file);
  if (loading.kind === 'unreadable' || loading.workflow.parsed === undefined) {
    log.refuse('finally did not run', `The run ${handed.runId} was cut off, and what it left in ${handed.runPath} cannot be read any more`);
    return 1;
  }
  const { parsed, source } = loading.workflow;
  const plan = createRunPlan(parsed);
  const selected = selectParts(parsed, plan, wish.selection);
  // What was checked at the start is not checked again: a file may be gone by now.
  const { given: said } = readGivenInputs(wish.inputs);
  // One that was asked for by its number has its own; a value that was masked there is in what the step says.
  const own = inputsOfRun(last).filter(({ name }) => !said.some((each) => each.name === name));
  const inputs = resolveInputs(parsed.outline.workflow.inputs ?? [], [...own, ...said], () => true).values;
  const place = { ...given, env: { ...given.env, TOLLGATE_STATE_DIR: handed.stateFolder } };
  const assembled = await putTogether({ parsed, plan, source, selected, inputs, runId: handed.runId, past, finallyOnStop: 'now' }, { place, wish, log, github });
  maskSecrets(assembled.secrets, host);
  const alive = await assembled.ports.processes.endMarked(`${handed.runId}/`, { signal: 'SIGTERM', killAfterMs: 3_000 });
  if (alive.length > 0) log.say(`${counted(alive.length, 'process', 'processes')} of the run that was cut off had to be ended.`);
  log.say(`The run ${handed.runId} was cut off; its finally steps run now.`);
  for (const { file, offset, problem, keptAs } of setAside(past)) log.say(`The journal ${file} is damaged from byte ${offset} on (${problem}); the run goes on from the last record before it${keptAs === null ? '' : `, and the original is kept as ${keptAs}`}.`);
  const going = startRun(assembled.job, assembled.ports, events);
  const signals = stopOnSignals(going.stop);
  const state = await going.ended;
  signals.release();
  const { summary } = await tellRun(assembled, state, { host, log, summary: wish.summary, earlierNotes: notes });
  return summary.finally.some(({ status, failure }) => status === 'failed' && failure?.tolerated !== true) ? 1 : 0;
}
