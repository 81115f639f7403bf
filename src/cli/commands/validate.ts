import { hasErrors } from '../../core/definition/parse-workflow.js';
import { renderAnnotation } from '../../core/report/annotations.js';
import { toDiagnosticJson } from '../../core/report/diagnostics-json.js';
import { countFindings, renderDiagnostics } from '../../core/report/diagnostics-text.js';
import { createPaint } from '../../core/report/paint.js';
import { counted } from '../../core/report/plan-words.js';
import { escapeHidden } from '../../core/report/visible-text.js';
import { workflowFolders } from '../../adapters/local/find-workflows.js';
import type { CheckedWorkflow } from '../../assembly/check-workflow.js';
import { checkWorkflow } from '../../assembly/check-workflow.js';
import type { Call, ExitCode } from '../command.js';
import type { LoadedWorkflow } from '../../assembly/load-workflow.js';
import { loadAllWorkflows, loadWorkflow } from '../load-workflow.js';
import { refuseCall } from '../refuse-call.js';
import { version } from '../../assembly/version.js';

interface Checked extends CheckedWorkflow {
  readonly loaded: LoadedWorkflow;
  readonly valid: boolean;
}

/** `tollgate validate`: every problem of the files at once. */
export function validate(call: Call): ExitCode {
  const github = call.options.format.value === 'github';
  const shownFrom = github ? call.workspace : call.folder;
  const loadings = call.arguments.length === 0 ? loadAllWorkflows(call, shownFrom) : call.arguments.map((given) => loadWorkflow(given, call, { command: 'validate', shownFrom }));
  if (loadings.length === 0) {
    return refuseCall([{ message: 'there is no workflow here', hint: `workflows lie in ${workflowFolders.join(', ')} of ${call.workspace}`, next: [{ call: 'init', says: 'write a first workflow' }] }], call);
  }
  const problems = loadings.flatMap((loading) => (loading.kind === 'problem' ? [loading.problem] : []));
  const checked = loadings.flatMap((loading) => (loading.kind === 'loaded' ? [check(loading.workflow)] : []));
  call.terminal.out(call.options.json.value ? renderJson(checked) : github ? renderAnnotations(checked) : renderText(checked, call));
  if (problems.length > 0) return refuseCall(problems, call);
  return checked.every(({ valid }) => valid) ? 0 : 2;
}

function check(loaded: LoadedWorkflow): Checked {
  const checked = checkWorkflow(loaded);
  return { ...checked, loaded, valid: !hasErrors(checked.diagnostics) };
}

function renderText(files: readonly Checked[], { terminal, calledAs, options }: Call): string {
  const paint = createPaint(terminal.color);
  const found = files.map(({ loaded, diagnostics }) => ({ source: loaded.source, diagnostics }));
  const problems = renderDiagnostics(found, { paint, columns: terminal.columns, calledAs, verbose: options.verbose.value });
  const lines = files.map((file) => {
    const mark = file.valid ? paint.good('✓') : paint.blocking('✗');
    return `${mark} ${paint.strong(escapeHidden(file.loaded.source.file))}: ${describeFile(file)}\n`;
  });
  return `${problems === '' ? '' : `${problems}\n`}${lines.join('')}`;
}

function describeFile({ plan, diagnostics, valid }: Checked): string {
  const found = countFindings(diagnostics);
  if (!valid || plan === undefined) return found;
  return [counted(plan.phases.length, 'phase', 'phases'), counted(plan.stepCount, 'step', 'steps'), ...(found === '' ? [] : [found])].join(', ');
}

function renderAnnotations(files: readonly Checked[]): string {
  const lines = files.flatMap(({ loaded, diagnostics }) => diagnostics.map((diagnostic) => renderAnnotation(loaded.source, diagnostic)));
  const summary = files.map((file) => `${file.valid ? '✓' : '✗'} ${escapeHidden(file.loaded.source.file)}: ${describeFile(file)}`);
  return [...lines, ...summary].map((line) => `${line}\n`).join('');
}

/** `tollgate validate --json`. */
export interface ValidationJson {
  readonly schema_version: 1;
  readonly tollgate_version: string;
  readonly valid: boolean;
  readonly files: readonly { readonly file: string; readonly workflow: string | null; readonly valid: boolean; readonly phases: number; readonly steps: number }[];
  readonly diagnostics: readonly ReturnType<typeof toDiagnosticJson>[];
}

function renderJson(files: readonly Checked[]): string {
  const json: ValidationJson = {
    schema_version: 1,
    tollgate_version: version,
    valid: files.every(({ valid }) => valid),
    files: files.map(({ loaded: { source, parsed }, plan, valid }) => ({
      file: source.file,
      workflow: parsed?.outline.workflow.name.value ?? null,
      valid,
      phases: plan?.phases.length ?? parsed?.outline.phases.length ?? 0,
      steps: plan?.stepCount ?? parsed?.outline.steps.filter(({ lane }) => lane.kind === 'phase').length ?? 0,
    })),
    diagnostics: files.flatMap(({ loaded, diagnostics }) => diagnostics.map((diagnostic) => toDiagnosticJson(loaded.source, diagnostic))),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
