import { findRuns } from '../adapters/local/run-folder/find-runs.js';
import type { RunOutline } from '../core/report/run/run-brief.js';
import { outlineOf } from './list-runs.js';

/** As far back as somebody may still think of one. */
const mostLookedAt = 50;

/** Runs that were cut short or wait for somebody, where no later one of the same workflow and inputs came after them. */
export function findWaitingRuns(stateFolder: string, now: number): readonly RunOutline[] {
  const seen = new Set<string>();
  return findRuns(stateFolder).slice(0, mostLookedAt).flatMap((run) => {
    const outline = outlineOf(run, now)?.outline;
    if (outline === undefined) return [];
    const name = JSON.stringify([outline.workflow, outline.facts.inputs]);
    if (seen.has(name)) return [];
    seen.add(name);
    return outline.status === 'paused' || outline.reason === 'interrupted' ? [outline] : [];
  });
}
