import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { findRuns } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';
import type { RunEvent, RunFacts } from '../core/run/run-event.js';
import { outlineOf } from './list-runs.js';

/** A run that is over, or was left, with all that is written of it. */
export interface LastRun {
  readonly run: FoundRun;
  readonly facts: RunFacts;
  readonly events: readonly RunEvent[];
}

export type FoundLastRun =
  | { readonly kind: 'found'; readonly last: LastRun }
  | { readonly kind: 'at-work'; readonly run: string }
  | { readonly kind: 'none' };

/** The newest run of a workflow; none while any is at work. */
export function findLastRun(stateFolder: string, workflow: string, now: number): FoundLastRun {
  let newest: FoundRun | undefined;
  for (const run of findRuns(stateFolder)) {
    const outline = outlineOf(run, now)?.outline;
    if (outline?.workflow !== workflow) continue;
    if (outline.status === 'running') return { kind: 'at-work', run: run.id };
    newest ??= run;
  }
  return newest === undefined ? { kind: 'none' } : readLastRun(newest);
}

export function readLastRun(run: FoundRun): FoundLastRun {
  const { events } = readJournal(run.path);
  const facts = collectEarlier(events)?.facts;
  return facts === undefined ? { kind: 'none' } : { kind: 'found', last: { run, facts, events } };
}
