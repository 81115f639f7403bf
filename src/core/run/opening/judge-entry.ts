import type { Condition } from '../../definition/shape/setting.js';
import { collectCalls } from '../../expression/collect-uses.js';
import { explainCondition } from '../../expression/explain-condition.js';
import { findFunction } from '../../expression/functions/function-table.js';
import type { Failure } from '../failure.js';
import type { RunPlace, RunValues } from '../values/run-values.js';

/** Whether a phase, group or step is done now that all it needs has ended. */
export type Entry =
  | { readonly kind: 'enter' }
  | { readonly kind: 'skip'; readonly reason: 'when' | 'need'; readonly because: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Without `when`, and for one that names no status function, it is `success() && (…)`; in `finally` it is `always()`.
 */
export function judgeEntry(when: Condition | undefined, place: RunPlace, at: { readonly values: RunValues; readonly always: boolean; readonly brokenNeed: () => string }): Entry {
  const speaksOfStatus = when !== undefined && namesStatus(when);
  if (!speaksOfStatus && !at.always && !at.values.standingAt(place).ok) return { kind: 'skip', reason: 'need', because: at.brokenNeed() };
  if (when === undefined) return { kind: 'enter' };
  const { holds, because } = explainCondition(when.expression, at.values.worldAt(place, when.strict));
  if (holds === true) return { kind: 'enter' };
  if (holds === false) return { kind: 'skip', reason: 'when', because: because === '' ? `${when.text} is false` : because };
  return { kind: 'failed', failure: { kind: 'expression', code: 'TG3107', message: `whether it runs cannot be told: ${because}`, at: when.at, hints: [] } };
}

function namesStatus({ expression }: Condition): boolean {
  return collectCalls(expression).some(({ name }) => findFunction(name)?.traits?.status === true);
}
