import type { AssembledRun } from '../assembly/assemble-run.js';
import { renderForecast } from '../core/report/forecast-text.js';
import { createPaint } from '../core/report/paint.js';
import { toFence } from '../core/report/run/escape-markdown.js';
import { forecastRun } from '../engine/forecast-run.js';
import type { JobHost } from '../ports/job-host.js';
import type { JobLog } from './job-log.js';
import { columns } from './job-log.js';
import { outputsOfRefusal, setOutputs } from './outputs.js';
import type { ActionWish } from './read-wish.js';

/** What a run would do with each step, and why; nothing is run. */
export async function dryRun({ job, ports, secrets, keep }: AssembledRun, { host, wish, log }: { readonly host: JobHost; readonly wish: ActionWish; readonly log: JobLog }): Promise<0> {
  const text = renderForecast(await forecastRun(job, ports), job.plan, { paint: createPaint(false), columns, most: 1 });
  keep();
  log.say(`${text}Nothing was run.`);
  setOutputs(outputsOfRefusal({ status: 'planned' }), { host, secrets });
  if (wish.summary) await host.appendSummary(`### What a run would do\n\n${toFence(text.trimEnd().split('\n'))}\n`);
  return 0;
}
