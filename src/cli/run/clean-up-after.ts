import { resolve } from 'node:path';
import { findRuns } from '../../adapters/local/run-folder/find-runs.js';
import { readLastRun } from '../../assembly/last-run.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import type { Call } from '../command.js';
import type { Afterwards } from './carry-out.js';
import { cleanUp } from './clean-up.js';
import { stateFolderOf } from './state-folder-of.js';

/** `run --cleanup`: after the run, unless somebody wants to go on with it or has stopped it. */
export function cleanUpAfter(source: SourceText, call: Call): Afterwards {
  return async ({ assembled, state, exitCode }, onStart) => {
    const { terminal, calledAs, options } = call;
    const { runId, workflow } = assembled.job.facts;
    if (state.status === 'paused' || state.status === 'cancelled') {
      terminal.err(`The run was ${state.status}: nothing was cleaned up. When it is not gone on with: ${calledAs} cleanup ${workflow}\n`);
      return exitCode;
    }
    const run = findRuns(resolve(stateFolderOf(call))).find(({ id }) => id === runId);
    const found = run === undefined ? undefined : readLastRun(run);
    const say = (text: string): void => (options.json.value ? terminal.err(text) : terminal.out(text));
    say('\n');
    const { succeeded } = await cleanUp({ assembled, source, last: found?.kind === 'found' ? found.last : undefined, isDry: false, say, onStart }, call);
    return succeeded ? exitCode : exitCode === 0 ? 1 : exitCode;
  };
}
