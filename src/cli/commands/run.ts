import { relative } from 'node:path';
import { resolveWorkflow, showPath } from '../../adapters/local/find-workflows.js';
import type { OpenedTracer } from '../../adapters/local/strace/strace-input-tracer.js';
import { readWorkflowFile } from '../../adapters/local/read-workflow-file.js';
import type { RunAsked } from '../../assembly/select-for-run.js';
import { version } from '../../assembly/version.js';
import type { RunState } from '../../core/run/run-state.js';
import type { CallProblem } from '../call-problem.js';
import { quoteWord } from '../called-as.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { placeOf } from '../run/place-of.js';
import { readGiven } from '../run/read-given.js';
import { readSelection } from '../run/read-selection.js';
import { startWorkflow } from '../run/start-workflow.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** `tollgate run`: a new run, under what is kept of others. */
export async function run(call: Call): Promise<ExitCode> {
  const given = call.arguments[0] ?? '';
  const resolved = resolveWorkflow(given, call);
  if (resolved.kind !== 'found') return await describeMissing(call);
  const file = readWorkflowFile(resolved.path, showPath(resolved.path, call.folder));
  if (file.kind === 'unreadable') return await describeMissing(call);
  const unbuilt = findUnbuiltOptions(call);
  if (unbuilt.length > 0) return refuseCall(unbuilt, call);
  if (call.options['dry-run'].value) return await (await import('../run/dry-run.js')).dryRun(given, call);
  const selection = readSelection(call);
  const asked: RunAsked = { place: placeOf(call), given: await readGiven(call), selection };
  const words = wordsOf(call);
  const watching = call.options['trace-inputs'].value ? await openTracer(call) : undefined;
  if (watching?.kind === 'missing') return refuseCall([watching], call);
  try {
    return await startWorkflow(
      {
        source: file.source,
        asked,
        record: { given, file: relative(call.workspace, resolved.path), selection, allowCostly: call.options['allow-costly'].value, words },
        tracer: watching?.tracer,
        ...(call.options.cleanup.value ? { afterwards: (await import('../run/clean-up-after.js')).cleanUpAfter(file.source, call) } : {}),
        nextCommand: (state) => describeNext(state, { call, given, words }),
      },
      call,
    );
  } finally {
    watching?.close();
  }
}

async function openTracer(call: Call): Promise<OpenedTracer> {
  const { openStraceInputTracer } = await import('../../adapters/local/strace/strace-input-tracer.js');
  return openStraceInputTracer({ platform: process.platform, env: call.env, workspace: call.workspace, stateFolder: stateFolderOf(call) });
}

async function describeMissing(call: Call): Promise<ExitCode> {
  const { loadWorkflow } = await import('../load-workflow.js');
  const loading = loadWorkflow(call.arguments[0] ?? '', call, { command: 'run' });
  return loading.kind === 'problem' ? refuseCall([loading.problem], call) : 2;
}

/** Options whose meaning is not built: named, never passed over. */
function findUnbuiltOptions({ options }: Call): readonly CallProblem[] {
  const asked: readonly (readonly [boolean, string])[] = [
    [options['budget-usd'].value !== undefined, '--budget-usd'], [options['no-budget'].value, '--no-budget'],
  ];
  return asked.flatMap(([isAsked, flag]) => (isAsked ? [{ message: `${flag} is not built yet in tollgate ${version}`, hint: 'leave it out' }] : []));
}

/** What is left to do of a run that did not succeed; another input could do something else. */
function describeNext(state: RunState, { call, given, words }: { readonly call: Call; readonly given: string; readonly words: readonly string[] }): string | null {
  if (state.status === 'succeeded') return null;
  const { facts } = state;
  return facts === null ? [`${call.calledAs} run ${quoteWord(given)}`, ...words].join(' ') : `${call.calledAs} resume ${facts.runId}`;
}

/** What the call says beside the workflow, so that it can be said again. */
function wordsOf({ options }: Call): readonly string[] {
  const pairs = (flag: string, list: readonly { readonly name: string; readonly value: string }[]): readonly string[] => list.map(({ name, value }) => `${flag} ${quoteWord(`${name}=${value}`)}`);
  const names = (flag: string, list: readonly string[]): readonly string[] => (list.length === 0 ? [] : [`${flag} ${quoteWord(list.join(','))}`]);
  const one = (flag: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [`${flag} ${quoteWord(value)}`]);
  return [
    ...pairs('--input', options.input.value), ...options.inputs.value.map((file) => `--inputs ${quoteWord(file)}`), ...pairs('--set', options.set.value), ...names('--phases', options.phases.value),
    ...one('--from', options.from.value), ...one('--until', options.until.value), ...names('--only', options.only.value), ...names('--skip', options.skip.value), ...names('--skip-phases', options['skip-phases'].value), ...one('--labels', options.labels.value),
  ];
}
