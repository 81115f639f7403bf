import type { DiagnosticJson } from '../core/report/diagnostics-json.js';
import { toDiagnosticJson } from '../core/report/diagnostics-json.js';
import { renderDiagnostics } from '../core/report/diagnostics-text.js';
import type { MessageJson } from '../core/report/message-json.js';
import { toMessageJson } from '../core/report/message-json.js';
import { renderMessage } from '../core/report/message.js';
import { createPaint } from '../core/report/paint.js';
import type { Call } from './command.js';
import type { PreparedPlan } from '../assembly/prepare-plan.js';

type Findings = Pick<PreparedPlan, 'findings' | 'messages'>;

/** Everything that was found, for people; nothing when nothing was. */
export function renderFindings({ findings, messages }: Findings, { terminal, calledAs, options }: Call): string {
  const paint = createPaint(terminal.color);
  const problems = renderDiagnostics(findings, { paint, columns: terminal.columns, calledAs, verbose: options.verbose.value });
  const said = messages.filter(({ severity }) => severity !== 'info' || !options.quiet.value);
  return [problems, ...said.map((message) => `${renderMessage(message, paint).join('\n')}\n`)].filter((block) => block !== '').join('\n');
}

export function toFindingsJson({ findings, messages }: Findings): readonly (DiagnosticJson | MessageJson)[] {
  return [...findings.flatMap(({ source, diagnostics }) => diagnostics.map((diagnostic) => toDiagnosticJson(source, diagnostic))), ...messages.map(toMessageJson)];
}
