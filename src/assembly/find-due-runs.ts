import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { findRuns } from '../adapters/local/run-folder/find-runs.js';

export interface Retention {
  readonly stateFolder: string;
  /** So many of the newest are kept, and none that is older than so many days. */
  readonly keepRuns: number;
  readonly keepDays: number;
  readonly now: number;
}

/** The runs that are too many or too old. Their names tell: nothing else is read. */
export function findDueRuns({ stateFolder, keepRuns, keepDays, now }: Retention): readonly FoundRun[] {
  const oldest = now - keepDays * 86_400_000;
  return findRuns(stateFolder).filter((run, index) => index >= keepRuns || beginOf(run) < oldest);
}

function beginOf({ id }: FoundRun): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/u.exec(id) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
