import { findRuns } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import type { EarlierResult, EarlierRun } from '../core/run/resume/earlier-run.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';

/** So many runs are gone through, the newest first. */
const mostRuns = 20;

/** Of each step of a workflow the result that it last had in any run; it counts while its key is the very same. */
export function collectLastResults(stateFolder: string, workflow: string): EarlierRun | undefined {
  const results = new Map<string, EarlierResult>();
  let newest: EarlierRun | undefined;
  const name = (step: string, matrix: EarlierResult['matrix']): string => JSON.stringify([step, matrix]);
  for (const run of findRuns(stateFolder).slice(0, mostRuns)) {
    const earlier = collectEarlier(readJournal(run.path).events);
    if (earlier?.facts.workflow !== workflow) continue;
    newest ??= earlier;
    for (const result of earlier.results) if (!results.has(name(result.step, result.matrix))) results.set(name(result.step, result.matrix), result);
  }
  if (newest === undefined) return undefined;
  return { ...newest, stoppedAt: 0, undecided: [], interrupted: [], results: [...results.values()], find: (step, matrix) => results.get(name(step, matrix ?? {})) };
}
