import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { addressOfPage } from './page-address.js';
import { toWorkflowCommand } from './workflow-command.js';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** A workflow command that puts a diagnostic beside its line on GitHub. */
export function renderAnnotation(source: SourceText, diagnostic: Diagnostic): string {
  const { code, severity, span } = diagnostic;
  const start = source.positionAt(span[0]);
  const end = source.positionAt(Math.max(span[0], span[1]));
  const sameLine = end.line === start.line;
  return toWorkflowCommand(commands[severity], describeDiagnostic(diagnostic), {
    file: source.file,
    line: start.line,
    endLine: end.line,
    col: start.column,
    ...(sameLine ? { endColumn: Math.max(start.column, end.column - 1) } : {}),
    title: code,
  });
}

/** What is wrong, the way out and the page of its code, a line each. */
export function describeDiagnostic({ code, hint, message }: Diagnostic): string {
  return [message, ...(hint === undefined ? [] : [`→ ${hint}`]), addressOfPage(code)].join('\n');
}
