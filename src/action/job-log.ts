import type { LogReporter } from '../assembly/log-reporter.js';
import { createLogReporter } from '../assembly/log-reporter.js';
import type { AssembledRun } from '../assembly/assemble-run.js';
import { guardLine } from '../core/output/guard-line.js';
import { renderAnnotation } from '../core/report/annotations.js';
import { renderDiagnostics } from '../core/report/diagnostics-text.js';
import type { FileFindings } from '../core/report/diagnostics-text.js';
import type { Message } from '../core/report/message.js';
import { renderMessage } from '../core/report/message.js';
import { addressOfPage } from '../core/report/page-address.js';
import { createPaint } from '../core/report/paint.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import type { JobHost } from '../ports/job-host.js';
import type { RunReporter } from '../ports/run-reporter.js';

/** How commands that we print call Tollgate: as a person would at home. */
export const calledAs = 'npx tollgate';
export const columns = 120;

/** What a job's log shows. Only commands are written as they are; in every other line none can stand. */
export interface JobLog {
  readonly reporter: RunReporter;
  readonly join: (assembled: AssembledRun) => void;
  readonly close: () => void;
  /** Text for people. */
  readonly say: (text: string) => void;
  readonly command: (line: string) => void;
  readonly refuse: (title: string, message: string) => void;
  readonly showFindings: (findings: readonly FileFindings[], messages: readonly Message[]) => void;
}

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

export function openJobLog(host: Pick<JobHost, 'print' | 'isDebug'>): JobLog {
  const paint = createPaint(false);
  let reporter: LogReporter | undefined;
  const say = (text: string): void => {
    if (text !== '') host.print(text.replace(/\n$/u, '').split('\n').map((line) => `${guardLine(line)}\n`).join(''));
  };
  const command = (line: string): void => host.print(`${line}\n`);
  return {
    say,
    command,
    reporter: { onEvent: (event, state) => reporter?.onEvent(event, state), onOutput: (step, cell, bytes) => reporter?.onOutput(step, cell, bytes) },
    join: ({ job, summarizeStep }) => {
      reporter = createLogReporter({ github: true, verbose: host.isDebug(), color: false, plan: job.plan, calledAs, mask: job.redactor.text, write: host.print, summarizeStep });
    },
    close: () => {
      reporter?.close();
      reporter = undefined;
    },
    refuse: (title, message) => command(toWorkflowCommand('error', message, { title })),
    showFindings: (findings, messages) => {
      const text = renderDiagnostics(findings, { paint, columns, calledAs, verbose: false });
      say([text, ...messages.map((message) => `${renderMessage(message, paint).join('\n')}\n`)].filter((block) => block !== '').join('\n'));
      for (const { source, diagnostics } of findings) for (const diagnostic of diagnostics) command(renderAnnotation(source, diagnostic));
      for (const message of messages) command(annotate(message));
    },
  };
}

function annotate({ severity, code, message, at, ways = [] }: Message): string {
  const [, file, line, col] = /^(.+):(\d+):(\d+)$/u.exec(at ?? '') ?? [];
  const place = file === undefined || line === undefined || col === undefined ? {} : { file, line, col };
  const text = [message, ...(file === undefined && at !== undefined ? [`at ${at}`] : []), ...ways.map((way) => `→ ${way}`), addressOfPage(code)].join('\n');
  return toWorkflowCommand(commands[severity], text, { ...place, title: code });
}
