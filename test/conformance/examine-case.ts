import { existsSync, readFileSync } from 'node:fs';
import type { InputFinding } from '../../src/core/definition/inputs/resolve-inputs.js';
import { resolveInputs } from '../../src/core/definition/inputs/resolve-inputs.js';
import { hasErrors, parseWorkflow } from '../../src/core/definition/parse-workflow.js';
import { decodeText } from '../../src/core/definition/yaml/decode-text.js';
import type { Diagnostic } from '../../src/core/diagnostic/diagnostic.js';
import type { SourceText } from '../../src/core/diagnostic/source-text.js';
import { createSourceText } from '../../src/core/diagnostic/source-text.js';
import { createJudge } from '../../src/core/plan/judge-when.js';
import type { Plan, PlannedStep } from '../../src/core/plan/plan.js';
import { planWorkflow } from '../../src/core/plan/plan-workflow.js';
import type { PartialValue } from '../../src/core/expression/unknown.js';
import { unknownValue } from '../../src/core/expression/unknown.js';
import { stepTypes } from '../../src/steps/index.js';
import { createFixedLibrary } from '../fakes/fixed-world.js';

/** What a case is held against: written as JSON beside it. */
export interface CaseOutcome {
  readonly diagnostics: readonly object[];
  /** What was given as inputs and is wrong. */
  readonly inputs?: readonly InputFinding[];
  /** The values that the given inputs have. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Who waits for whom, of cases that say `# shows the plan`. */
  readonly plan?: readonly string[];
}

export interface ExaminedCase {
  readonly refused: boolean;
  readonly outcome: CaseOutcome;
}

/** Reads a case as `validate` and `plan` would: bytes → text → workflow → plan, with the inputs that lie beside it. */
export function examineCase(path: string): ExaminedCase {
  const decoded = decodeText(unfold(readFileSync(path)));
  const source = createSourceText('workflow.yml', decoded.text);
  if (decoded.kind === 'refused') return conclude(source, [decoded.diagnostic], {});
  const { parsed, diagnostics } = parseWorkflow(source, stepTypes);
  if (parsed === undefined || hasErrors(diagnostics)) return conclude(source, diagnostics, {});
  const declared = parsed.outline.workflow.inputs ?? [];
  const given = readGiven(path);
  const resolved = resolveInputs(declared, given ?? [], (file) => file === 'README.md');
  const known = new Map<string, PartialValue>([['inputs', Object.fromEntries(resolved.values) as PartialValue]]);
  const planning = planWorkflow(parsed, source, createJudge({ context: (name) => known.get(name) ?? unknownValue, functions: createFixedLibrary() }));
  const findings = given === undefined ? [] : [...resolved.problems, ...resolved.missing];
  return conclude(source, [...diagnostics, ...planning.diagnostics], {
    ...(findings.length === 0 ? {} : { inputs: findings }),
    ...(given === undefined || findings.length > 0 ? {} : { values: Object.fromEntries(resolved.values) }),
    ...(planning.kind === 'planned' && source.text.startsWith('# shows the plan') ? { plan: describePlan(planning.plan) } : {}),
  });
}

function conclude(source: SourceText, diagnostics: readonly Diagnostic[], more: Omit<CaseOutcome, 'diagnostics'>): ExaminedCase {
  return { refused: hasErrors(diagnostics) || more.inputs !== undefined, outcome: { diagnostics: diagnostics.map((each) => describe(source, each)), ...more } };
}

/** What people see, with the very characters that are pointed at. */
function describe(source: SourceText, { code, severity, span, message, hint, fix }: Diagnostic): object {
  const { line, column } = source.positionAt(span[0]);
  const token = source.text.slice(span[0], Math.max(span[1], span[0]));
  return {
    code,
    severity,
    line,
    column,
    token: token.length > 80 ? `${token.slice(0, 80)}…` : token,
    message,
    hint: hint ?? null,
    ...(fix === undefined ? {} : { fix: fix.title }),
  };
}

function readGiven(path: string): { name: string; value: unknown; from: string }[] | undefined {
  const file = path.replace(/\.yml$/u, '.inputs.json');
  if (!existsSync(file)) return undefined;
  const values = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return Object.entries(values).map(([name, value]) => ({ name, value, from: '--input' }));
}

/** Large files are written small: `# the next line 10001 times, numbered` repeats it, with its number for `NNN`. */
function unfold(bytes: Buffer): Buffer {
  const found = /^ *# the next line (\d+) times, numbered\n(.*)\n/mu.exec(bytes.toString('latin1'));
  if (found === null) return bytes;
  const [whole, times, line = ''] = found;
  const lines = Array.from({ length: Number(times) }, (_, index) => line.replaceAll('NNN', String(index + 1)));
  return Buffer.from(bytes.toString('latin1').replace(whole, () => `${lines.join('\n')}\n`), 'latin1');
}

function describePlan(plan: Plan): readonly string[] {
  return [
    ...plan.phases.flatMap((phase) => [
      `phase ${phase.number} ${phase.id}${phase.needs.length === 0 ? '' : ` after ${phase.needs.join(', ')}`}${phase.when === null ? '' : `: ${describeWhen(phase.when)}`}`,
      ...phase.steps.map(describeStep),
      ...(phase.gate?.onNoGo ?? []).map(describeStep),
    ]),
    ...plan.finally.map(describeStep),
    ...plan.cleanup.map(describeStep),
  ];
}

function describeStep(step: PlannedStep): string {
  const needs = step.needs.map(({ id, why, orderOnly }) => `${id} (${why}${orderOnly ? ', order only' : ''})`);
  const parts = [
    `${step.number} ${step.id} [${step.type}${step.cached ? ', cached' : ''}, wave ${step.wave}]`,
    ...(needs.length === 0 ? [] : [`after ${needs.join(', ')}`]),
    ...(step.when === null ? [] : [describeWhen(step.when)]),
    ...(step.cells === null ? [] : [step.cells.kind === 'later' ? 'cells: later' : `cells: ${step.cells.cells.map((cell) => JSON.stringify(cell)).join(' ')}`]),
  ];
  return parts.join(': ');
}

function describeWhen({ text, holds, because }: NonNullable<PlannedStep['when']>): string {
  return `when ${text} → ${String(holds)}${because === '' ? '' : ` (${because})`}`;
}
