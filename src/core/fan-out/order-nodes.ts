import type { RunPlan } from '../run/run-plan.js';

/** The nodes of a plan, each after all that it waits for. */
export function orderNodes({ needs, dependents }: Pick<RunPlan, 'needs' | 'dependents'>): readonly number[] {
  const unmet = needs.map((list) => list.length);
  const order = unmet.flatMap((count, node) => (count === 0 ? [node] : []));
  // The list grows while it is read.
  for (const node of order) {
    for (const dependent of dependents[node] ?? []) {
      const left = (unmet[dependent] ?? 0) - 1;
      unmet[dependent] = left;
      if (left === 0) order.push(dependent);
    }
  }
  return order;
}
