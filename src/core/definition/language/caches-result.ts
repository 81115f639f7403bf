import type { SingleStep } from './step.js';

/** Whether a result of the step may be used again, as far as the file says it outright. */
export function cachesResult(step: Pick<SingleStep, 'cache' | 'cache_key' | 'use_cache'>): boolean {
  if (step.use_cache?.kind === 'written' && !step.use_cache.value) return false;
  if (step.cache !== undefined) {
    if (!('kind' in step.cache)) return true;
    return step.cache.kind === 'computed' || step.cache.value;
  }
  return step.use_cache !== undefined || step.cache_key !== undefined;
}
