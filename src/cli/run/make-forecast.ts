import type { PreparedRun } from '../../assembly/select-for-run.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import type { CellForecast } from '../../core/run/forecast/cell-forecast.js';
import { forecastRun } from '../../engine/forecast-run.js';
import type { Call } from '../command.js';
import { assembleSilently } from './assemble-silently.js';

/** What a run that is ready would find. Nothing is executed but the tools that a key asks for, and nothing written but indexes. */
export async function makeForecast(ready: Extract<PreparedRun, { kind: 'ready' }>, source: SourceText, call: Call): Promise<readonly CellForecast[]> {
  const assembled = await assembleSilently(ready, source, call);
  const forecast = await forecastRun(assembled.job, assembled.ports);
  assembled.keep();
  return forecast;
}
