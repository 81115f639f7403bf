import { resolve } from 'node:path';
import { removeFiles } from '../../adapters/local/cleanup/remove-files.js';
import type { Removed } from '../../adapters/local/cleanup/remove-files.js';
import type { AssembledRun } from '../../assembly/assemble-run.js';
import type { LastRun } from '../../assembly/last-run.js';
import { createLogReporter } from '../../assembly/log-reporter.js';
import { prepareCleanup } from '../../assembly/prepare-cleanup.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import { renderCleanup } from '../../core/report/cleanup-text.js';
import { createPaint } from '../../core/report/paint.js';
import type { StepSummary } from '../../core/report/run-summary.js';
import { summarizeStep } from '../../core/report/summarize-run.js';
import type { RunState } from '../../core/run/run-state.js';
import { startRun } from '../../engine/run-workflow.js';
import type { Call } from '../command.js';
import { stateFolderOf } from './state-folder-of.js';

export interface CleanupOrder {
  readonly assembled: AssembledRun;
  readonly source: SourceText;
  readonly last: LastRun | undefined;
  /** Only say what would be done. */
  readonly isDry: boolean;
  /** Where text for people goes. */
  readonly say: (text: string) => void;
  /** Told how it can be stopped. */
  readonly onStart: (stop: (cause: 'SIGINT' | 'SIGTERM') => void) => void;
}

export interface CleanedUp extends Removed {
  readonly steps: readonly StepSummary[];
  readonly succeeded: boolean;
}

/** The steps of `cleanup`, whatever each comes to; then what the last run has declared as outputs. */
export async function cleanUp({ assembled, source, last, isDry, say, onStart }: CleanupOrder, call: Call): Promise<CleanedUp> {
  const { terminal, options, calledAs } = call;
  const { parsed, redactor } = assembled.job;
  const parts = (job: AssembledRun['job']) => ({ parsed, plan: job.plan, source, now: Date.now(), recoveryOf: () => [], logOf: () => null, nextSteps: null, nextCommand: () => null, messages: [] });
  const prepared = prepareCleanup({ assembled, last, stateFolder: resolve(stateFolderOf(call)) });
  const { job, ports, removal } = prepared;
  const describe = (state: RunState): readonly StepSummary[] => job.plan.finallySteps.map((id) => summarizeStep(id, state, parts(job)));
  const reporter = options.quiet.value ? undefined : createLogReporter({ github: false, verbose: options.verbose.value, color: terminal.color, plan: job.plan, calledAs, mask: redactor.text, write: say, summarizeStep: (id, state) => summarizeStep(id, state, parts(job)) });
  try {
    const state = isDry || job.plan.finallySteps.length === 0 ? undefined : await run();
    reporter?.close();
    const steps = state === undefined ? [] : describe(state);
    const removed = isDry ? removal : removeFiles(job.workspace, removal);
    const look = { paint: createPaint(terminal.color), columns: terminal.columns, isDry, hasPrinted: !options.quiet.value && steps.length > 0 };
    say(renderCleanup({ workflow: job.facts.workflow, run: last?.run.id ?? null, planned: isDry ? job.plan.finallySteps : [], steps, ...removed }, look));
    return { steps, ...removed, succeeded: state === undefined || state.status === 'succeeded' };
  } finally {
    prepared.close();
  }

  async function run(): Promise<RunState> {
    const going = startRun(job, reporter === undefined ? ports : { ...ports, reporter });
    onStart(going.stop);
    return await going.ended;
  }
}
