import { resolve } from 'node:path';
import { openGitRepository } from '../../adapters/local/git-repository.js';
import { assembleRun } from '../../assembly/assemble-run.js';
import { readGithubContext } from '../../assembly/github-context.js';
import type { PreparedRun } from '../../assembly/select-for-run.js';
import { version } from '../../assembly/version.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import type { CellForecast } from '../../core/run/forecast.js';
import { forecastRun } from '../../engine/forecast-run.js';
import type { Call } from '../command.js';
import { stateFolderOf } from './state-folder-of.js';

const silent = { onEvent: () => undefined, onOutput: () => undefined };

/** What a run that is ready would find. Nothing is executed but the tools that a key asks for, and nothing written but indexes. */
export async function makeForecast(ready: Extract<PreparedRun, { kind: 'ready' }>, source: SourceText, call: Call): Promise<readonly CellForecast[]> {
  const assembled = await assembleRun({
    parsed: ready.parsed, plan: ready.plan, source, selected: ready.selected, inputs: ready.prepared.inputs, env: call.env,
    workspace: call.workspace, stateFolder: resolve(stateFolderOf(call)), tollgateVersion: version, trigger: 'cli', actor: call.env['USER'] ?? null,
    commit: openGitRepository(call.workspace).describe().sha ?? null,
    github: () => readGithubContext({ workspace: call.workspace, env: call.env }),
    maxParallel: 1, allowCostly: call.options['allow-costly'].value, killAfterStopMs: 3_000,
    cache: { read: call.options.cache.value !== 'off', write: false },
    reporter: silent, nextCommand: () => null,
  });
  const forecast = await forecastRun(assembled.job, assembled.ports);
  assembled.keep();
  return forecast;
}
