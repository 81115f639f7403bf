import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import type { CellForecast } from '../run/forecast/cell-forecast.js';
import type { RunPlan } from '../run/run-plan.js';
import type { PlannedKey } from '../verdict/plan-evidence.js';
import { orderNodes } from './order-nodes.js';

/** Of each step whether there is anything to do. */
export interface SortedForecast {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly outlooks: ReadonlyMap<string, Outlook>;
  /** Phases whose gate has to be asked: nothing but a run can open one. */
  readonly gates: ReadonlySet<string>;
}

/** `done`: each of its cells has a result, or needs none. */
export type Outlook = { readonly kind: 'done'; readonly keys: readonly PlannedKey[] } | { readonly kind: 'runs' | 'left-out' };

export interface Forecasting {
  readonly forecast: readonly CellForecast[];
  /** What the call leaves out, as `selectParts` says it. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** Asserts that are known to hold, with the words for why. */
  readonly holding: ReadonlyMap<string, string>;
}

/** Sorts what was found before set-up; what it does not speak of runs. */
export function sortForecast(parsed: ParsedWorkflow, plan: RunPlan, { forecast, leftOut, holding }: Forecasting): SortedForecast {
  const cells = new Map<string, CellForecast[]>();
  for (const cell of forecast) {
    const list = cells.get(cell.step);
    if (list === undefined) cells.set(cell.step, [cell]);
    else list.push(cell);
  }
  const outlooks = new Map<string, Outlook>();
  const settled: boolean[] = [];
  for (const node of orderNodes(plan)) {
    const at = plan.nodes[node];
    const isFirst = (plan.needs[node] ?? []).every((need) => !need.content || settled[need.node] === true);
    settled[node] = isFirst;
    if (at?.kind !== 'step') continue;
    const outlook = leftOut.has(at.step) ? leftAside : judgeStep(at.step, cells.get(at.step) ?? [], { parsed, plan, holding, isFirst });
    outlooks.set(at.step, outlook);
    settled[node] = isFirst && outlook.kind !== 'runs';
  }
  const gates = parsed.outline.phases.flatMap(({ phase }) => (phase.gate === undefined || leftOut.has(`phase ${phase.id.value}`) ? [] : [phase.id.value]));
  return { parsed, plan, outlooks, gates: new Set(gates) };
}

const leftAside: Outlook = { kind: 'left-out' };
const runs: Outlook = { kind: 'runs' };

interface StepAsked extends Pick<SortedForecast, 'parsed' | 'plan'>, Pick<Forecasting, 'holding'> {
  /** All that it takes something from is done. */
  readonly isFirst: boolean;
}

function judgeStep(id: string, cells: readonly CellForecast[], { parsed, plan, holding, isFirst }: StepAsked): Outlook {
  const because = holding.get(id);
  if (because !== undefined) return { kind: 'done', keys: [{ step: id, matrix: null, key: null, because }] };
  const step = parsed.outline.steps[plan.steps.get(id)?.index ?? -1]?.step;
  const keys = cells.flatMap((cell): PlannedKey[] => {
    const { step: name, matrix, answer, key } = cell;
    if (answer === 'hit' || answer === 'kept') return [key === null || key === '' ? { step: name, matrix, key: null, because: 'an earlier attempt has done it' } : { step: name, matrix, key, because: null }];
    // Skipped after something that has still to run may be skipped for its sake, and not for its own; one that is required may not be skipped at all.
    if (answer !== 'skipped' || !isFirst || step?.costly?.value === 'required') return [];
    return [{ step: name, matrix, key: null, because: cell.because === null || cell.because === '' ? 'it is left out by its own condition' : cell.because }];
  });
  return cells.length > 0 && keys.length === cells.length ? { kind: 'done', keys } : runs;
}
