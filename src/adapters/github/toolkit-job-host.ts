import { getInput, getState, isDebug, saveState, setOutput, setSecret, summary } from '@actions/core';
import type { JobHost } from '../../ports/job-host.js';

/** GitHub's runner, spoken to by its own toolkit. */
export function createToolkitJobHost(): JobHost {
  return {
    input: (name) => getInput(name),
    setOutput,
    saveState,
    readState: getState,
    mask: setSecret,
    appendSummary: async (markdown) => {
      try {
        await summary.addRaw(markdown).write();
        return true;
      } catch {
        return false;
      }
    },
    isDebug,
    print: (text) => void process.stdout.write(text),
  };
}
