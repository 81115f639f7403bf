import type { AssembledRun } from '../assembly/assemble-run.js';
import { version } from '../assembly/version.js';
import { createPaint } from '../core/report/paint.js';
import { renderAnnotations } from '../core/report/run/annotations.js';
import { renderClosing } from '../core/report/run/closing-text.js';
import { renderJobSummary } from '../core/report/run/job-summary.js';
import { toRunJson } from '../core/report/run/run-json.js';
import type { RunSummary } from '../core/report/run-summary.js';
import type { RunState } from '../core/run/run-state.js';
import type { JobHost } from '../ports/job-host.js';
import type { JobLog } from './job-log.js';
import { calledAs, columns } from './job-log.js';

export interface Telling {
  readonly host: JobHost;
  readonly log: JobLog;
  readonly summary: boolean;
  /** What steps wrote for the page of the job, in a process before this one. */
  readonly earlierNotes?: readonly { readonly step: string; readonly markdown: string }[];
}

export interface ToldRun {
  readonly summary: RunSummary;
  /** Of the job. */
  readonly page: string;
  readonly json: string;
}

/** A run that has ended, for everybody who wants to know: the log, the lines of the file, the page of the job, scripts. */
export async function tellRun(assembled: AssembledRun, state: RunState, { host, log, summary: wantsPage, earlierNotes = [] }: Telling): Promise<ToldRun> {
  const { folder } = assembled;
  const summary = assembled.summarize(state);
  log.close();
  const json = `${JSON.stringify(toRunJson(summary, { tollgateVersion: version }))}\n`;
  folder.finish(json);
  log.say(`\n${renderClosing(summary, { paint: createPaint(false), columns, calledAs })}`);
  for (const line of renderAnnotations(summary)) log.command(line);
  const stepNotes = [...earlierNotes, ...folder.notes()];
  const page = renderJobSummary(summary, { calledAs, stepNotes });
  if (wantsPage && !(await host.appendSummary(page))) {
    log.say('The runner takes no job summary: GITHUB_STEP_SUMMARY names no file.');
  }
  return { summary, page, json };
}
