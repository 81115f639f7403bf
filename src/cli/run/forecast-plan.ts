import type { LoadedWorkflow } from '../../assembly/load-workflow.js';
import type { PreparedPlan } from '../../assembly/prepare-plan.js';
import { selectForRun } from '../../assembly/select-for-run.js';
import { version } from '../../assembly/version.js';
import { findUnbuilt } from '../../core/definition/unbuilt/find-unbuilt.js';
import type { Plan } from '../../core/plan/plan.js';
import type { CellForecast } from '../../core/run/forecast/cell-forecast.js';
import { asksForKeys } from '../../core/run/keys/describe-step.js';
import { createRunPlan } from '../../core/run/run-plan.js';
import type { Selection } from '../../core/run/selection/selection.js';
import { stepTypes } from '../../steps/index.js';
import type { Call } from '../command.js';
import { placeOf } from './place-of.js';

/** What a run of all that was planned would find; nothing where it cannot be started: an input is missing, or is not built yet. */
export async function forecastPlan({ plan, messages, findings, inputs }: PreparedPlan, { parsed, source }: LoadedWorkflow, call: Call): Promise<readonly CellForecast[] | null> {
  if (plan === undefined || parsed === undefined || messages.some(({ code }) => code === 'TG1302')) return null;
  if (findUnbuilt(parsed.outline, { version, types: stepTypes }).length > 0) return null;
  if (!asksForKeys(parsed.outline)) return withoutKeys(plan);
  const ready = selectForRun({ prepared: { findings, messages, inputs }, parsed, plan: createRunPlan(parsed) }, { place: placeOf(call), given: { given: [], files: [], messages: [] }, selection: everything });
  return ready.kind === 'ready' ? await (await import('./make-forecast.js')).makeForecast(ready, source, call) : null;
}

const everything: Selection = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };

/** Where no step has a key there is nothing to look up: each runs, unless it is known to be left out. */
function withoutKeys({ phases, finally: closing }: Plan): readonly CellForecast[] {
  const lanes = [...phases.map(({ when, steps }) => ({ when, steps })), { when: null, steps: closing }];
  return lanes.flatMap((lane) => lane.steps.map((step): CellForecast => {
    const skipped = [lane.when, step.when].find((when) => when?.holds === false);
    const answer = skipped == null ? ({ answer: 'runs', because: 'it is not cached' } as const) : ({ answer: 'skipped', because: skipped.because } as const);
    return { step: step.id, matrix: null, key: null, differences: [], nearest: null, ...answer };
  }));
}
