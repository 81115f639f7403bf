import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { findRuns } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import type { RunEvent, RunFacts } from '../core/run/run-event.js';

/** A run as its journal tells of it. */
export interface KnownRun {
  readonly run: FoundRun;
  readonly facts: RunFacts;
  /** `unfinished`: its process was ended before the run was. */
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'paused' | 'unfinished';
  readonly startedAt: number;
}

type Beginning = Extract<RunEvent, { kind: 'run-started' | 'run-resumed' }>;

export function readKnownRun(run: FoundRun): KnownRun | undefined {
  const { events } = readJournal(run.path);
  const [first] = events;
  const begin = events.findLast((event): event is Beginning => event.kind === 'run-started' || event.kind === 'run-resumed');
  if (first === undefined || begin === undefined) return undefined;
  const last = events.at(-1);
  const status = last?.kind === 'run-ended' ? last.status : last?.kind === 'run-paused' ? 'paused' : 'unfinished';
  return { run, facts: begin, status, startedAt: first.at };
}

/** Of each workflow and its inputs the latest run, where that did not succeed; the newest first. */
export function findUnfinishedRuns(stateFolder: string): readonly KnownRun[] {
  const seen = new Set<string>();
  return findRuns(stateFolder).flatMap((run) => {
    const known = readKnownRun(run);
    if (known === undefined) return [];
    const name = JSON.stringify([known.facts.workflow, known.facts.inputs]);
    if (seen.has(name)) return [];
    seen.add(name);
    return known.status === 'succeeded' ? [] : [known];
  });
}
