import { findBackgroundSteps } from '../../core/report/background-steps.js';
import { createPaint } from '../../core/report/paint.js';
import type { Plan } from '../../core/plan/plan.js';
import type { CellForecast } from '../../core/run/forecast/cell-forecast.js';
import type { Call, ExitCode } from '../command.js';
import type { LoadedWorkflow } from '../../assembly/load-workflow.js';
import { loadWorkflow } from '../load-workflow.js';
import { refuseCall } from '../refuse-call.js';
import type { PreparedPlan } from '../../assembly/prepare-plan.js';
import { preparePlan } from '../../assembly/prepare-plan.js';
import { forecastPlan } from '../run/forecast-plan.js';
import { readGivenInputs } from '../read-given-inputs.js';
import { renderFindings, toFindingsJson } from '../print-findings.js';
import { version } from '../../assembly/version.js';
import { placeOf } from '../run/place-of.js';

/** `tollgate plan`: what would run, in what order, and why. Runs nothing. */
export async function plan(call: Call): Promise<ExitCode> {
  const loading = loadWorkflow(call.arguments[0] ?? '', call, { command: 'plan' });
  if (loading.kind === 'problem') return refuseCall([loading.problem], call);
  const prepared = await preparePlan(loading.workflow, { place: placeOf(call), given: readGivenInputs(call), missing: 'warning' });
  const forecast = call.options.mermaid.value ? null : await forecastPlan(prepared, loading.workflow, call);
  if (call.options.json.value) call.terminal.out(await renderJson(prepared, loading.workflow, forecast));
  else {
    const found = renderFindings(prepared, call);
    call.terminal.err(prepared.plan === undefined || found === '' ? found : `${found}\n`);
    if (prepared.plan !== undefined) call.terminal.out(await renderPlanned(prepared.plan, { workflow: loading.workflow, forecast }, call));
  }
  return prepared.plan === undefined ? 2 : 0;
}

async function renderPlanned(planned: Plan, { workflow, forecast }: { readonly workflow: LoadedWorkflow; readonly forecast: readonly CellForecast[] | null }, { options, terminal }: Call): Promise<string> {
  const background = backgroundOf(workflow);
  if (options.mermaid.value) return (await import('../../core/report/plan-mermaid.js')).renderMermaid(planned, background);
  const { renderPlan } = await import('../../core/report/plan-text.js');
  return renderPlan(planned, { paint: createPaint(terminal.color), columns: terminal.columns, background, ...(forecast === null ? {} : { forecast }) });
}

async function renderJson(prepared: PreparedPlan, workflow: LoadedWorkflow, forecast: readonly CellForecast[] | null): Promise<string> {
  const { toPlanJson, toRefusedPlanJson } = await import('../../core/report/plan-json.js');
  const origin = { tollgateVersion: version, file: workflow.source.file, diagnostics: toFindingsJson(prepared) };
  const json =
    prepared.plan === undefined ? toRefusedPlanJson(origin) : toPlanJson(prepared.plan, { ...origin, inputs: Object.fromEntries(prepared.inputs), background: backgroundOf(workflow), forecast });
  return `${JSON.stringify(json, null, 2)}\n`;
}

function backgroundOf({ parsed }: LoadedWorkflow): ReadonlySet<string> {
  return parsed === undefined ? new Set() : findBackgroundSteps(parsed.outline);
}
