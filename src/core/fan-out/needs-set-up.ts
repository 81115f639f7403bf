import { findExpressives } from '../definition/check/find-expressives.js';
import type { Outline, PlacedStep } from '../definition/check/outline.js';
import { collectCalls, collectUses } from '../expression/collect-uses.js';
import type { Expression } from '../expression/expression.js';
import { passedPatterns, settingsOf } from '../run/environment/step-variables.js';

/**
 * Why what a step depends on cannot be told before a job is set up: tools that are not installed yet, and variables that set-up
 * may still export. Nothing where it can.
 */
export function needsSetUp(placed: PlacedStep, outline: Outline): string | undefined {
  const settings = settingsOf(placed.step);
  if ((settings?.tools?.length ?? 0) > 0) return 'its key takes in what tools say, and they are there only after set-up';
  if (passedPatterns(placed, outline, settings).length > 0) return 'its key takes in variables that are passed to it, and set-up may still change them';
  return readsAround(placed, outline) ? 'it reads the environment, which set-up may still change' : undefined;
}

/** From the outside in: each `env` sees the variables that those around it declare, and may read others. */
function readsAround({ step, group, lane }: PlacedStep, { workflow, phases }: Outline): boolean {
  const phase = lane.kind === 'phase' ? phases[lane.phase]?.phase : undefined;
  const reading = { vars: readsIn(workflow.vars, new Set()), inputs: readsIn(workflow.inputs, new Set()), declared: new Set<string>() };
  const reads = (piece: unknown): boolean => expressionsOf(piece).some((expression) => readsOutside(expression, reading.declared) || (reading.vars && uses(expression, 'vars')) || (reading.inputs && uses(expression, 'inputs')));
  for (const { env, others } of [
    { env: workflow.env, others: [workflow.defaults] },
    { env: phase?.env, others: [phase?.when] },
    { env: group?.group.env, others: [group?.group.when, group?.group.continue_on_error] },
    { env: step.env, others: [{ ...step, env: undefined, recovery: undefined, rollback: undefined }] },
  ]) {
    if (reads(env)) return true;
    for (const { name } of env ?? []) reading.declared.add(name.toLowerCase());
    if (reads(others)) return true;
  }
  return false;
}

/** Constants and defaults of inputs may be made from the environment too. */
function readsIn(section: unknown, declared: ReadonlySet<string>): boolean {
  return expressionsOf(section).some((expression) => readsOutside(expression, declared));
}

function readsOutside(expression: Expression, declared: ReadonlySet<string>): boolean {
  return collectUses(expression).some(({ context, path: [name] }) => context.toLowerCase() === 'env' && (name === undefined || !declared.has(name.toLowerCase()))) || collectCalls(expression).some(({ name }) => name === 'env');
}

function uses(expression: Expression, wanted: string): boolean {
  return collectUses(expression).some(({ context }) => context.toLowerCase() === wanted);
}

function expressionsOf(piece: unknown): readonly Expression[] {
  return findExpressives(piece).flatMap((expressive) => (expressive.kind === 'condition' ? [expressive.expression] : expressive.template.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []))));
}
