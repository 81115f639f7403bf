import type { Span } from '../../diagnostic/diagnostic.js';
import type { Outline, PlacedStep } from '../check/outline.js';
import { collectCalls, collectUses } from '../../expression/collect-uses.js';
import { findSites } from '../check/site.js';
import type { SingleStep } from '../language/step.js';
import type { Expressive } from '../shape/setting.js';
import type { StepTypes } from '../step-type.js';

/** A place of a workflow that asks for something which cannot be run yet. */
export interface UnbuiltPlace {
  /** How messages name it: «step type 'shell'», «the gate of phase 'build'». */
  readonly what: string;
  readonly at: Span;
}

type FindPlaces = (outline: Outline, types: StepTypes) => readonly UnbuiltPlace[];

/**
 * What `run` refuses, by feature: whoever builds one deletes its row. `on`, `schedule`, `github`, labels, hints and
 * descriptions change nothing that a run does, and are never a reason.
 */
export const unbuiltFeatures: Readonly<Record<string, FindPlaces>> = {
  step_types: (outline, types) => outline.steps.filter(isRun).flatMap(({ step }) => (types.some(({ name, execute }) => name === step.type && execute !== undefined) ? [] : [{ what: `step type '${step.shortType ?? step.type}' of '${step.id.value}'`, at: step.id.at }])),
  servers_that_stay: inSteps((step) => (step.background !== undefined && !('kind' in step.background) && step.background.stop?.value === 'never' ? place(`stop: never of '${step.id.value}'`, step.background.stop.at) : [])),
  costs: inSteps((step) => [...place(`the cost of '${step.id.value}'`, step.cost?.at), ...place(`costly of '${step.id.value}'`, step.costly?.value === 'false' ? undefined : step.costly?.at)]),
  rollback: inSteps((step) => step.rollback === undefined ? [] : place(`the rollback of '${step.id.value}'`, 'length' in step.rollback ? step.id.at : step.rollback.at)),
  budget: ({ workflow, phases, steps }) => [
    ...place('the budget of the run', workflow.budget?.at),
    ...phases.flatMap(({ phase }) => place(`the budget of phase '${phase.id.value}'`, phase.budget?.at)),
    ...steps.flatMap(({ step }) => place(`the budget of '${step.id.value}'`, step.budget?.at)),
  ],
  protect: ({ workflow, phases }) => [
    ...place('protecting files', firstOf(workflow.protect)),
    ...phases.flatMap(({ phase }) => [...place(`protecting files in phase '${phase.id.value}'`, firstOf(phase.protect)), ...place(`protecting files at the gate of '${phase.id.value}'`, firstOf(phase.gate?.protect))]),
  ],
  gates: ({ phases }) => phases.flatMap(({ phase }) => place(`the gate of phase '${phase.id.value}'`, phase.gate?.at)),
  custom_types: ({ workflow }) => (workflow.step_types ?? []).map(({ name, nameAt }) => ({ what: `the step type '${name}' of your own`, at: nameAt })),
  profiles: ({ workflow }) => place('profiles', workflow.profiles?.at),
  services: ({ workflow }) => place('services', workflow.services?.at),
  notify: ({ workflow }) => place('notify', workflow.notify?.at),
  functions: (outline) => findSites(outline).flatMap(({ expressive }) => findUnbuiltUses(expressive)),
  resume_when: ({ workflow }) => place('resume_when', workflow.resume_when?.at),
};

/** Clean-up steps are no part of a run unless it asks for them. */
function inSteps(find: (step: SingleStep) => readonly UnbuiltPlace[]): FindPlaces {
  return ({ steps }) => steps.filter(isRun).flatMap(({ step }) => find(step));
}

function isRun({ lane }: PlacedStep): boolean {
  return lane.kind !== 'cleanup';
}

function place(what: string, at: Span | undefined): readonly UnbuiltPlace[] {
  return at === undefined ? [] : [{ what, at }];
}

/** What speaks of earlier runs and of money. */
function findUnbuiltUses(expressive: Expressive): readonly UnbuiltPlace[] {
  const expressions = expressive.kind === 'condition' ? [expressive.expression] : expressive.template.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
  return expressions.flatMap((expression) => [
    ...collectCalls(expression).flatMap(({ name }) => (name === 'changed' || name === 'baseline' ? [{ what: `the function ${name}()`, at: expressive.at }] : [])),
    ...collectUses(expression).flatMap(({ context }) => (context.toLowerCase() === 'budget' ? [{ what: 'the context budget', at: expressive.at }] : [])),
  ]);
}

function firstOf(files: unknown): Span | undefined {
  if (Array.isArray(files)) return (files[0] as { readonly at: Span } | undefined)?.at;
  return (files as { readonly at: Span } | undefined)?.at;
}
