import { renderForecast } from '../../core/report/forecast-text.js';
import { toForecastJson } from '../../core/report/forecast-json.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import { createPaint } from '../../core/report/paint.js';
import { version } from '../../assembly/version.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { forecastFor } from '../run/forecast-for.js';

/** `tollgate explain`: whether each result is there, and why not. On the way that a run takes, so that both say the same. */
export async function explain(call: Call): Promise<ExitCode> {
  const [given = '', only] = call.arguments;
  const made = await forecastFor(given, call, 'explain');
  if (made.kind === 'refused') return made.exitCode;
  const { forecast, plan } = made;
  const step = only === undefined ? undefined : [...plan.steps.keys()].find((id) => id.toLowerCase() === only.toLowerCase() || plan.steps.get(id)?.number === only);
  if (only !== undefined && step === undefined) {
    const near = nearestName(only, [...plan.steps.keys()]);
    return refuseCall([{ message: `there is no step '${only}'${near === undefined ? '' : `; did you mean '${near}'?`}`, next: [{ call: `explain ${given}`, says: 'all of them' }] }], call);
  }
  const shown = step === undefined ? forecast : forecast.filter((cell) => cell.step === step);
  if (call.options.json.value) call.terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, workflow: made.workflow, steps: toForecastJson(shown) }, null, 2)}\n`);
  else call.terminal.out(renderForecast(shown, plan, { paint: createPaint(call.terminal.color), columns: call.terminal.columns, most: step === undefined && !call.options.verbose.value ? 3 : Infinity }));
  return 0;
}
