import { getInput, getState, isDebug, saveState, setOutput, setSecret, summary } from '@actions/core';
import { toWorkflowCommand } from '../../core/report/workflow-command.js';
import type { JobHost } from '../../ports/job-host.js';

/** GitHub's runner, spoken to by its own toolkit. */
export function createToolkitJobHost(): JobHost {
  const print = (text: string): void => void process.stdout.write(text);
  const told = new Set<string>();
  /** A file of the runner's that cannot be written takes nothing away from what was run; it is said once. */
  const attempt = (file: string, loss: string, write: () => void): void => {
    try {
      write();
    } catch (error) {
      if (told.has(file)) return;
      told.add(file);
      const reason = error instanceof Error ? error.message : String(error);
      print(`${toWorkflowCommand('error', `the runner's file ${file} cannot be written (${reason}): ${loss}\n→ Make room on the disk of the runner, and look whether a step before has removed its files`, { title: 'tollgate' })}\n`);
    }
  };
  return {
    input: (name) => getInput(name),
    setOutput: (name, value) => attempt('GITHUB_OUTPUT', 'this step has no outputs; whoever reads them finds nothing', () => setOutput(name, value)),
    saveState: (name, value) => attempt('GITHUB_STATE', 'a run that is cut off does not run its finally steps at the end of the job', () => saveState(name, value)),
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
    print,
  };
}
