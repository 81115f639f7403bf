import { resolve } from 'node:path';
import type { AssembledRun } from '../../assembly/assemble-run.js';
import type { ContinuedRun } from '../../assembly/continue-run.js';
import type { Prepared } from '../../assembly/select-for-run.js';
import { stopOnSignals } from '../../assembly/stop-on-signals.js';
import { takeTurnFor } from '../../assembly/take-turn-for.js';
import { version } from '../../assembly/version.js';
import { createPaint } from '../../core/report/paint.js';
import { renderClosing } from '../../core/report/run/closing-text.js';
import type { RunJson } from '../../core/report/run/run-json.js';
import { toRunJson } from '../../core/report/run/run-json.js';
import type { RunSummary } from '../../core/report/run-summary.js';
import type { RunState } from '../../core/run/run-state.js';
import { startRun } from '../../engine/run-workflow.js';
import type { LeaseOwner } from '../../ports/lease.js';
import type { Call, ExitCode } from '../command.js';
import { describeOwner } from '../../assembly/describe-owner.js';
import { toFindingsJson } from '../print-findings.js';
import { refuseCall } from '../refuse-call.js';
import { retireWhenDue } from './retention-of.js';
import { stateFolderOf } from './state-folder-of.js';
import type { RunView } from './run-view.js';

export interface CarryingOut {
  readonly call: Call;
  readonly prepared: Prepared;
  readonly view: RunView;
  readonly continued: ContinuedRun | undefined;
  readonly afterwards?: Afterwards | undefined;
}

/** What is done once a run has ended, before anybody else has its turn; answers the exit code. */
export type Afterwards = (ended: { readonly assembled: AssembledRun; readonly state: RunState; readonly exitCode: ExitCode }, onStart: (stop: (cause: 'SIGINT' | 'SIGTERM') => void) => void) => Promise<ExitCode>;

/** Runs what is put together, once it is its turn, and tells how it ended. */
export async function carryOut(assembled: AssembledRun, { call, prepared, view, continued, afterwards }: CarryingOut): Promise<ExitCode> {
  const { terminal, options } = call;
  let stop: (cause: 'SIGINT' | 'SIGTERM') => void = () => undefined;
  let cause: 'SIGINT' | 'SIGTERM' | undefined;
  const givenUp = new Promise<void>((resolve) => {
    stop = (why) => {
      cause = why;
      resolve();
    };
  });
  const signals = stopOnSignals((why) => stop(why));
  try {
    const turn = await takeTurnFor(assembled, { takeOver: options['take-over'].value, continued, givenUp, onWait: (owner) => terminal.err(`${describeWait(owner, call)}\n`) });
    if (turn.kind === 'given-up') return cause === 'SIGTERM' ? 143 : 130;
    if (turn.kind === 'busy') return refuseCall([{ message: `another run is at work: ${describeOwner(turn.owner)} (TG3407)`, hint: 'wait for it, or end it; when it is certainly gone: --take-over' }], call);
    if (turn.kind === 'failed') return refuseCall([{ message: turn.reason, hint: 'make room, or name another folder with --state-dir' }], call);
    try {
      const going = startRun(assembled.job, assembled.ports);
      stop = going.stop;
      const state = await going.ended;
      view.close();
      const successor = going.fencedBy();
      if (successor !== undefined) {
        assembled.folder.leave();
        terminal.err(`This run was taken over${successor === null ? '' : ` by ${describeOwner(successor)}`}: nothing more was done here (TG3407).\n`);
        return 1;
      }
      const exitCode = await tell(assembled, state, { call, prepared, view, continued });
      return afterwards === undefined ? exitCode : await afterwards({ assembled, state, exitCode }, (start) => (stop = start));
    } finally {
      turn.release();
    }
  } finally {
    signals.release();
  }
}

async function tell(assembled: AssembledRun, state: RunState, { call, prepared, view, continued }: CarryingOut): Promise<ExitCode> {
  assembled.keep();
  const source = prepared.findings[0]?.source;
  const notes = continued === undefined || source === undefined ? [] : (await import('../../assembly/changed-since.js')).noteKeptThough(assembled, { continued, state, source, stateFolder: resolve(stateFolderOf(call)) });
  const toJson = (told: RunSummary): RunJson => toRunJson(told, { tollgateVersion: version, diagnostics: toFindingsJson(prepared) });
  const { folder } = assembled;
  const written = assembled.summarize(state, notes);
  const before = folder.problems().length;
  folder.finish(`${JSON.stringify(toJson(written))}\n`);
  // That it could not be written has to be told, too.
  const summary = folder.problems().length === before ? written : assembled.summarize(state, notes);
  const json = toJson(summary);
  await retireWhenDue(call);
  const look = { paint: createPaint(call.terminal.color), columns: call.terminal.columns, calledAs: call.calledAs };
  const closing = renderClosing(summary, look);
  if (call.options.json.value) {
    call.terminal.err(closing);
    call.terminal.out(`${JSON.stringify(json, null, 2)}\n`);
  } else call.terminal.out(`${view.hasPrinted() ? '\n' : ''}${closing}`);
  return exitCodeOf(state);
}

function describeWait(owner: LeaseOwner, { calledAs }: Call): string {
  const unseen = owner.life === 'unknown' ? `; whether it lives cannot be seen from here: it is succeeded once it has been silent for 60 s, or by --take-over` : '';
  return `Waiting for ${describeOwner(owner)}${unseen}. Ctrl-C gives up; ${calledAs} status shows it.`;
}

function exitCodeOf({ status, stop }: RunState): ExitCode {
  if (status === 'succeeded') return 0;
  if (status === 'paused') return 4;
  if (status === 'cancelled') return stop?.cause === 'SIGTERM' ? 143 : 130;
  return 1;
}
