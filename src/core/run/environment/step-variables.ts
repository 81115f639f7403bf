import type { Outline, PlacedStep } from '../../definition/check/outline.js';
import type { Setting } from '../../definition/shape/setting.js';

export type CacheSettings = Exclude<NonNullable<PlacedStep['step']['cache']>, Setting<boolean>>;

export function settingsOf({ cache }: PlacedStep['step']): CacheSettings | undefined {
  return cache === undefined || 'kind' in cache ? undefined : cache;
}

/** The variables that a step lets through, from the outermost declaration in. */
export function passedPatterns({ lane, step }: PlacedStep, { workflow, phases }: Outline, cache: CacheSettings | undefined = settingsOf(step)): readonly string[] {
  const phase = lane.kind === 'phase' ? phases[lane.phase]?.phase : undefined;
  const named = cache?.env !== undefined && isNames(cache.env) ? cache.env : [];
  return [...(workflow.pass_env ?? []), ...(phase?.pass_env ?? []), ...(step.pass_env ?? []), ...named].map(({ value }) => value);
}

/** Variables that `cache.env` sets, beside those of the step. */
export function cacheVariables(cache: CacheSettings | undefined): PlacedStep['step']['env'] {
  return cache?.env === undefined || isNames(cache.env) ? undefined : cache.env;
}

type CacheEnvironment = NonNullable<CacheSettings['env']>;
type Names = Extract<CacheEnvironment, readonly { readonly value: string }[]>;

function isNames(env: CacheEnvironment): env is Names {
  const [first] = env;
  return first !== undefined && !('name' in first);
}
