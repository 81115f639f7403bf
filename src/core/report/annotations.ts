import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { addressOfPage } from './page-address.js';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** A workflow command that puts a diagnostic beside its line on GitHub. */
export function renderAnnotation(source: SourceText, diagnostic: Diagnostic): string {
  const { code, hint, message, severity, span } = diagnostic;
  const start = source.positionAt(span[0]);
  const end = source.positionAt(Math.max(span[0], span[1]));
  const sameLine = end.line === start.line;
  const properties = [
    `file=${escapeProperty(source.file)}`,
    `line=${start.line}`,
    `endLine=${end.line}`,
    `col=${start.column}`,
    ...(sameLine ? [`endColumn=${Math.max(start.column, end.column - 1)}`] : []),
    `title=${escapeProperty(code)}`,
  ];
  const text = hint === undefined ? message : `${message}\n→ ${hint}`;
  return `::${commands[severity]} ${properties.join(',')}::${escapeData(`${text}\n${addressOfPage(code)}`)}`;
}

/** What ends a line would start another command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
