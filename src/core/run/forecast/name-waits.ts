import type { RunPlan } from '../run-plan.js';
import type { RunState } from '../run-state.js';

const shown = 3;

/** The nearest open steps before a node, as many as are told; each part of the graph is looked at once, however many ask. */
export function createWaitNames(plan: RunPlan, state: RunState): (node: number) => string {
  const known = new Map<number, Waits>();

  const find = (node: number): Waits => {
    const open = [node];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const behind = known.has(at) ? [] : needsOf(at).filter((need) => openStep(need) === undefined && !known.has(need));
      open.push(...behind);
      if (behind.length > 0) continue;
      open.pop();
      if (!known.has(at)) known.set(at, join(needsOf(at).map((need) => waitFor(openStep(need)) ?? known.get(need) ?? nothing)));
    }
    return known.get(node) ?? nothing;
  };
  const needsOf = (node: number): readonly number[] => (plan.needs[node] ?? []).flatMap((need) => (state.standing[need.node] === undefined ? [need.node] : []));
  /** A step that was looked at and has no result; what lies behind it is its own affair. */
  const openStep = (node: number): string | undefined => {
    const at = plan.nodes[node];
    return at?.kind === 'step' && state.steps.get(at.step)?.status !== 'pending' ? at.step : undefined;
  };

  return (node) => {
    const { steps, isMore } = find(node);
    if (steps.length === 0) return 'it comes after steps that run';
    return `it comes after ${steps.join(', ')}${isMore ? ' and others' : ''}`;
  };
}

interface Waits {
  readonly steps: readonly string[];
  readonly isMore: boolean;
}

const nothing: Waits = { steps: [], isMore: false };

function waitFor(step: string | undefined): Waits | undefined {
  return step === undefined ? undefined : { steps: [step], isMore: false };
}

function join(parts: readonly Waits[]): Waits {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const steps = new Set<string>();
  for (const part of parts) for (const step of part.steps) steps.add(step);
  return { steps: [...steps].slice(0, shown), isMore: steps.size > shown || parts.some(({ isMore }) => isMore) };
}
