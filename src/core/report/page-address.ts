import type { DiagnosticCode } from '../diagnostic/codes.js';

/** Where the page of a code stands, from the root of Tollgate's own repository. */
export function addressOfPage(code: DiagnosticCode): string {
  return `docs/errors.md#${code.toLowerCase()}`;
}
