import type { DiagnosticCode } from '../diagnostic/codes.js';
import type { Diagnostic, Severity, Span } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { addressOfPage } from './page-address.js';

/** A stretch of a file: lines and columns from 1, in UTF-16 units; the end is the first place after it. */
export interface RangeJson {
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

/** A diagnostic for scripts. */
export interface DiagnosticJson extends RangeJson {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly hint: string | null;
  /** The page of its code. */
  readonly url: string;
  /** Edits of the file that mend it; `safe` ones are what `lint --fix` applies. */
  readonly fix: { readonly title: string; readonly safe: boolean; readonly edits: readonly (RangeJson & { readonly text: string })[] } | null;
  readonly related: readonly (RangeJson & { readonly message: string })[];
}

export function toDiagnosticJson(source: SourceText, diagnostic: Diagnostic): DiagnosticJson {
  const { fix, related = [] } = diagnostic;
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    file: source.file,
    ...toRange(source, diagnostic.span),
    hint: diagnostic.hint ?? null,
    url: addressOfPage(diagnostic.code),
    fix: fix === undefined ? null : { title: fix.title, safe: fix.safe, edits: fix.edits.map(({ span, text }) => ({ ...toRange(source, span), text })) },
    related: related.map(({ message, span }) => ({ message, ...toRange(source, span) })),
  };
}

function toRange(source: SourceText, span: Span): RangeJson {
  const start = source.positionAt(span[0]);
  const end = source.positionAt(Math.max(span[0], span[1]));
  return { line: start.line, column: start.column, end_line: end.line, end_column: end.column };
}
