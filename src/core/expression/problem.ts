import type { Span } from '../diagnostic/diagnostic.js';
import type { DiagnosticCode } from '../diagnostic/codes.js';

/** A problem inside a string value; `at` is in offsets of that value, its owner knows where the value stands. */
export interface TextProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly at: Span;
  readonly hint?: string;
  /** What to write in place of `at` to mend it. */
  readonly replacement?: { readonly at: Span; readonly text: string };
}
