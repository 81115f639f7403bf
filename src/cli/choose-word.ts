import { nearestName } from '../core/diagnostic/nearest-name.js';
import type { CallProblem } from './call-problem.js';
import type { Call } from './command.js';

/** The first word behind a command that has several of them. */
export function chooseWord<Word extends string>(words: readonly Word[], { arguments: [given = ''] }: Call): Word | CallProblem {
  const found = words.find((word) => word === given);
  if (found !== undefined) return found;
  const near = nearestName(given, words);
  return { message: `'${given}' is none of ${words.join(', ')}${near === undefined ? '' : `; did you mean '${near}'?`}` };
}
