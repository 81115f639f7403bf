import type { FoundRun } from '../../adapters/local/run-folder/find-runs.js';
import { findRuns } from '../../adapters/local/run-folder/find-runs.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import type { CallProblem, NextCommand } from '../call-problem.js';
import type { Call } from '../command.js';
import { stateFolderOf } from './state-folder-of.js';

/** The run that a call means: by its name, by the beginning or the end of it, or the last one where nothing is said. */
export function chooseRun(given: string | undefined, call: Call): FoundRun | CallProblem {
  const runs = findRuns(stateFolderOf(call));
  const [last] = runs;
  if (last === undefined) return { message: 'there is no run here yet', next: [{ call: 'list', says: 'the workflows of this repository' }] };
  if (given === undefined) return last;
  const exact = runs.find(({ id }) => id === given);
  if (exact !== undefined) return exact;
  const fitting = given.length < 2 ? [] : runs.filter(({ id }) => id.startsWith(given) || id.endsWith(given));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) return { message: `${fitting.length} runs begin or end with '${given}': ${fitting.slice(0, 3).map(({ id }) => id).join(', ')}${fitting.length > 3 ? ' …' : ''}`, next: [theRuns] };
  const near = nearestName(given, runs.slice(0, 1000).map(({ id }) => id));
  return { message: `there is no run '${given}'${near === undefined ? '' : `; did you mean '${near}'?`}`, next: [theRuns] };
}

const theRuns: NextCommand = { call: 'history', says: 'the runs that were' };
