import { findWaitingRuns } from '../../assembly/find-waiting-runs.js';
import { wordOf } from '../../core/report/run/run-brief.js';
import { createPaint } from '../../core/report/paint.js';
import { toStatusJson } from '../../core/report/run/status-json.js';
import { renderStatus } from '../../core/report/run/status-text.js';
import { lookAtRun } from '../../assembly/look-at-run.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { chooseRun } from '../run/choose-run.js';
import { stateFolderOf } from '../run/state-folder-of.js';
import { describeUnreadable, warnOfDamage } from '../run/describe-damage.js';

/** `tollgate status`: how a run went, how it goes, or how far it came. */
export async function status(call: Call): Promise<ExitCode> {
  const { terminal, workspace, calledAs } = call;
  const run = chooseRun(call.arguments[0], call);
  if ('message' in run) return refuseCall([run], call);
  const now = Date.now();
  const look = await lookAtRun(run, { workspace, now, resumeWith: (id) => `${calledAs} resume ${id}` });
  if (look.kind !== 'seen') return refuseCall([describeUnreadable(look, run.id)], call);
  terminal.err(warnOfDamage(look.damage));
  const json = toStatusJson(look.json, look.owner);
  if (call.options.json.value) terminal.out(`${JSON.stringify(json, null, 2)}\n`);
  else {
    const look = { paint: createPaint(terminal.color), columns: terminal.columns, now };
    terminal.out(renderStatus(json, look));
    if (call.arguments.length === 0) terminal.err(nameOthers(run.id, call, now));
  }
  return 0;
}

/** What else could be gone on with. */
function nameOthers(shown: string, call: Call, now: number): string {
  const others = findWaitingRuns(stateFolderOf(call), now).filter(({ runId }) => runId !== shown);
  if (others.length === 0) return '';
  const named = others.slice(0, 5).map((run) => `  ${run.runId}  ${run.workflow}, ${wordOf(run)}: ${call.calledAs} resume ${run.runId}\n`);
  return `\nUnfinished, too:\n${named.join('')}${others.length > named.length ? `  … and ${others.length - named.length} more: ${call.calledAs} history --status paused,interrupted\n` : ''}`;
}
