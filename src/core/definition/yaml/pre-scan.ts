import type { Diagnostic } from '../../diagnostic/diagnostic.js';
/** placeholder */
export function preScan(_text: string): readonly Diagnostic[] {
  return [];
}
