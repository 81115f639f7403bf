import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { findRuns } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import { readRunEnds } from '../adapters/local/run-folder/read-run-ends.js';
import type { RunBrief, RunOutline } from '../core/report/run/run-brief.js';
import { briefOfEvents, briefOfResult, outlineRun } from '../core/report/run/run-brief.js';
import type { RunEvent } from '../core/run/run-event.js';
import { findOwner, readCurrentResult, works } from './run-standing.js';

export interface ListWish {
  readonly stateFolder: string;
  readonly now: number;
  readonly fits: (run: RunOutline) => boolean;
  readonly limit: number;
}

export interface ListedRuns {
  /** The newest first. */
  readonly runs: readonly RunBrief[];
  /** There are others behind them that were not looked at. */
  readonly hasMore: boolean;
}

/** Runs in a line each. Of those that do not fit, and of those that left a result, no journal is read as a whole. */
export function listRuns({ stateFolder, now, fits, limit }: ListWish): ListedRuns {
  const runs: RunBrief[] = [];
  for (const run of findRuns(stateFolder)) {
    const seen = outlineOf(run, now);
    if (seen === undefined || !fits(seen.outline)) continue;
    if (runs.length === limit) return { runs, hasMore: true };
    const result = readCurrentResult(run, seen.last);
    runs.push(result === undefined ? briefOfEvents(seen.outline, readJournal(run.path).events) : briefOfResult(result));
  }
  return { runs, hasMore: false };
}

/** The first and the last record of a run; nothing of one that has not begun or cannot be read. */
export function outlineOf(run: FoundRun, now: number): { readonly outline: RunOutline; readonly last: RunEvent } | undefined {
  const { first, last } = readRunEnds(run) ?? readWholeEnds(run);
  if (first === undefined || last === undefined) return undefined;
  const outline = outlineRun(first, last, () => works(findOwner(run), { now, lastWord: last.at }));
  return outline === undefined ? undefined : { outline: { ...outline, runId: run.id }, last };
}

function readWholeEnds({ path }: FoundRun): { readonly first: RunEvent | undefined; readonly last: RunEvent | undefined } {
  const { events } = readJournal(path);
  return { first: events[0], last: events.at(-1) };
}
