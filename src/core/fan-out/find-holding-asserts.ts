import { findExpressives } from '../definition/check/find-expressives.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import type { JudgeWhen } from '../plan/plan-workflow.js';
import { needsSetUp } from './needs-set-up.js';

/** Asserts that hold whatever the run does, with the words for why: they alone are no reason to begin a job. */
export function findHoldingAsserts({ outline }: ParsedWorkflow, judge: JudgeWhen): ReadonlyMap<string, string> {
  const holding = new Map<string, string>();
  for (const placed of outline.steps) {
    const { step, lane } = placed;
    if (step.type !== 'assert' || (lane.kind !== 'phase' && lane.kind !== 'finally') || step.matrix !== undefined || needsSetUp(placed, outline) !== undefined) continue;
    const conditions = findExpressives({ condition: step.own['condition'], conditions: step.own['conditions'] }).flatMap((each) => (each.kind === 'condition' ? [each] : []));
    if (conditions.length > 0 && conditions.every((condition) => judge(condition).holds === true)) holding.set(step.id.value, `it holds: ${conditions.map(({ text }) => text).join('; ')}`);
  }
  return holding;
}
