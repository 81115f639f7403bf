import { findUnbuilt } from '../../core/definition/unbuilt/find-unbuilt.js';
import { createPaint } from '../../core/report/paint.js';
import { toRefusedRunJson } from '../../core/report/run-json.js';
import { writtenText } from '../../core/definition/shape/setting.js';
import { quoteWord } from '../called-as.js';
import type { Call, ExitCode } from '../command.js';
import type { LoadedWorkflow } from '../load-workflow.js';
import { loadWorkflow, refuseCall } from '../load-workflow.js';
import type { PreparedPlan } from '../prepare-plan.js';
import { preparePlan } from '../prepare-plan.js';
import { renderFindings, toFindingsJson } from '../print-findings.js';
import { version } from '../version.js';

/**
 * `tollgate run`: in this version no step type can run yet. The call and the workflow are checked as a run would check
 * them; then everything that cannot be run is refused by name and place, never passed over.
 */
export async function run(call: Call): Promise<ExitCode> {
  const given = call.arguments[0] ?? '';
  const loading = loadWorkflow(given, call, { command: 'run' });
  if (loading.kind === 'problem') return refuseCall([loading.problem], call);
  const prepared = refuseUnbuilt(await preparePlan(loading.workflow, call, 'error'), loading.workflow);
  const next = prepared.plan === undefined ? null : `${call.calledAs} plan ${quoteWord(given)}`;
  call.terminal.err(renderFindings(prepared, call));
  if (next !== null) call.terminal.err(`\n${describeNext(next, call)}\n`);
  if (call.options.json.value) call.terminal.out(`${JSON.stringify(describeRefused(prepared, loading.workflow, next), null, 2)}\n`);
  return 2;
}

function refuseUnbuilt(prepared: PreparedPlan, { parsed, source }: LoadedWorkflow): PreparedPlan {
  if (prepared.plan === undefined || parsed === undefined) return prepared;
  return { ...prepared, findings: [...prepared.findings, { source, diagnostics: findUnbuilt(parsed.outline, version) }] };
}

function describeNext(next: string, { terminal }: Call): string {
  const paint = createPaint(terminal.color);
  return `Nothing was run: tollgate ${version} reads, checks and plans workflows; running them comes with a later version.\n  ${paint.good('→')} Run: ${next}`;
}

function describeRefused(prepared: PreparedPlan, { parsed }: LoadedWorkflow, next: string | null) {
  const workflow = parsed?.outline.workflow;
  return toRefusedRunJson({
    tollgate_version: version,
    workflow: workflow?.name.value ?? null,
    workflow_version: writtenText(workflow?.version) ?? null,
    inputs: Object.fromEntries(prepared.inputs),
    diagnostics: toFindingsJson(prepared),
    next_command: next,
  });
}
