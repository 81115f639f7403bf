import type { RunPlan } from '../../core/run/run-plan.js';

/** Which step has written a path last, in the order of the plan: what a later one has written is not put back. */
export interface PathWriters {
  readonly note: (step: string, paths: readonly string[]) => void;
  readonly laterThan: (step: string, files: readonly { readonly path: string }[]) => ReadonlySet<string>;
}

export function createPathWriters(plan: RunPlan): PathWriters {
  const order = new Map([...plan.steps.keys()].map((id, index) => [id, index]));
  const last = new Map<string, number>();
  const placeOf = (step: string): number => order.get(step) ?? 0;
  return {
    note: (step, paths) => {
      for (const path of paths) last.set(path, Math.max(last.get(path) ?? 0, placeOf(step)));
    },
    laterThan: (step, files) => {
      const own = placeOf(step);
      return new Set(files.flatMap(({ path }) => ((last.get(path) ?? 0) > own ? [path] : [])));
    },
  };
}
