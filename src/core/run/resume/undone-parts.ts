import type { RunPlan } from '../run-plan.js';

/**
 * What a person's change undoes: the steps that depend on it by their keys, and behind them those that have no key of their
 * own. A step whose own key still holds ends the chain.
 */
export interface UndoneParts {
  /** Something that the node needs was done anew because of a change. */
  readonly isBehindChange: (node: number) => boolean;
  /** Said of a step when it is settled or about to begin. */
  readonly note: (node: number, change: 'changed' | 'holds') => void;
}

export function createUndoneParts(plan: RunPlan): UndoneParts {
  const noted = new Map<number, boolean>();
  const known = new Map<number, boolean>();
  const learn = (node: number): boolean => {
    const open = [node];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const at = next;
      const needs = plan.needs[at] ?? [];
      const missing = known.has(at) ? [] : needs.filter((need) => !noted.has(need.node) && !known.has(need.node));
      if (missing.length > 0) open.push(...missing.map((need) => need.node));
      else {
        open.pop();
        known.set(at, needs.some((need) => noted.get(need.node) ?? known.get(need.node) ?? false));
      }
    }
    return known.get(node) ?? false;
  };
  return {
    isBehindChange: learn,
    note: (node, change) => void noted.set(node, change === 'changed'),
  };
}
