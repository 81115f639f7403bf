import { version } from '../../assembly/version.js';
import { toForecastJson } from '../../core/report/forecast-json.js';
import { renderForecast } from '../../core/report/forecast-text.js';
import { createPaint } from '../../core/report/paint.js';
import type { Call, ExitCode } from '../command.js';
import { forecastFor } from './forecast-for.js';

/** `run --dry-run`: what the run would do with each step. */
export async function dryRun(given: string, call: Call): Promise<ExitCode> {
  const made = await forecastFor(given, call, 'run');
  if (made.kind === 'refused') return made.exitCode;
  const { terminal, options } = call;
  const { forecast, plan, workflow, partial, prepared } = made;
  if (options.json.value) terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, workflow, dry_run: true, inputs: Object.fromEntries(prepared.inputs), partial, forecast: toForecastJson(forecast) }, null, 2)}\n`);
  else {
    terminal.out(renderForecast(forecast, plan, { paint: createPaint(terminal.color), columns: terminal.columns, most: options.verbose.value ? Infinity : 1 }));
    terminal.err('Nothing was run.\n');
  }
  return 0;
}
