import { findLogs, findRuns, readLog } from '../../adapters/local/run-folder/find-runs.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** `tollgate logs`: what the steps of the last run said, masked, and whole. */
export function logs(call: Call): ExitCode {
  const [run] = findRuns(stateFolderOf(call));
  if (run === undefined) return refuseCall([{ message: 'there is no run here yet', next: [{ call: 'list', says: 'the workflows of this repository' }] }], call);
  const found = findLogs(run);
  const [wanted] = call.arguments;
  if (call.options.json.value && wanted === undefined) {
    call.terminal.out(`${JSON.stringify({ run_id: run.id, logs: found.map(({ name, path, bytes }) => ({ step: name, path, bytes })) }, null, 2)}\n`);
    return 0;
  }
  if (wanted === undefined) {
    if (found.length === 0) call.terminal.err(`No step of run ${run.id} said anything.\n`);
    else call.terminal.out(found.map(({ name, bytes }) => `${name.padEnd(32)} ${bytes} bytes\n`).join(''));
    return 0;
  }
  const id = wanted.slice(Math.max(wanted.lastIndexOf('/'), 0)).replace(/^\//u, '').toLowerCase();
  const chosen = found.filter(({ name }) => name.toLowerCase() === id || name.toLowerCase().startsWith(`${id}.`));
  if (chosen.length === 0) {
    const near = nearestName(wanted, found.map(({ name }) => name));
    return refuseCall([{ message: `run ${run.id} has no log of '${wanted}'${near === undefined ? '' : `; did you mean '${near}'?`}`, next: [{ call: 'logs', says: 'the steps that said something' }] }], call);
  }
  for (const log of chosen) readLog(log, call.terminal.outBytes);
  return 0;
}
