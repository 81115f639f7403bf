import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { checkDeclarations } from './check/check-declarations.js';
import { checkExpressions } from './check/check-expressions.js';
import { checkNames } from './check/check-names.js';
import type { NeedNames } from './check/check-needs.js';
import { checkNeeds, nameNeeds } from './check/check-needs.js';
import type { Outline } from './check/outline.js';
import { outlineWorkflow } from './check/outline.js';
import { createWorkflowShape } from './language/workflow-shape.js';
import type { Reference } from './check/reference.js';
import type { HandOver } from '../script/hand-over.js';
import type { ShellText } from './shape/setting.js';
import type { StepTypes } from './step-type.js';
import { readYaml } from './yaml/read-yaml.js';

/** A workflow that was read, with what checking it has learnt. */
export interface ParsedWorkflow {
  readonly outline: Outline;
  readonly references: readonly Reference[];
  readonly needNames: NeedNames;
  readonly scripts: ReadonlyMap<ShellText, HandOver>;
}

export interface Parsing {
  /** Missing when the file could not be read as a workflow at all. */
  readonly parsed: ParsedWorkflow | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Text → workflow, with every problem of the file at once, in the order of the file. */
export function parseWorkflow(source: SourceText, types: StepTypes): Parsing {
  const { root, diagnostics: found } = readYaml(source);
  const diagnostics: Diagnostic[] = [...found];
  if (root === undefined) return { parsed: undefined, diagnostics: arrange(diagnostics) };
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const workflow = createWorkflowShape(types).read(root, 'the file', { source, report, literal: false, customTypes: new Set() });
  if (workflow === undefined) return { parsed: undefined, diagnostics: arrange(diagnostics) };
  const outline = outlineWorkflow(workflow);
  const needNames = nameNeeds(outline);
  const checked = checkExpressions(outline, types, source);
  diagnostics.push(...checkNames(outline), ...checkNeeds(outline, needNames), ...checkDeclarations(outline));
  for (const diagnostic of checked.diagnostics) diagnostics.push(diagnostic);
  return { parsed: { outline, references: checked.references, needNames, scripts: checked.scripts }, diagnostics: arrange(diagnostics) };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** In the order of the file; what was found twice, through an alias, is said once. */
export function arrange(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics
    .filter(({ code, span, message }) => {
      const key = `${code} ${span[0]} ${span[1]} ${message}`;
      return !seen.has(key) && seen.add(key).size > 0;
    })
    .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
}
