import { resolve } from 'node:path';
import { openLeases } from '../../assembly/open-leases.js';
import type { LastRun } from '../../assembly/last-run.js';
import { findLastRun } from '../../assembly/last-run.js';
import type { LoadedWorkflow } from '../../assembly/load-workflow.js';
import { stopOnSignals } from '../../assembly/stop-on-signals.js';
import { version } from '../../assembly/version.js';
import { stepTypes } from '../../steps/index.js';
import type { CallProblem } from '../call-problem.js';
import type { Call, ExitCode } from '../command.js';
import { describeOwner } from '../../assembly/describe-owner.js';
import { loadWorkflow } from '../load-workflow.js';
import { renderFindings } from '../print-findings.js';
import { refuseCall } from '../refuse-call.js';
import { assembleSilently } from '../run/assemble-silently.js';
import type { CleanedUp } from '../run/clean-up.js';
import { cleanUp } from '../run/clean-up.js';
import { inputsOfRun } from '../run/inputs-of-run.js';
import { placeOf } from '../run/place-of.js';
import { prepareWorkflow } from '../run/prepare-workflow.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** `tollgate cleanup`: the workflow's cleanup steps, then what its last run declared as outputs. */
export async function cleanup(call: Call): Promise<ExitCode> {
  const loading = loadWorkflow(call.arguments[0] ?? '', call, { command: 'cleanup' });
  if (loading.kind === 'problem') return refuseCall([loading.problem], call);
  const { workflow } = loading;
  const name = workflow.parsed?.outline.workflow.name.value;
  const stateFolder = resolve(stateFolderOf(call));
  const found = name === undefined ? ({ kind: 'none' } as const) : findLastRun(stateFolder, name, Date.now());
  if (found.kind === 'at-work') return refuseCall([{ message: `run ${found.run} is at work: cleaning up would take away what it needs (TG3407)`, hint: 'wait until it has ended, or end it', next: [{ call: `status ${found.run}`, says: 'who is at it' }] }], call);
  const last = found.kind === 'found' ? found.last : undefined;
  const given = inputsOfRun(last?.facts ?? { inputs: {}, runId: '' }, call);
  if ('message' in given) return refuseCall([given], call);
  const unbuilt = findUnbuiltSteps(workflow);
  if (unbuilt.length > 0) return refuseCall(unbuilt, call);
  const selection = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };
  const { ready } = await prepareWorkflow(workflow.source, { call, asked: { place: placeOf(call), given: { given, files: [], messages: [] }, selection } });
  const findings = renderFindings(ready.prepared, call);
  if (findings !== '') call.terminal.err(`${findings}\n`);
  if (ready.kind === 'refused') return 2;
  const assembled = await assembleSilently(ready, workflow.source, call);
  return await inTurn(assembled.job.facts.workflow, call, async (onStart) => {
    const say = call.options.json.value ? call.terminal.err : call.terminal.out;
    const done = await cleanUp({ assembled, source: workflow.source, last, isDry: call.options['dry-run'].value, say, onStart }, call);
    if (call.options.json.value) call.terminal.out(`${JSON.stringify(toJson(done, { workflow: assembled.job.facts.workflow, last, isDry: call.options['dry-run'].value }), null, 2)}\n`);
    return done.succeeded ? 0 : 1;
  });
}

/** Nobody else may work on the workflow meanwhile. */
async function inTurn(workflow: string, call: Call, act: (onStart: (stop: (cause: 'SIGINT' | 'SIGTERM') => void) => void) => Promise<ExitCode>): Promise<ExitCode> {
  const isDry = call.options['dry-run'].value;
  const claim = isDry ? undefined : openLeases(resolve(stateFolderOf(call))).claim(`workflow ${workflow}`, { note: `cleanup of ${workflow}`, takeOver: call.options['take-over'].value });
  if (claim?.kind === 'busy') return refuseCall([{ message: `somebody is at work: ${describeOwner(claim.owner)} (TG3407)`, hint: 'wait for it; when its process is certainly gone: --take-over' }], call);
  if (claim?.kind === 'failed') return refuseCall([{ message: `whose turn it is cannot be written down: ${claim.reason}`, hint: 'make room, or name another folder with --state-dir' }], call);
  let stop: (cause: 'SIGINT' | 'SIGTERM') => void = () => undefined;
  const signals = stopOnSignals((cause) => stop(cause));
  try {
    return await act((start) => (stop = start));
  } finally {
    signals.release();
    claim?.lease.release();
  }
}

function findUnbuiltSteps({ parsed }: LoadedWorkflow): readonly CallProblem[] {
  const steps = parsed?.outline.steps.filter(({ lane }) => lane.kind === 'cleanup') ?? [];
  return steps.flatMap(({ step }): readonly CallProblem[] => (stepTypes.some(({ name, execute }) => name === step.type && execute !== undefined) ? [] : [{ message: `step type '${step.shortType ?? step.type}' of '${step.id.value}' is not built yet in tollgate ${version}`, hint: 'take it out of cleanup' }]));
}

function toJson({ steps, files, folders, kept }: CleanedUp, { workflow, last, isDry }: { readonly workflow: string; readonly last: LastRun | undefined; readonly isDry: boolean }) {
  return {
    schema_version: 1, tollgate_version: version, workflow, run_id: last?.run.id ?? null, dry_run: isDry,
    steps: steps.map(({ id, status, durationMs, failure }) => ({ id, status, duration_ms: Math.round(durationMs), failure: failure === null ? null : { code: failure.code, message: failure.message } })),
    removed: [...files, ...folders.map((folder) => `${folder}/`)].sort(), left: kept,
  };
}
