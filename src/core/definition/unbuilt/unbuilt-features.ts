import type { Span } from '../../diagnostic/diagnostic.js';
import type { Outline, PlacedStep } from '../check/outline.js';
import { cachesResult } from '../language/caches-result.js';
import type { SingleStep } from '../language/step.js';
import type { Setting } from '../shape/setting.js';

/** A place of a workflow that asks for something which cannot be run yet. */
export interface UnbuiltPlace {
  /** How messages name it: «step type 'shell'», «the gate of phase 'build'». */
  readonly what: string;
  readonly at: Span;
}

type FindPlaces = (outline: Outline) => readonly UnbuiltPlace[];

/**
 * What `run` refuses, by feature: whoever builds one deletes its row. `on`, `schedule`, `github`, labels, hints and
 * descriptions change nothing that a run does, and are never a reason. What every step has (needs, when, env,
 * outputs, time limits) comes with the first step type.
 */
export const unbuiltFeatures: Readonly<Record<string, FindPlaces>> = {
  step_types: inSteps((step) => [{ what: `step type '${step.shortType ?? step.type}' of '${step.id.value}'`, at: step.id.at }]),
  parallel: ({ groups }) => groups.map(({ group, number }) => ({ what: `the parallel group ${group.id === undefined ? number : `'${group.id.value}'`}`, at: group.id?.at ?? group.at })),
  matrix: inSteps((step) => place(`the matrix of '${step.id.value}'`, step.matrix?.at)),
  retry: inSteps((step) => place(`the retry of '${step.id.value}'`, retriesAt(step.retry))),
  cache: inSteps((step) => (cachesResult(step) ? place(`the cache of '${step.id.value}'`, (step.cache ?? step.cache_key ?? step.use_cache)?.at) : [])),
  effects: inSteps((step) => (step.effects?.value === 'once' ? place(`effects: once of '${step.id.value}'`, step.effects.at) : [])),
  continue_on_error: inSteps((step) => place(`continue_on_error of '${step.id.value}'`, unlessOff(step.continue_on_error))),
  background: inSteps((step) => place(`background of '${step.id.value}'`, unlessOff(step.background))),
  locks: inSteps((step) => place(`the locks of '${step.id.value}'`, step.locks?.[0]?.at)),
  costs: inSteps((step) => [...place(`the cost of '${step.id.value}'`, step.cost?.at), ...place(`costly of '${step.id.value}'`, step.costly?.value === 'false' ? undefined : step.costly?.at)]),
  artifacts: inSteps((step) => place(`the artifacts of '${step.id.value}'`, unlessOff(step.artifacts))),
  rollback: inSteps((step) => step.rollback === undefined ? [] : place(`the rollback of '${step.id.value}'`, 'length' in step.rollback ? step.id.at : step.rollback.at)),
  secrets: ({ workflow, phases, steps }) => [
    ...place('giving secrets to steps', workflow.secrets?.[0]?.name.at),
    ...phases.flatMap(({ phase }) => place(`the secrets of phase '${phase.id.value}'`, phase.secrets?.[0]?.at)),
    ...steps.flatMap(({ step }) => place(`the secrets of '${step.id.value}'`, step.secrets?.[0]?.at)),
  ],
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
  preflight: ({ workflow }) => (workflow.preflight ?? []).map((check) => ({ what: 'this pre-flight check', at: check.at })),
  concurrency: ({ workflow }) => place('concurrency', workflow.concurrency?.group.at),
  retry_defaults: ({ workflow }) => place('the retry of defaults', retriesAt(workflow.defaults?.retry)),
  outputs: ({ workflow }) => (workflow.outputs ?? []).map(({ name, nameAt }) => ({ what: `the workflow's output '${name}'`, at: nameAt })),
  finally: ({ workflow }) => place('finally', workflow.finally[0]?.kind === 'step' ? workflow.finally[0].id.at : workflow.finally[0]?.at),
  custom_types: ({ workflow }) => (workflow.step_types ?? []).map(({ name, nameAt }) => ({ what: `the step type '${name}' of your own`, at: nameAt })),
  profiles: ({ workflow }) => place('profiles', workflow.profiles?.at),
  services: ({ workflow }) => place('services', workflow.services?.at),
  notify: ({ workflow }) => place('notify', workflow.notify?.at),
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

/** A switch that is written as false asks for nothing. */
function unlessOff(setting: Setting<boolean> | { readonly at: Span } | undefined): Span | undefined {
  return setting !== undefined && 'value' in setting && !setting.value ? undefined : setting?.at;
}

/** One attempt is what every step has. */
function retriesAt(retry: SingleStep['retry']): Span | undefined {
  return retry?.attempts?.kind === 'written' && retry.attempts.value === 1 ? undefined : retry?.at;
}

function firstOf(files: unknown): Span | undefined {
  if (Array.isArray(files)) return (files[0] as { readonly at: Span } | undefined)?.at;
  return (files as { readonly at: Span } | undefined)?.at;
}
