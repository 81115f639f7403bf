import type { AssembledRun } from '../../assembly/assemble-run.js';
import { assembleRun } from '../../assembly/assemble-run.js';
import { openPlanStore } from '../../adapters/local/plan-store.js';
import { readWorkflowFile } from '../../adapters/local/read-workflow-file.js';
import { resolveWorkflow, showPath } from '../../adapters/local/find-workflows.js';
import { findKept, prepareKeptRun } from '../../assembly/kept-workflow.js';
import type { Prepared, PreparedRun, RunAsked } from '../../assembly/select-for-run.js';
import type { ParsedWorkflow } from '../../core/definition/parse-workflow.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import type { KnownCheck } from '../../core/preflight/known-checks.js';
import { openGitRepository } from '../../adapters/local/git-repository.js';
import { writtenText } from '../../core/definition/shape/setting.js';
import { checkPreflight, describeChecks } from '../../assembly/check-preflight.js';
import { createSourceText } from '../../core/diagnostic/source-text.js';
import { summarizePreflight } from '../../core/preflight/preflight-report.js';
import { renderChecks } from '../../core/report/preflight-text.js';
import { renderMessage } from '../../core/report/message.js';
import { toMessageJson } from '../../core/report/message-json.js';
import { createPaint } from '../../core/report/paint.js';
import { renderClosing } from '../../core/report/run/closing-text.js';
import { toRefusedRunJson, toRunJson } from '../../core/report/run/run-json.js';
import type { RunState } from '../../core/run/run-state.js';
import type { Selection } from '../../core/run/selection/select-parts.js';
import { startRun } from '../../engine/run-workflow.js';
import { quoteWord } from '../called-as.js';
import type { Call, ExitCode } from '../command.js';
import { readGithubContext } from '../../assembly/github-context.js';
import { refuseCall } from '../refuse-call.js';
import type { CallProblem } from '../call-problem.js';
import { describeOrigin } from '../origin.js';
import { renderFindings, toFindingsJson } from '../print-findings.js';
import { openRunView } from '../run/run-view.js';
import { stateFolderOf } from '../run/state-folder-of.js';
import { stopOnSignals } from '../../assembly/stop-on-signals.js';
import { version } from '../../assembly/version.js';

/** `tollgate run`: check, then do. What is wrong is all said before anything starts. */
export async function run(call: Call): Promise<ExitCode> {
  const given = call.arguments[0] ?? '';
  const resolved = resolveWorkflow(given, call);
  if (resolved.kind !== 'found') return await describeMissing(call);
  const file = readWorkflowFile(resolved.path, showPath(resolved.path, call.folder));
  if (file.kind === 'unreadable') return await describeMissing(call);
  const asked: RunAsked = { place: call, given: await readGiven(call), selection: readSelection(call) };
  const { ready, known, workflow } = await prepare(file.source, { call, asked });
  const { prepared } = ready;
  if (ready.kind === 'refused') return refuse(prepared, { call, parsed: workflow });
  const unbuilt = findUnbuiltOptions(call);
  if (unbuilt.length > 0) return refuseCall(unbuilt, call);
  const found = renderFindings(prepared, call);
  if (found !== '') call.terminal.err(`${found}\n`);
  const view = openRunView(call);
  const git = openGitRepository(call.workspace).describe();
  const assembled = await assembleRun({
    parsed: ready.parsed,
    plan: ready.plan,
    source: file.source,
    known,
    selected: ready.selected,
    inputs: prepared.inputs,
    env: call.env,
    workspace: call.workspace,
    stateFolder: stateFolderOf(call),
    tollgateVersion: version,
    trigger: 'cli',
    actor: call.env['USER'] ?? null,
    commit: git.sha ?? null,
    github: () => readGithubContext({ workspace: call.workspace, env: call.env }),
    maxParallel: call.options['max-parallel'].value,
    allowCostly: call.options['allow-costly'].value,
    // A runner kills us ten seconds after it has cancelled; a person can wait for what the steps say.
    killAfterStopMs: call.env['GITHUB_ACTIONS'] === 'true' ? 3_000 : 10_000,
    cache: { read: call.options.cache.value !== 'off', write: call.options.cache.value === 'on' },
    reporter: view.reporter,
    nextCommand: (state) => describeNext(state, { call, given }),
  });
  return await carryOut(assembled, { call, prepared, view });
}

interface Preparation {
  readonly ready: PreparedRun;
  readonly known: readonly KnownCheck[] | undefined;
  readonly workflow: ParsedWorkflow | undefined;
}

/** From what was kept of the same text, else from the text itself: then the code for that is loaded too. */
async function prepare(source: SourceText, { call, asked }: { readonly call: Call; readonly asked: RunAsked }): Promise<Preparation> {
  const store = openPlanStore(stateFolderOf(call));
  const kept = findKept(store, source);
  if (kept !== undefined) return { ready: await prepareKeptRun(kept, source, asked), known: kept.known, workflow: kept.parsed };
  const { prepareFromText } = await import('../../assembly/prepare-from-text.js');
  return await prepareFromText(store, source, asked);
}

/** Inputs from files are YAML, whose reader most runs do not need. */
async function readGiven(call: Call): Promise<RunAsked['given']> {
  if (call.options.inputs.value.length > 0) return (await import('../read-given-inputs.js')).readGivenInputs(call);
  return { given: call.options.input.value.map(({ name, value, origin }) => ({ name, value, from: describeOrigin(origin) })), files: [], messages: [] };
}

async function describeMissing(call: Call): Promise<ExitCode> {
  const { loadWorkflow } = await import('../load-workflow.js');
  const loading = loadWorkflow(call.arguments[0] ?? '', call, { command: 'run' });
  return loading.kind === 'problem' ? refuseCall([loading.problem], call) : 2;
}

/** Options whose meaning is not built: named, never passed over. */
function findUnbuiltOptions({ options }: Call): readonly CallProblem[] {
  const asked: readonly (readonly [boolean, string])[] = [
    [options.cleanup.value, '--cleanup'], [options['dry-run'].value, '--dry-run'], [options['trace-inputs'].value, '--trace-inputs'], [options['take-over'].value, '--take-over'],
    [options['budget-usd'].value !== undefined, '--budget-usd'], [options['no-budget'].value, '--no-budget'],
  ];
  return asked.flatMap(([isAsked, flag]) => (isAsked ? [{ message: `${flag} is not built yet in tollgate ${version}`, hint: flag === '--dry-run' ? 'plan shows what would run' : 'leave it out' }] : []));
}

interface CarryingOut {
  readonly call: Call;
  readonly prepared: Prepared;
  readonly view: ReturnType<typeof openRunView>;
}

async function carryOut(assembled: AssembledRun, { call, prepared, view }: CarryingOut): Promise<ExitCode> {
  view.join(assembled);
  const blocked = await refuseByPreflight(assembled, { call, prepared });
  if (blocked !== undefined) return blocked;
  const problem = assembled.folder.begin();
  if (problem !== undefined) return refuseCall([{ message: `the run cannot be written down in ${assembled.folder.path}: ${problem}`, hint: 'make room, or name another folder with --state-dir' }], call);
  const going = startRun(assembled.job, assembled.ports);
  const signals = stopOnSignals(going.stop);
  const state = await going.ended;
  signals.release();
  const summary = assembled.summarize(state);
  view.close();
  const json = toRunJson(summary, { tollgateVersion: version, diagnostics: toFindingsJson(prepared) });
  assembled.folder.finish(`${JSON.stringify(json)}\n`);
  const look = { paint: createPaint(call.terminal.color), columns: call.terminal.columns, calledAs: call.calledAs };
  const closing = renderClosing(summary, look);
  if (call.options.json.value) {
    call.terminal.err(closing);
    call.terminal.out(`${JSON.stringify(json, null, 2)}\n`);
  } else call.terminal.out(`${view.hasPrinted() ? '\n' : ''}${closing}`);
  return exitCodeOf(state);
}

/** Nothing starts while something blocks; everything that does is said at once. */
async function refuseByPreflight(assembled: AssembledRun, { call, prepared }: Pick<CarryingOut, 'call' | 'prepared'>): Promise<ExitCode | undefined> {
  const mode = call.options.preflight.value;
  if (mode === 'off') return undefined;
  const results = await checkPreflight(assembled, { fix: call.options.fix.value });
  const { ok } = summarizePreflight(results, { strict: call.options.strict.value });
  const messages = describeChecks(results, prepared.findings[0]?.source ?? createSourceText('', ''));
  const paint = createPaint(call.terminal.color);
  if (mode === 'only' && !call.options.json.value) call.terminal.out(renderChecks(results, paint).map((line) => `${line}\n`).join(''));
  if (messages.length > 0) call.terminal.err(`${messages.map((message) => renderMessage(message, paint).join('\n')).join('\n\n')}\n\n`);
  if (ok && mode === 'on') return undefined;
  if (!ok && mode === 'on') call.terminal.err('Nothing was run.\n');
  if (call.options.json.value) {
    const { job } = assembled;
    if (mode === 'only') {
      const checks = results.map(({ at: _at, durationMs, fix, ...check }) => ({ ...check, fix: fix?.command ?? null, duration_ms: Math.round(durationMs) }));
      call.terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, workflow: job.facts.workflow, ok, checks, diagnostics: messages.map(toMessageJson) }, null, 2)}\n`);
      return ok ? 0 : 1;
    }
    const json = toRefusedRunJson({ tollgate_version: version, workflow: job.facts.workflow, workflow_version: job.facts.workflowVersion, inputs: job.facts.inputs, diagnostics: messages.map(toMessageJson), next_command: null });
    call.terminal.out(`${JSON.stringify(json, null, 2)}\n`);
  }
  return ok ? 0 : 1;
}

function exitCodeOf({ status, stop }: RunState): ExitCode {
  if (status === 'succeeded') return 0;
  if (status === 'cancelled') return stop?.cause === 'SIGTERM' ? 143 : 130;
  return 1;
}

/** The same call again: another input could do something else. */
function describeNext(state: RunState, { call, given }: { readonly call: Call; readonly given: string }): string | null {
  if (state.status === 'succeeded') return null;
  const { options } = call;
  const pairs = (flag: string, list: readonly { readonly name: string; readonly value: string }[]): readonly string[] => list.map(({ name, value }) => `${flag} ${quoteWord(`${name}=${value}`)}`);
  const names = (flag: string, list: readonly string[]): readonly string[] => (list.length === 0 ? [] : [`${flag} ${quoteWord(list.join(','))}`]);
  const one = (flag: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [`${flag} ${quoteWord(value)}`]);
  const words = [
    ...pairs('--input', options.input.value), ...options.inputs.value.map((file) => `--inputs ${quoteWord(file)}`), ...pairs('--set', options.set.value), ...names('--phases', options.phases.value),
    ...one('--from', options.from.value), ...one('--until', options.until.value), ...names('--only', options.only.value), ...names('--skip', options.skip.value), ...names('--skip-phases', options['skip-phases'].value), ...one('--labels', options.labels.value),
  ];
  return [`${call.calledAs} run ${quoteWord(given)}`, ...words].join(' ');
}

function readSelection({ options }: Call): Selection {
  return {
    phases: options.phases.value,
    from: options.from.value,
    until: options.until.value,
    only: options.only.value,
    skip: options.skip.value,
    skipPhases: options['skip-phases'].value,
    labels: options.labels.value,
    set: options.set.value,
  };
}

function refuse(prepared: Prepared, { call, parsed }: { readonly call: Call; readonly parsed: ParsedWorkflow | undefined }): ExitCode {
  const workflow = parsed?.outline.workflow;
  const isUnbuilt = prepared.findings.some(({ diagnostics }) => diagnostics.some(({ code }) => code === 'TG2901'));
  const next = isUnbuilt ? `${call.calledAs} plan ${quoteWord(call.arguments[0] ?? '')}` : null;
  call.terminal.err(renderFindings(prepared, call));
  if (next !== null) call.terminal.err(`\nNothing was run. The plan shows what the workflow would do:\n  ${createPaint(call.terminal.color).good('→')} Run: ${next}\n`);
  if (call.options.json.value) {
    const json = toRefusedRunJson({
      tollgate_version: version,
      workflow: workflow?.name.value ?? null,
      workflow_version: writtenText(workflow?.version) ?? null,
      inputs: Object.fromEntries(prepared.inputs),
      diagnostics: toFindingsJson(prepared),
      next_command: next,
    });
    call.terminal.out(`${JSON.stringify(json, null, 2)}\n`);
  }
  return 2;
}
