import { createSourceText } from '../../src/core/diagnostic/source-text.js';
import type { Diagnostic } from '../../src/core/diagnostic/diagnostic.js';
import type { Parsing } from '../../src/core/definition/parse-workflow.js';
import { parseWorkflow } from '../../src/core/definition/parse-workflow.js';
import type { Planning } from '../../src/core/plan/plan-workflow.js';
import { planWorkflow } from '../../src/core/plan/plan-workflow.js';
import { stepTypes } from '../../src/steps/index.js';

/** The text of a workflow, parsed over the real step types. */
export function parseForTest(text: string): Parsing {
  return parseWorkflow(createSourceText('workflow.yml', text), stepTypes);
}

/** Parsed and planned; no condition can be judged. */
export function planForTest(text: string): { readonly parsing: Parsing; readonly planning: Planning | undefined } {
  const source = createSourceText('workflow.yml', text);
  const parsing = parseWorkflow(source, stepTypes);
  const planning = parsing.parsed === undefined ? undefined : planWorkflow(parsing.parsed, source, ({ text: when }) => ({ text: when, holds: 'unknown', because: '' }));
  return { parsing, planning };
}

/** What a table of expectations compares: `TG1101 2:3 unknown key …`. */
export function summarize(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  const source = createSourceText('workflow.yml', text);
  return diagnostics.map(({ code, span, message }) => {
    const { line, column } = source.positionAt(span[0]);
    return `${code} ${line}:${column} ${message}`;
  });
}
