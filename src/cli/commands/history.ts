import { listRuns } from '../../assembly/list-runs.js';
import { version } from '../../assembly/version.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import { toHistoryJson } from '../../core/report/run/history-json.js';
import { renderHistory } from '../../core/report/run/history-text.js';
import type { RunOutline } from '../../core/report/run/run-brief.js';
import { runWords, wordOf } from '../../core/report/run/run-brief.js';
import { createPaint } from '../../core/report/paint.js';
import type { CallProblem } from '../call-problem.js';
import type { Call, ExitCode } from '../command.js';
import { describeOrigin } from '../origin.js';
import { readMoment } from '../read-moment.js';
import { refuseCall } from '../refuse-call.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** As many as fit on a screen. */
const usualLimit = 20;

/** `tollgate history`: the runs that were, the newest first. */
export function history(call: Call): ExitCode {
  const { options, terminal, calledAs } = call;
  const now = Date.now();
  const since = options.since.value === undefined ? -Infinity : readMoment(options.since.value, now);
  const problems = [...checkStatus(call), ...(since === undefined ? [describeMoment(call)] : [])];
  if (problems.length > 0) return refuseCall(problems, call);
  const seen = new Set<string>();
  const fits = (run: RunOutline): boolean => {
    seen.add(run.workflow);
    return run.startedAt >= (since ?? -Infinity) && isAmong(run.workflow, options.workflow.value) && isAmong(wordOf(run), options.status.value);
  };
  const limit = options.limit.value ?? usualLimit;
  const { runs, hasMore } = listRuns({ stateFolder: stateFolderOf(call), now, fits, limit });
  const unknown = runs.length > 0 ? undefined : options.workflow.value.find((name) => !isAmong(name, [...seen]));
  if (unknown !== undefined && seen.size > 0) return refuseCall([describeUnknown(unknown, [...seen])], call);
  if (options.json.value) {
    terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, has_more: hasMore, runs: toHistoryJson(runs) }, null, 2)}\n`);
    return 0;
  }
  const paint = createPaint(terminal.color);
  terminal.out(renderHistory(runs, { paint, columns: terminal.columns, now }));
  if (runs.length === 0) terminal.err(seen.size === 0 ? `There is no run here yet.\n  ${paint.good('→')} Run: ${calledAs} list\n` : 'No run fits.\n');
  if (hasMore) terminal.err(paint.faint(`There are more: --limit ${limit * 5}, or --workflow, --status and --since choose among them.\n`));
  return 0;
}

/** Nothing asked for is everything. */
function isAmong(name: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((each) => each.toLowerCase() === name.toLowerCase());
}

function checkStatus({ options: { status } }: Call): readonly CallProblem[] {
  return status.value.filter((word) => !isAmong(word, runWords)).map((word): CallProblem => {
    const near = nearestName(word, runWords);
    return { message: `${describeOrigin(status.origin)}: '${word}' is none of ${runWords.join(', ')}${near === undefined ? '' : `; did you mean '${near}'?`}`, origin: status.origin };
  });
}

function describeMoment({ options: { since } }: Call): CallProblem {
  return { message: `${describeOrigin(since.origin)}: '${since.value ?? ''}' is no moment`, hint: 'write 30m, 12h, 7d, 2w, today, yesterday, 2026-11-21 or 2026-11-21T08:30', origin: since.origin };
}

function describeUnknown(name: string, known: readonly string[]): CallProblem {
  const near = nearestName(name, known);
  return { message: `no run is of a workflow '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`, next: [{ call: 'history', says: 'all of them' }] };
}
