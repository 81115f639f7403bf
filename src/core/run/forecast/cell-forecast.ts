import type { SheetDifference } from '../../cache/compare-sheets.js';
import type { Value } from '../../expression/expression.js';

/** What a run would do with a cell, were it started now. */
export interface CellForecast {
  readonly step: string;
  readonly matrix: Readonly<Record<string, Value>> | null;
  /** `kept`: done by an earlier attempt of the run. `runs`: it is not cached. `depends`: it comes after one that runs or misses. */
  readonly answer: 'hit' | 'kept' | 'miss' | 'runs' | 'depends' | 'skipped';
  readonly key: string | null;
  /** One sentence: why it is no hit. */
  readonly because: string | null;
  /** What is not as it was for the nearest earlier result. */
  readonly differences: readonly SheetDifference[];
  readonly nearest: string | null;
}
