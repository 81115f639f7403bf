import type { PlanEvidence } from '../verdict/plan-evidence.js';
import type { SortedForecast } from './sort-forecast.js';

/** What `plan` leaves for the verdict: every step that no job will run because it is done. */
export function makePlanEvidence({ parsed, plan, outlooks }: SortedForecast, source: Pick<PlanEvidence, 'commit' | 'runId' | 'attempt'>): PlanEvidence {
  const phases = [...plan.phases].map(([id, { steps }]) => ({
    id,
    keys: steps.flatMap((step) => {
      const outlook = outlooks.get(step);
      return outlook?.kind === 'done' ? outlook.keys : [];
    }),
  }));
  return { workflow: parsed.outline.workflow.name.value, ...source, phases: phases.filter(({ keys }) => keys.length > 0) };
}
