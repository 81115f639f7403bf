import { resolve } from 'node:path';
import { resolveWorkflow, showPath } from '../../adapters/local/find-workflows.js';
import { openGitRepository } from '../../adapters/local/git-repository.js';
import { readWorkflowFile } from '../../adapters/local/read-workflow-file.js';
import { assembleRun } from '../../assembly/assemble-run.js';
import { readGithubContext } from '../../assembly/github-context.js';
import type { Prepared } from '../../assembly/select-for-run.js';
import { version } from '../../assembly/version.js';
import type { CellForecast } from '../../core/run/forecast.js';
import type { RunPlan } from '../../core/run/run-plan.js';
import { forecastRun } from '../../engine/forecast-run.js';
import type { Call, ExitCode } from '../command.js';
import { describeOrigin } from '../origin.js';
import { renderFindings } from '../print-findings.js';
import { refuseCall } from '../refuse-call.js';
import { loadWorkflow } from '../load-workflow.js';
import { placeOf } from './place-of.js';
import { prepareWorkflow } from './prepare-workflow.js';
import { readSelection } from './read-selection.js';
import { stateFolderOf } from './state-folder-of.js';

export type ForecastMade =
  | { readonly kind: 'made'; readonly forecast: readonly CellForecast[]; readonly plan: RunPlan; readonly workflow: string; readonly prepared: Prepared }
  | { readonly kind: 'refused'; readonly exitCode: ExitCode };

const silent = { onEvent: () => undefined, onOutput: () => undefined };

/** What a run of a workflow would find, were it started with this call. Nothing is executed but the tools that a key asks for. */
export async function forecastFor(given: string, call: Call, command: 'explain' | 'run' | 'plan'): Promise<ForecastMade> {
  const resolved = resolveWorkflow(given, call);
  const file = resolved.kind === 'found' ? readWorkflowFile(resolved.path, showPath(resolved.path, call.folder)) : undefined;
  if (file === undefined || file.kind === 'unreadable') {
    const loading = loadWorkflow(given, call, { command });
    return { kind: 'refused', exitCode: loading.kind === 'problem' ? refuseCall([loading.problem], call) : 2 };
  }
  const asked = { place: placeOf(call), given: { given: call.options.input.value.map(({ name, value, origin }) => ({ name, value, from: describeOrigin(origin) })), files: [], messages: [] }, selection: readSelection(call) };
  const { ready } = await prepareWorkflow(file.source, { call, asked });
  const found = renderFindings(ready.prepared, call);
  if (found !== '') call.terminal.err(`${found}\n`);
  if (ready.kind === 'refused') return { kind: 'refused', exitCode: 2 };
  const assembled = await assembleRun({
    parsed: ready.parsed, plan: ready.plan, source: file.source, selected: ready.selected, inputs: ready.prepared.inputs, env: call.env,
    workspace: call.workspace, stateFolder: resolve(stateFolderOf(call)), tollgateVersion: version, trigger: 'cli', actor: call.env['USER'] ?? null,
    commit: openGitRepository(call.workspace).describe().sha ?? null,
    github: () => readGithubContext({ workspace: call.workspace, env: call.env }),
    maxParallel: 1, allowCostly: call.options['allow-costly'].value, killAfterStopMs: 3_000,
    cache: { read: call.options.cache.value !== 'off', write: false },
    reporter: silent, nextCommand: () => null,
  });
  const forecast = await forecastRun(assembled.job, assembled.ports);
  assembled.keep();
  return { kind: 'made', forecast, plan: ready.plan, workflow: ready.parsed.outline.workflow.name.value, prepared: ready.prepared };
}
