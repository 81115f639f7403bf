import type { DiagnosticCode } from '../diagnostic/codes.js';
import type { Severity } from '../diagnostic/diagnostic.js';
import type { Message } from './message.js';
import { addressOfPage } from './page-address.js';

/** A diagnostic that stands in no file: its keys are those of one that does. */
export interface MessageJson {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly file: null;
  readonly line: null;
  readonly column: null;
  readonly end_line: null;
  readonly end_column: null;
  /** What the value came from: `--input`, `inputs.yml:3:1`. */
  readonly from: string | null;
  readonly hint: string | null;
  readonly url: string;
  readonly fix: null;
  readonly related: readonly never[];
}

export function toMessageJson({ code, severity, message, at, ways = [] }: Message): MessageJson {
  const nowhere = { file: null, line: null, column: null, end_line: null, end_column: null } as const;
  return { code, severity, message, ...nowhere, from: at ?? null, hint: ways.length === 0 ? null : ways.join('; '), url: addressOfPage(code), fix: null, related: [] };
}
