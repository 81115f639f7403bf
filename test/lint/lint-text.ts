import { createSourceText } from '../../src/core/diagnostic/source-text.js';
import type { SourceText } from '../../src/core/diagnostic/source-text.js';
import type { Diagnostic } from '../../src/core/diagnostic/diagnostic.js';
import { hasErrors, parseWorkflow } from '../../src/core/definition/parse-workflow.js';
import type { LintWorld } from '../../src/core/lint/build-subject.js';
import { lintWorkflow } from '../../src/core/lint/lint-workflow.js';
import type { Linting } from '../../src/core/lint/mend-workflow.js';
import { planWorkflow } from '../../src/core/plan/plan-workflow.js';
import { stepTypes } from '../../src/steps/index.js';

export interface LintedText extends Linting {
  readonly source: SourceText;
  readonly errors: readonly Diagnostic[];
}

/** Parses, plans and lints a text, as the command does. */
export function lintText(text: string, world: LintWorld = {}): LintedText {
  const source = createSourceText('w.yml', text);
  const { parsed, diagnostics } = parseWorkflow(source, stepTypes);
  if (parsed === undefined || hasErrors(diagnostics)) return { valid: false, diagnostics, source, errors: diagnostics };
  const planning = planWorkflow(parsed, source, ({ text: written }) => ({ text: written, holds: 'unknown', because: '' }));
  return { valid: planning.kind === 'planned', diagnostics: lintWorkflow(parsed, planning, source, world), source, errors: planning.diagnostics };
}

/** The text that a diagnostic points at. */
export function pointedAt({ source }: LintedText, { span }: Pick<Diagnostic, 'span'>): string {
  return source.text.slice(span[0], span[1]);
}

/** The findings with one code; a text that is no workflow makes the test fail. */
export function findByCode(text: string, code: string, world: LintWorld = {}): readonly Diagnostic[] {
  const linted = lintText(text, world);
  if (!linted.valid) throw new Error(`not a workflow: ${JSON.stringify(linted.errors.map(({ code: each, message }) => `${each} ${message}`))}\n${text}`);
  return linted.diagnostics.filter((diagnostic) => diagnostic.code === code);
}

/** A workflow of one shell step; `more` is added to the step, `top` to the workflow. */
export function oneStep(command: string, more = '', top = ''): string {
  const fields = more === '' ? '' : `    ${more.replaceAll('\n', '\n    ')}\n`;
  return `name: w\n${top === '' ? '' : `${top}\n`}steps:\n  - id: only\n${fields}    command: ${JSON.stringify(command)}\n`;
}
