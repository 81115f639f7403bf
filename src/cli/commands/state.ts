import { relative, resolve } from 'node:path';
import { exportRun } from '../../assembly/export-run.js';
import { retireRuns } from '../../assembly/retire-runs.js';
import { importRun } from '../../assembly/import-run.js';
import { version } from '../../assembly/version.js';
import { describeBytes } from '../../core/report/describe-bytes.js';
import { counted } from '../../core/report/plan-words.js';
import { quoteWord } from '../called-as.js';
import type { CallProblem } from '../call-problem.js';
import { chooseWord } from '../choose-word.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { chooseRun } from '../run/choose-run.js';
import { describeUnreadable, warnOfDamage } from '../run/describe-damage.js';
import { retentionOf } from '../run/retention-of.js';
import { stateFolderOf } from '../run/state-folder-of.js';

export const stateWords = ['export', 'import', 'prune'] as const;

/** `tollgate state`: a run as one verified file, and back; and which runs are kept. */
export function state(call: Call): ExitCode {
  const word = chooseWord(stateWords, call);
  if (typeof word === 'object') return refuseCall([word], call);
  switch (word) {
    case 'export': return writeOut(call);
    case 'import': return takeIn(call);
    case 'prune': return prune(call);
  }
}

function writeOut(call: Call): ExitCode {
  const [, given, named] = call.arguments;
  if (given === undefined) return refuseCall([{ message: 'which run? state export <run> [file]', next: [{ call: 'history', says: 'the runs that were' }] }], call);
  const run = chooseRun(given, call);
  if ('message' in run) return refuseCall([run], call);
  const file = resolve(call.folder, named ?? `${run.id}.tollgate`);
  const shown = showFile(file, call);
  const done = exportRun(run, { file, overwrite: call.options.force.value, stateFolder: stateFolderOf(call), workspace: call.workspace, env: call.env, now: Date.now() });
  switch (done.kind) {
    case 'newer': return refuseCall([describeUnreadable(done, run.id)], call);
    case 'lost': return refuseCall([describeUnreadable({ kind: 'lost', damage: [] }, run.id)], call);
    case 'at-work': return refuseCall([{ message: `run ${run.id} is at work: two could go on with it (TG3407)`, hint: 'wait until it has ended, or end it', next: [{ call: `status ${run.id}`, says: 'who is at it' }] }], call);
    case 'taken': return refuseCall([{ message: `${shown} is there already`, hint: 'name another file, or --force' }], call);
    case 'failed': return refuseCall([{ message: `${shown} cannot be written: ${done.reason}`, hint: 'make room, or name another file' }], call);
    case 'exported': break;
  }
  if (call.options.json.value) return printJson({ run_id: run.id, workflow: done.workflow, file, bytes: done.bytes, files: done.files, results: done.results }, call);
  call.terminal.out(`Run ${run.id} of ${done.workflow}: ${counted(done.files, 'file', 'files')} and ${counted(done.results, 'result', 'results')}, ${describeBytes(done.bytes)}, in ${shown}\n`);
  call.terminal.err(`  → There: ${call.calledAs} state import ${quoteWord(shown)}\n`);
  return 0;
}

function takeIn(call: Call): ExitCode {
  const [, given, ...others] = call.arguments;
  if (given === undefined || others.length > 0) return refuseCall([{ message: 'which file? state import <file>' }], call);
  const file = resolve(call.folder, given);
  const done = importRun({ file, stateFolder: stateFolderOf(call), workspace: call.workspace, accepted: call.options.accept.value });
  if (done.kind !== 'imported') return refuseCall([describeRefusal(done, showFile(file, call))], call);
  call.terminal.err(warnOfDamage(done.damage));
  const next = `${call.calledAs} status ${done.run}`;
  if (call.options.json.value) return printJson({ run_id: done.run, workflow: done.workflow, results: done.results, next_command: next }, call);
  call.terminal.out(`Run ${done.run} of ${done.workflow} is here, with ${counted(done.results, 'result', 'results')}.\n`);
  call.terminal.err(`  → How far it came: ${next}\n  → Go on with it:   ${call.calledAs} resume ${done.run}\n`);
  return 0;
}

function prune(call: Call): ExitCode {
  if (call.arguments.length > 1) return refuseCall([{ message: `'${call.arguments[1] ?? ''}' is too much: state prune takes --keep-runs and --keep-days` }], call);
  const isDry = call.options['dry-run'].value;
  const { removed, kept } = retireRuns({ ...retentionOf(call), isDry });
  if (call.options.json.value) return printJson({ dry_run: isDry, removed, kept: kept.map(({ run, reason }) => ({ run_id: run, reason })) }, call);
  for (const { run, reason } of kept) call.terminal.err(`Run ${run} stays: ${reason}\n`);
  call.terminal.out(`${counted(removed.length, 'run', 'runs')} ${isDry ? 'would be removed' : 'removed'}.\n`);
  return 0;
}

function describeRefusal(done: Exclude<ReturnType<typeof importRun>, { kind: 'imported' }>, shown: string): CallProblem {
  switch (done.kind) {
    case 'newer': return { message: `${shown} was written by tollgate ${done.tollgate}, in a newer format (TG3409)`, hint: `install it: npm install --global tollgate@${done.tollgate}` };
    case 'there': return { message: `run ${done.run} is here already`, next: [{ call: `status ${done.run}`, says: 'how far it came' }] };
    case 'refused': return { message: `${shown} cannot be taken in: ${done.reason} (TG3415)`, hint: 'nothing of it was taken in; write it anew with state export' };
    case 'foreign': {
      const where = done.what === 'repository' ? `this workspace is ${done.here ?? ''}` : `there is no such workflow here, nor ${done.file}`;
      return { message: `${shown} holds a run of ${done.what} ${done.name}, and ${where} (TG3416)`, hint: `when it is meant all the same: --accept ${quoteWord(done.name)}` };
    }
  }
}

function showFile(file: string, { folder }: Call): string {
  const short = relative(folder, file);
  return short.startsWith('..') ? file : short;
}

function printJson(fields: Readonly<Record<string, unknown>>, { terminal }: Call): ExitCode {
  terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, ...fields }, null, 2)}\n`);
  return 0;
}
