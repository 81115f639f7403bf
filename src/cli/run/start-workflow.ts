import { resolve } from 'node:path';
import { openGitRepository } from '../../adapters/local/git-repository.js';
import type { AssembledRun } from '../../assembly/assemble-run.js';
import { assembleRun } from '../../assembly/assemble-run.js';
import { checkPreflight, describeChecks } from '../../assembly/check-preflight.js';
import { findLacking } from '../../assembly/find-lacking.js';
import type { ContinuedRun } from '../../assembly/continue-run.js';
import { readGithubContext } from '../../assembly/github-context.js';
import type { Prepared, PreparedRun, RunAsked } from '../../assembly/select-for-run.js';
import { version } from '../../assembly/version.js';
import type { ParsedWorkflow } from '../../core/definition/parse-workflow.js';
import { writtenText } from '../../core/definition/shape/setting.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import { createSourceText } from '../../core/diagnostic/source-text.js';
import { summarizePreflight } from '../../core/preflight/preflight-report.js';
import { renderMessage } from '../../core/report/message.js';
import { toMessageJson } from '../../core/report/message-json.js';
import { createPaint } from '../../core/report/paint.js';
import { renderChecks } from '../../core/report/preflight-text.js';
import { toRefusedRunJson } from '../../core/report/run/run-json.js';
import type { CallRecord } from '../../core/run/run-event.js';
import type { RunState } from '../../core/run/run-state.js';
import { selectParts } from '../../core/run/selection/select-parts.js';
import type { InputTracer } from '../../ports/input-tracer.js';
import type { CallProblem } from '../call-problem.js';
import { quoteWord } from '../called-as.js';
import { refuseCall } from '../refuse-call.js';
import type { Call, ExitCode } from '../command.js';
import { renderFindings, toFindingsJson } from '../print-findings.js';
import type { Afterwards } from './carry-out.js';
import { carryOut } from './carry-out.js';
import { prepareWorkflow } from './prepare-workflow.js';
import { openRunView } from './run-view.js';
import { stateFolderOf } from './state-folder-of.js';
import { watchReads } from './watch-reads.js';

/** A workflow that is to be run, or gone on with. */
export interface WorkflowOrder {
  readonly source: SourceText;
  readonly asked: RunAsked;
  /** What a later process needs to go on with it or to do it again. */
  readonly record: CallRecord;
  readonly continued?: ContinuedRun;
  /** A step or phase from which everything is done again. */
  readonly redoFrom?: string | undefined;
  /** What cached steps read is watched. */
  readonly tracer?: InputTracer | undefined;
  readonly afterwards?: Afterwards | undefined;
  readonly nextCommand: (state: RunState) => string | null;
}

/** Checks, then does. What is wrong is all said before anything starts. */
export async function startWorkflow(order: WorkflowOrder, call: Call): Promise<ExitCode> {
  const { source, asked, record } = order;
  const { ready, known, workflow } = await prepareWorkflow(source, { call, asked });
  const { prepared } = ready;
  if (ready.kind === 'refused') return refuse(prepared, { call, parsed: workflow, record });
  const redone = redoFrom(order, ready);
  if ('problem' in redone) return refuseCall([redone.problem], call);
  const { continued } = redone;
  const found = renderFindings(prepared, call);
  if (found !== '') call.terminal.err(`${found}\n`);
  const view = openRunView(call);
  const git = openGitRepository(call.workspace).describe();
  const assembled = watchReads(await assembleRun({
    parsed: ready.parsed,
    plan: ready.plan,
    source,
    known,
    selected: ready.selected,
    inputs: prepared.inputs,
    env: call.env,
    workspace: call.workspace,
    stateFolder: resolve(stateFolderOf(call)),
    tollgateVersion: version,
    trigger: 'cli',
    actor: call.env['USER'] ?? null,
    commit: git.sha ?? null,
    github: () => readGithubContext({ workspace: call.workspace, env: call.env }),
    maxParallel: call.options['max-parallel'].value,
    allowCostly: record.allowCostly,
    // A runner kills us ten seconds after it has cancelled; a person can wait for what the steps say.
    killAfterStopMs: call.env['GITHUB_ACTIONS'] === 'true' ? 3_000 : 10_000,
    // What is watched has to be executed.
    cache: { read: call.options.cache.value !== 'off' && order.tracer === undefined, write: call.options.cache.value === 'on' },
    mostCacheBytes: call.options['max-size'].value,
    call: record,
    continued,
    reporter: view.reporter,
    nextCommand: order.nextCommand,
  }), order.tracer, call);
  const lacking = await findLacking(assembled, ready.selected);
  if (lacking.length > 0) return refuse({ ...prepared, messages: [...prepared.messages, ...lacking] }, { call, parsed: workflow, record });
  view.join(assembled);
  const blocked = await refuseByPreflight(assembled, { call, prepared });
  return blocked ?? (await carryOut(assembled, { call, prepared, view, continued, afterwards: order.afterwards }));
}

/** Of what was done, what lies before the step is kept. */
function redoFrom({ continued, redoFrom: from }: WorkflowOrder, { parsed, plan }: Extract<PreparedRun, { kind: 'ready' }>): { readonly continued: ContinuedRun | undefined } | { readonly problem: CallProblem } {
  if (continued === undefined || from === undefined) return { continued };
  const { leftOut, problems: [problem] } = selectParts(parsed, plan, { phases: [], from, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] });
  if (problem?.code === 'TG3301') return { problem: { message: problem.message, hint: problem.ways[0] ?? '' } };
  const { earlier } = continued;
  const results = earlier.results.filter(({ step }) => leftOut.has(step));
  return { continued: { ...continued, earlier: { ...earlier, results, find: (step, matrix) => (leftOut.has(step) ? earlier.find(step, matrix) : undefined) } } };
}

/** Nothing starts while something blocks; everything that does is said at once. */
async function refuseByPreflight(assembled: AssembledRun, { call, prepared }: { readonly call: Call; readonly prepared: Prepared }): Promise<ExitCode | undefined> {
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

function refuse(prepared: Prepared, { call, parsed, record }: { readonly call: Call; readonly parsed: ParsedWorkflow | undefined; readonly record: CallRecord }): ExitCode {
  const workflow = parsed?.outline.workflow;
  const isUnbuilt = prepared.findings.some(({ diagnostics }) => diagnostics.some(({ code }) => code === 'TG2901'));
  const next = isUnbuilt ? `${call.calledAs} plan ${quoteWord(record.given)}` : null;
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
