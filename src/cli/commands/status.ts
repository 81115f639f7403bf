import type { FoundRun } from '../../adapters/local/run-folder/find-runs.js';
import { findRuns, readRunResult } from '../../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../../adapters/local/run-folder/journal/read-journal.js';
import { createPaint } from '../../core/report/paint.js';
import { renderStatus } from '../../core/report/run/status-text.js';
import type { RunJson } from '../../core/report/run/run-json.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** `tollgate status`: how the last run went, or goes. */
export function status(call: Call): ExitCode {
  const [run] = findRuns(stateFolderOf(call));
  if (run === undefined) return refuseCall([{ message: 'there is no run here yet', next: [{ call: 'list', says: 'the workflows of this repository' }] }], call);
  const result = readRunResult(run) as RunJson | undefined;
  if (call.options.json.value) {
    call.terminal.out(`${JSON.stringify(result ?? describeUnfinished(run), null, 2)}\n`);
    return 0;
  }
  const paint = createPaint(call.terminal.color);
  if (result !== undefined) call.terminal.out(renderStatus(result, { paint, columns: call.terminal.columns }));
  else {
    const { workflow, current } = describeUnfinished(run);
    call.terminal.out(`${paint.warning('UNFINISHED')}  run ${run.id} of ${workflow ?? 'a workflow'} goes on, or was killed\n${current.length === 0 ? '' : `  last seen running: ${current.join(', ')}\n`}`);
  }
  return 0;
}

/** What the events tell of a run without an end. */
function describeUnfinished(run: FoundRun): { readonly run_id: string; readonly workflow: string | null; readonly status: 'running'; readonly current: readonly string[] } {
  let workflow: string | null = null;
  const current = new Set<string>();
  for (const event of readJournal(run.path).events) {
    if (event.kind === 'run-started') ({ workflow } = event);
    if (event.kind === 'attempt-started') current.add(event.step);
    if (event.kind === 'attempt-ended') current.delete(event.step);
  }
  return { run_id: run.id, workflow, status: 'running', current: [...current] };
}
