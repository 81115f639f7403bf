import type { EarlierRun } from './earlier-run.js';

/** The same run as if these steps alone had been done: all others are begun anew. */
export function keepSteps(earlier: EarlierRun, steps: readonly string[]): EarlierRun {
  const kept: ReadonlySet<string> = new Set(steps);
  return {
    ...earlier,
    results: earlier.results.filter(({ step }) => kept.has(step)),
    find: (step, matrix) => (kept.has(step) ? earlier.find(step, matrix) : undefined),
  };
}
