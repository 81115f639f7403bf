import type { DiagnosticCode } from './codes.js';

/** Offsets into a source text, in UTF-16 units: `[start, end)`. */
export type Span = readonly [start: number, end: number];

/** `error` stops (BLOCKING), `warning` goes on and may matter later, `info` informs. */
export type Severity = 'error' | 'warning' | 'info';

/** One replacement in the source text. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A change that mends the problem; `safe` ones keep the meaning and are what `lint --fix` applies. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly safe: boolean;
}

/** Something wrong with, or doubtful in, a workflow: what, where and the way out. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
  readonly fix?: Fix;
  /** Other places that belong to it, such as the first of two equal ids. */
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
}
