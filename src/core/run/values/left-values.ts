import type { LeftValues, RunValuesParts } from './run-given.js';
import { createPhaseValues, createStepValues } from './step-values.js';

/** What a run that is over has left, for steps of another. */
export function createLeftValues(parts: RunValuesParts): LeftValues {
  const steps = createStepValues(parts);
  return { steps: [...parts.plan.steps.keys()], step: steps.one, phases: createPhaseValues(parts) };
}
