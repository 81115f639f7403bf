import { readLog } from '../../adapters/local/run-folder/find-runs.js';
import type { LogsOfRun, StepLog } from '../../assembly/list-logs.js';
import { listLogs } from '../../assembly/list-logs.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import { describeAge } from '../../core/report/run/describe-age.js';
import type { CallProblem } from '../call-problem.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { chooseRun } from '../run/choose-run.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** `tollgate logs`: what the steps of a run said, masked, and whole. */
export function logs(call: Call): ExitCode {
  const { terminal, options } = call;
  const run = chooseRun(options.run.value, call);
  if ('message' in run) return refuseCall([run], call);
  const found = listLogs(run, { stateFolder: stateFolderOf(call), env: call.env });
  const [wanted] = call.arguments;
  const chosen = wanted === undefined ? found.logs : found.logs.filter(({ name }) => isMeant(name, wanted));
  if (wanted !== undefined && chosen.length === 0) return refuseCall([describeMissing(wanted, { runId: run.id, found, given: options.run.value })], call);
  if (options.json.value) {
    terminal.out(`${JSON.stringify({ run_id: run.id, logs: chosen.map(toJson) }, null, 2)}\n`);
    return 0;
  }
  if (wanted !== undefined) for (const log of chosen) printLog(log, call);
  else if (chosen.length === 0) terminal.err(`No step of run ${run.id} said anything.\n`);
  else terminal.out(chosen.map((log) => `${log.name.padEnd(32)} ${log.bytes} bytes${log.kind === 'kept' ? `  ${describeOrigin(log)}` : ''}\n`).join(''));
  return 0;
}

/** `build`, `main/build`; all cells of a matrix, or one by its number: `test.2`. */
function isMeant(name: string, wanted: string): boolean {
  const id = wanted.slice(wanted.lastIndexOf('/') + 1).toLowerCase();
  const own = name.toLowerCase();
  return own === id || own.startsWith(`${id}.`);
}

function printLog(log: StepLog, { terminal }: Call): void {
  if (log.kind === 'own') return readLog(log.file, terminal.outBytes);
  terminal.err(`${log.name}: ${describeOrigin(log)}\n`);
  const bytes = log.read();
  if (bytes === undefined) terminal.err(`${log.name}: what it said is not kept any more\n`);
  else terminal.outBytes(bytes);
}

/** When the result was made whose log is shown. */
function describeOrigin({ madeAt }: Extract<StepLog, { kind: 'kept' }>): string {
  return `from ${new Date(madeAt).toISOString().slice(0, 19).replace('T', ' ')} UTC, ${describeAge(Date.now() - madeAt)}: its result was used again`;
}

function toJson(log: StepLog) {
  return { step: log.name, path: log.kind === 'own' ? log.file.path : null, bytes: log.bytes, made_at: log.kind === 'kept' ? new Date(log.madeAt).toISOString() : null };
}

function describeMissing(wanted: string, { runId, found, given }: { readonly runId: string; readonly found: LogsOfRun; readonly given: string | undefined }): CallProblem {
  const next = [{ call: given === undefined ? 'logs' : `logs --run ${runId}`, says: 'the steps that said something' }];
  if (found.silent.some((name) => isMeant(name, wanted))) return { message: `${wanted} said nothing in run ${runId}`, next };
  const near = nearestName(wanted, [...found.logs.map(({ name }) => name), ...found.silent]);
  return { message: `run ${runId} has no log of '${wanted}'${near === undefined ? '' : `; did you mean '${near}'?`}`, next };
}
