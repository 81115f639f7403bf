import type { ParsedWorkflow } from '../../definition/parse-workflow.js';
import { cachesResult } from '../../definition/language/caches-result.js';
import type { EarlierRun } from '../resume/earlier-run.js';
import type { RunPlan } from '../run-plan.js';

export interface StandInsAsked {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly leftOut: ReadonlyMap<string, string>;
  /** What steps have come to in runs of this machine. */
  readonly standIns: Pick<EarlierRun, 'results'> | null;
}

/** Steps that the call leaves out and whose results may stand in for them: an earlier one, or one that is kept, where something that is not left out goes on from it. */
export function nameStandIns({ parsed, plan, leftOut, standIns }: StandInsAsked): ReadonlySet<string> {
  const named = new Set(standIns?.results.map(({ step }) => step));
  if (leftOut.size === 0) return named;
  const nodes = [...plan.steps].flatMap(([id, { node }]) => (leftOut.has(id) ? [] : [node]));
  const seen = new Set(nodes);
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const at = plan.nodes[node];
    if (at?.kind === 'step' && leftOut.has(at.step) && isKept(at.step, { parsed, plan })) named.add(at.step);
    for (const need of plan.needs[node] ?? []) {
      if (!need.content || seen.has(need.node)) continue;
      seen.add(need.node);
      nodes.push(need.node);
    }
  }
  return named;
}

function isKept(id: string, { parsed, plan }: Pick<StandInsAsked, 'parsed' | 'plan'>): boolean {
  const step = parsed.outline.steps[plan.steps.get(id)?.index ?? -1]?.step;
  return step !== undefined && cachesResult(step);
}
