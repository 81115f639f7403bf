import type { Outline, PlacedStep } from '../definition/check/outline.js';
import { passes } from './secret-names.js';

/** The variables that a step is given beside those that every process gets. */
export interface GivenVariables {
  /** Whether a variable of this name reaches the step. */
  readonly has: (name: string) => boolean;
  /** Names, and globs of what passes through. */
  readonly entries: readonly string[];
}

/** `secrets` at the workflow only declares: it gives nothing. */
export function findGivenVariables({ step, lane, group }: PlacedStep, { workflow, phases }: Outline): GivenVariables {
  const phase = lane.kind === 'phase' || lane.kind === 'on_no_go' ? phases[lane.phase]?.phase : undefined;
  const set = [workflow.env, phase?.env, group?.group.env, step.env].flatMap((env) => (env ?? []).map(({ name }) => name));
  const secrets = [phase?.secrets, step.secrets].flatMap((given) => (given ?? []).map(({ value }) => value));
  const passed = [workflow.pass_env, phase?.pass_env, step.pass_env].flatMap((entries) => (entries ?? []).map(({ value }) => value));
  const names = new Set([...set, ...secrets]);
  return {
    has: (name) => names.has(name) || passed.some((entry) => passes(entry, name)),
    entries: [...names, ...passed],
  };
}
