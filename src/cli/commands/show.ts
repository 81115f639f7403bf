import { createPaint } from '../../core/report/paint.js';
import type { InputSummary, WorkflowSummary } from '../../core/report/workflow-summary.js';
import { summarizeWorkflow } from '../../core/report/workflow-summary.js';
import type { WorkflowCalls } from '../../core/report/workflow-text.js';
import { renderWorkflow } from '../../core/report/workflow-text.js';
import { quoteWord } from '../called-as.js';
import { checkWorkflow } from '../../assembly/check-workflow.js';
import type { Call, ExitCode } from '../command.js';
import { loadWorkflow } from '../load-workflow.js';
import { refuseCall } from '../refuse-call.js';
import { renderFindings, toFindingsJson } from '../print-findings.js';
import { version } from '../../assembly/version.js';

/** `tollgate show`: what a workflow takes, does and gives back, and how to call it. */
export function show(call: Call): ExitCode {
  const given = call.arguments[0] ?? '';
  const loading = loadWorkflow(given, call, { command: 'show' });
  if (loading.kind === 'problem') return refuseCall([loading.problem], call);
  const { parsed, source } = loading.workflow;
  const { plan, diagnostics } = checkWorkflow(loading.workflow);
  const valid = plan !== undefined && !diagnostics.some(({ severity }) => severity === 'error');
  const found = { findings: [{ source, diagnostics }], messages: [] };
  if (parsed === undefined || !valid) {
    if (call.options.json.value) call.terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, file: source.file, workflow: null, diagnostics: toFindingsJson(found) }, null, 2)}\n`);
    else call.terminal.err(renderFindings(found, call));
    return 2;
  }
  const summary = summarizeWorkflow(parsed.outline);
  const calls = describeCalls(summary, { given, file: source.file, calledAs: call.calledAs });
  call.terminal.out(call.options.json.value ? renderJson(summary, calls) : renderWorkflow(summary, calls, { paint: createPaint(call.terminal.color), columns: call.terminal.columns }));
  return 0;
}

function renderJson(summary: WorkflowSummary, { file, commands }: WorkflowCalls): string {
  const { name, version: workflowVersion, ...rest } = summary;
  return `${JSON.stringify({ schema_version: 1, tollgate_version: version, file, workflow: name, workflow_version: workflowVersion, ...rest, commands }, null, 2)}\n`;
}

function describeCalls(summary: WorkflowSummary, at: { readonly given: string; readonly file: string; readonly calledAs: string }): WorkflowCalls {
  const needed = summary.inputs.filter(({ required }) => required);
  const inputs = needed.map((input) => ` --input ${quoteWord(`${input.name}=${sampleOf(input)}`)}`).join('');
  const target = quoteWord(at.given);
  return {
    file: at.file,
    commands: [`${at.calledAs} plan ${target}${inputs}`, `${at.calledAs} run ${target}${inputs}`],
    uses: [
      `- uses: <owner>/tollgate@v${version}`,
      '  with:',
      `    workflow: ${summary.name}`,
      ...(needed.length === 0 ? [] : ['    inputs: |', ...needed.map((input) => `      ${input.name}: ${sampleOf(input)}`)]),
    ],
  };
}

/** A value that shows what is wanted, and works where there is only one way. */
function sampleOf({ type, options }: InputSummary): string {
  if (options !== null && options.length > 0) return String(options[0]);
  return { number: '1', boolean: 'true', json: '{}', file: 'path/to/file', artifact: 'workflow/name' }[type] ?? 'text';
}
