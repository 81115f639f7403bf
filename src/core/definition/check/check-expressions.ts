import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import { checkExpression } from '../../expression/check-expression.js';
import { collectUses } from '../../expression/collect-uses.js';
import type { Expression } from '../../expression/expression.js';
import type { TextProblem } from '../../expression/problem.js';
import type { ValueShape } from '../../expression/value-shape.js';
import type { ScriptPart } from '../../script/hand-over.js';
import type { HandOver } from '../../script/hand-over.js';
import { handOver } from '../../script/hand-over.js';
import { locateText, locateTextProblem } from '../shape/report-text-problem.js';
import type { Computed, Expressive, ShellText } from '../shape/setting.js';
import type { StepTypes } from '../step-type.js';
import { buildScope, scopeAt } from './build-scope.js';
import { checkOutputUse } from './check-output-use.js';
import type { Outline, PlacedStep } from './outline.js';
import type { Reference } from './reference.js';
import type { Site, SitedExpressive } from './site.js';
import { findSites } from './site.js';

export interface CheckedExpressions {
  readonly diagnostics: readonly Diagnostic[];
  readonly references: readonly Reference[];
  /** Of every command with expressions: what its shell will get. */
  readonly scripts: ReadonlyMap<ShellText, HandOver>;
}

/** Reads every expression of a workflow against what it can name at its place. */
export function checkExpressions(outline: Outline, types: StepTypes, source: SourceText): CheckedExpressions {
  const diagnostics: Diagnostic[] = [];
  const references: Reference[] = [];
  const scripts = new Map<ShellText, HandOver>();
  const base = buildScope(outline, types);
  const known = nameSteps(outline);
  for (const sited of findSites(outline)) {
    const scope = scopeAt(base, { matrix: matrixOf(sited.site), criterion: sited.criterion });
    const shapes = expressionsOf(sited.expressive).map((expression) => {
      const { shape, problems } = checkExpression(expression, scope, { strict: sited.expressive.kind === 'condition' ? sited.expressive.strict : 'no' });
      for (const problem of problems) diagnostics.push(locateTextProblem(source, sited.expressive, explainAbsence(problem, sited.expressive)));
      for (const reference of findReferences(expression, sited, known)) {
        references.push(reference.reference);
        diagnostics.push(...checkOutputUse(reference.reference, reference.path, { types, source }));
      }
      return shape;
    });
    diagnostics.push(...checkWhole(sited, shapes, { source, outline, scripts }));
  }
  return { diagnostics, references, scripts };
}

/** Names that are known, but not here: where they are. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['matrix', 'matrix is there in a step that has a matrix'],
  ['criterion', 'criterion is there in the check of a criterion that has a run'],
  ['resources', 'resources is reserved for a later version'],
]);

function explainAbsence(problem: TextProblem, { whole }: Expressive): TextProblem {
  const hint = problem.code === 'TG2010' ? elsewhere.get(whole.slice(...problem.at).toLowerCase()) : undefined;
  return hint === undefined ? problem : { code: problem.code, message: problem.message, at: problem.at, hint };
}

function expressionsOf(expressive: Expressive): readonly Expression[] {
  if (expressive.kind === 'condition') return [expressive.expression];
  return expressive.template.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
}

/** What the value as a whole has to be: text that is text, a command that can be handed over. */
function checkWhole(sited: SitedExpressive, shapes: readonly ValueShape[], at: { source: SourceText; outline: Outline; scripts: Map<ShellText, HandOver> }): readonly Diagnostic[] {
  const { expressive } = sited;
  if (expressive.kind === 'condition') return [];
  const found: Diagnostic[] = [];
  if (expressive.kind === 'shell' || !isWholeExpression(expressive)) found.push(...findStructuresInText(expressive, shapes, at.source));
  if (expressive.kind === 'shell' && shapes.length > 0) {
    const result = handOver(scriptParts(expressive, shapes), sited.shell ?? at.outline.workflow.defaults?.shell?.value ?? 'bash');
    if (result.kind === 'ok') at.scripts.set(expressive, result.ok);
    else found.push(...result.refusals.map((refusal) => locateTextProblem(at.source, expressive, refusal)));
  }
  return found;
}

/** One expression and nothing else keeps its type. */
function isWholeExpression(expressive: Computed): boolean {
  return expressive.template.every((part) => part.kind === 'expression' || part.text.trim() === '') && expressive.template.filter((part) => part.kind === 'expression').length === 1;
}

function findStructuresInText(expressive: Computed | ShellText, shapes: readonly ValueShape[], source: SourceText): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let next = 0;
  for (const part of expressive.template) {
    if (part.kind === 'text') continue;
    const shape = shapes[next++];
    if (shape?.kind !== 'list' && shape?.kind !== 'object') continue;
    found.push({
      code: 'TG1215',
      severity: 'error',
      message: `${shape.kind === 'list' ? 'a list' : 'an object'} cannot stand in text`,
      span: locateText(source, expressive, part.at),
      hint: 'use join() or toJSON()',
    });
  }
  return found;
}

export function scriptParts(text: ShellText, shapes: readonly ValueShape[]): readonly ScriptPart[] {
  let next = 0;
  return text.template.map((part): ScriptPart => {
    if (part.kind === 'text') return part;
    const shape = shapes[next++];
    return { kind: 'value', type: shape?.kind === 'number' || shape?.kind === 'boolean' ? shape.kind : 'other', at: part.at };
  });
}

function matrixOf(site: Site) {
  if (site.kind === 'step') return site.step.step.matrix;
  return site.kind === 'rollback' ? site.of.step.matrix : undefined;
}

interface KnownNames {
  readonly steps: ReadonlyMap<string, PlacedStep>;
  readonly phases: ReadonlyMap<string, number>;
}

function nameSteps(outline: Outline): KnownNames {
  return {
    steps: new Map(outline.steps.map((step) => [step.step.id.value.toLowerCase(), step])),
    phases: new Map(outline.phases.map(({ phase }, index) => [phase.id.value.toLowerCase(), index])),
  };
}

interface FoundReference {
  readonly reference: Reference;
  /** What is read of it, such as `outputs`, `zip`. */
  readonly path: readonly string[];
}

function findReferences(expression: Expression, sited: SitedExpressive, known: KnownNames): readonly FoundReference[] {
  const common = { from: sited.site, place: sited.expressive };
  return collectUses(expression).flatMap((use): FoundReference[] => {
    const [head = '', ...rest] = use.path;
    if (use.context.toLowerCase() === 'phases') {
      const phase = known.phases.get(head.toLowerCase());
      return phase === undefined ? [] : [{ path: rest, reference: { ...common, to: { kind: 'phase', phase }, text: `phases.${head}`, at: use.at } }];
    }
    const named = use.context.toLowerCase() === 'steps';
    const step = known.steps.get((named ? head : use.context).toLowerCase());
    if (step === undefined) return [];
    return [{ path: named ? rest : use.path, reference: { ...common, to: { kind: 'step', step }, text: named ? `steps.${head}` : use.context, at: use.at } }];
  });
}
