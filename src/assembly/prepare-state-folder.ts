import { describeFileProblem } from '../adapters/local/describe-file-problem.js';
import { makeStateFolder } from '../adapters/local/run-folder/state-folder.js';

/** Makes the folder where runs are written down; answers why it cannot be. */
export function prepareStateFolder(stateFolder: string): string | undefined {
  try {
    makeStateFolder(stateFolder);
    return undefined;
  } catch (error) {
    return `nothing can be written down in ${stateFolder}: ${describeFileProblem(error)}`;
  }
}
