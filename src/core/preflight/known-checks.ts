import type { Span } from '../diagnostic/diagnostic.js';
import type { Outline, PlacedStep } from '../definition/check/outline.js';
import type { Setting, ShellText } from '../definition/shape/setting.js';
import { HOLE } from '../script/reading.js';
import type { Shell } from '../script/script-part.js';
import { createDoubts } from './program-doubts.js';
import type { Doubts } from './program-doubts.js';
import { readScriptCalls } from './script-calls.js';
import type { ScriptCalls } from './script-calls.js';
import { mayBeMissing } from './usual-programs.js';

/** What has to be there although nobody wrote a check for it. */
export interface KnownCheck {
  readonly kind: 'tool' | 'bash';
  readonly name: string;
  /** The first step that needs it. */
  readonly at: Span;
  /** The ids of all steps that are sure to need it: where none of them is going to run, there is nothing to check. */
  readonly steps: readonly string[];
}

/**
 * The programs that the steps of a workflow are sure to start, and bash. A false alarm would stop a run that could
 * succeed, so that every doubt leaves a program out: what runs on a condition, what a script itself asks for, what
 * an earlier step could bring. A program that a check of the workflow names is left to that check.
 */
export function findKnownChecks(outline: Outline): readonly KnownCheck[] {
  const found = new Map<string, { readonly kind: KnownCheck['kind']; readonly at: Span; readonly steps: string[] }>();
  const written = new Set((outline.workflow.preflight ?? []).flatMap(({ tool }) => (tool === undefined ? [] : [tool.value])));
  const note = (kind: KnownCheck['kind'], name: string, { id }: PlacedStep['step']): void => {
    if (written.has(name)) return;
    const entry = found.get(name) ?? { kind, at: id.at, steps: [] };
    if (!entry.steps.includes(id.value)) entry.steps.push(id.value);
    found.set(name, entry);
  };

  const running = outline.steps.filter(({ lane }) => lane.kind === 'phase' || lane.kind === 'finally').map((placed) => ({ placed, scripts: readScripts(placed, outline) }));
  const soFar = createDoubts();
  const everywhere = createDoubts();
  for (const { scripts } of running) addScripts(everywhere, scripts);
  let mayHaveEnded = false;
  for (const { placed, scripts } of running) {
    if (placed.lane.kind === 'finally') mayHaveEnded = false;
    if (!mayHaveEnded && isSure(placed, outline)) {
      const doubts = choosesItsPlace(placed, outline) ? everywhere : soFar;
      if (scripts.some(({ shell }) => shell === 'bash') && doubts.leave('bash')) note('bash', 'bash', placed.step);
      for (const name of scripts.flatMap(findNeeded)) if (doubts.leave(name)) note('tool', name, placed.step);
    }
    addScripts(soFar, scripts);
    mayHaveEnded ||= endsRun(placed);
  }
  return [...found].map(([name, { kind, at, steps }]) => ({ kind, name, at, steps }));
}

interface StepScript extends ScriptCalls {
  readonly shell: Shell;
}

function addScripts(doubts: Doubts, scripts: readonly StepScript[]): void {
  for (const { calls, unreadable } of scripts) {
    for (const call of calls) doubts.add(call);
    if (unreadable) doubts.addEverything();
  }
}

/** What a script is sure to need, and has neither asked for nor brought before it needs it. */
function findNeeded({ calls }: StepScript): readonly string[] {
  const own = createDoubts();
  return calls.flatMap((call) => {
    const { name, sure } = call;
    const isNeeded = name !== undefined && sure && mayBeMissing(name) && own.leave(name);
    if (name !== undefined && !sure) own.addName(name);
    own.add(call);
    return isNeeded ? [name] : [];
  });
}

function readScripts({ step }: PlacedStep, { workflow }: Outline): readonly StepScript[] {
  const usual = workflow.defaults?.shell?.value ?? 'bash';
  const own = step.type === 'shell' ? (step.own['command'] as ShellText | undefined) : undefined;
  const shell = (step.own['shell'] as { readonly value: Shell } | undefined)?.value ?? usual;
  const ready = step.background !== undefined && 'ready' in step.background ? step.background.ready.run : undefined;
  return [
    ...(own === undefined ? [] : [{ shell, ...readScriptCalls(joinTemplate(own), shell) }]),
    ...(ready === undefined ? [] : [{ shell: usual, ...readScriptCalls(joinTemplate(ready), usual) }]),
  ];
}

function joinTemplate({ template }: ShellText): string {
  return template.map((part) => (part.kind === 'text' ? part.text : HOLE)).join('');
}

/** Nothing lets it out of a run, nothing forgives its failure, and its programs are looked for where ours are. */
function isSure({ step, group, lane }: PlacedStep, { workflow, phases }: Outline): boolean {
  const phase = lane.kind === 'phase' ? phases[lane.phase]?.phase : undefined;
  const isConditional = [step.when, group?.group.when, phase?.when].some((when) => when !== undefined);
  const isForgiven = [step.continue_on_error, group?.group.continue_on_error].some((setting) => setting !== undefined && !(setting.kind === 'written' && !setting.value));
  const hasOwnPath = [workflow.env, phase?.env, group?.group.env, step.env].some((env) => env?.some(({ name }) => name === 'PATH'));
  return !isConditional && !isForgiven && !hasOwnPath && step.costly === undefined && !mayHaveNoCell(step) && !acceptsMissing(step);
}

/** Cells that only the run knows, or that are taken away again. */
function mayHaveNoCell({ matrix }: PlacedStep['step']): boolean {
  if (matrix === undefined) return false;
  return matrix.kind === 'computed' || matrix.exclude.length > 0 || matrix.axes.some(({ value }) => !('length' in value) || value.length === 0);
}

/** 127 is what a shell says of a program that is not there. */
function acceptsMissing({ own }: PlacedStep['step']): boolean {
  const codes = own['ok_codes'] as readonly Setting<number>[] | undefined;
  return codes?.some((code) => code.kind !== 'written' || code.value === 127) === true;
}

/** It may run before what is written above it, and after what is written below. */
function choosesItsPlace({ step, group, lane }: PlacedStep, { phases }: Outline): boolean {
  const phase = lane.kind === 'phase' ? phases[lane.phase]?.phase : undefined;
  return [step.needs, group?.group.needs, phase?.needs].some((needs) => needs !== undefined);
}

/** An assert that ends the run leaves everything behind it undone. */
function endsRun({ step }: PlacedStep): boolean {
  const onFalse = step.own['on_false'] as { readonly value: string } | undefined;
  return onFalse?.value === 'end';
}
