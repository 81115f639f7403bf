import { resolveWorkflow, showPath } from '../../adapters/local/find-workflows.js';
import { readWorkflowFile } from '../../adapters/local/read-workflow-file.js';
import type { Prepared } from '../../assembly/select-for-run.js';
import type { CellForecast } from '../../core/run/forecast/cell-forecast.js';
import type { RunPlan } from '../../core/run/run-plan.js';
import type { Call, ExitCode } from '../command.js';
import { renderFindings } from '../print-findings.js';
import { refuseCall } from '../refuse-call.js';
import { loadWorkflow } from '../load-workflow.js';
import { makeForecast } from './make-forecast.js';
import { placeOf } from './place-of.js';
import { prepareWorkflow } from './prepare-workflow.js';
import { readGiven } from './read-given.js';
import { readSelection } from './read-selection.js';

export type ForecastMade =
  | { readonly kind: 'made'; readonly forecast: readonly CellForecast[]; readonly plan: RunPlan; readonly workflow: string; readonly partial: readonly string[]; readonly prepared: Prepared }
  | { readonly kind: 'refused'; readonly exitCode: ExitCode };

/** What a run of a workflow would find, were it started with this call. */
export async function forecastFor(given: string, call: Call, command: 'explain' | 'run'): Promise<ForecastMade> {
  const resolved = resolveWorkflow(given, call);
  const file = resolved.kind === 'found' ? readWorkflowFile(resolved.path, showPath(resolved.path, call.folder)) : undefined;
  if (file === undefined || file.kind === 'unreadable') {
    const loading = loadWorkflow(given, call, { command });
    return { kind: 'refused', exitCode: loading.kind === 'problem' ? refuseCall([loading.problem], call) : 2 };
  }
  const asked = { place: placeOf(call), given: await readGiven(call), selection: readSelection(call) };
  const { ready } = await prepareWorkflow(file.source, { call, asked });
  const found = renderFindings(ready.prepared, call);
  if (found !== '') call.terminal.err(`${found}\n`);
  if (ready.kind === 'refused') return { kind: 'refused', exitCode: 2 };
  const forecast = await makeForecast(ready, file.source, call);
  return { kind: 'made', forecast, plan: ready.plan, workflow: ready.parsed.outline.workflow.name.value, partial: ready.selected.partial, prepared: ready.prepared };
}
