import type { Value } from '../expression/expression.js';
import type { RunEvent } from './run-event.js';

/** What became of a cell, by the last that was said of it. */
export interface CellOutcome {
  readonly step: string;
  readonly cell: number;
  /** Its values; nothing for a step without a matrix. */
  readonly matrix: Readonly<Record<string, Value>> | undefined;
  /** What its log is called. */
  readonly name: string;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  /** `cache`: a kept result was used. `earlier`: it was done by an earlier attempt. `run`: it was executed. */
  readonly source: 'run' | 'cache' | 'earlier';
  readonly key: string | undefined;
  readonly outputs: Readonly<Record<string, Value>>;
}

/** The cells that a run has brought to an end, in the order in which they began. */
export function listOutcomes(events: readonly RunEvent[]): readonly CellOutcome[] {
  const matrices = new Map<string, readonly Readonly<Record<string, Value>>[] | undefined>();
  const found = new Map<string, CellOutcome>();
  for (const event of events) {
    if (event.kind === 'step-opened') matrices.set(event.step, event.isMatrix ? event.cells : undefined);
    if (event.kind !== 'attempt-ended' && event.kind !== 'result-reused') continue;
    const { step, cell, result, key } = event;
    const cells = matrices.get(step);
    const name = cells === undefined ? step : `${step}.${cell + 1}`;
    found.set(name, { step, cell, matrix: cells?.[cell], name, outcome: result.outcome, source: event.kind === 'attempt-ended' ? 'run' : event.source, key, outputs: result.outputs });
  }
  return [...found.values()];
}
