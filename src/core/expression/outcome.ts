import type { Span } from '../diagnostic/diagnostic.js';
import type { PartialValue } from './unknown.js';

/** What evaluating a part of an expression gave. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: PartialValue }
  /** `because` names what has to be known first. */
  | { readonly kind: 'unknown'; readonly because: readonly string[] }
  /** `missing`: there was no value, so that `default()` may give one. */
  | { readonly kind: 'failed'; readonly message: string; readonly at: Span; readonly missing: boolean };

export function known(value: PartialValue): Outcome {
  return { kind: 'value', value };
}

/** Unknown for all the reasons of these. */
export function unknownTogether(outcomes: readonly Outcome[]): Extract<Outcome, { kind: 'unknown' }> {
  const because = outcomes.flatMap((outcome) => (outcome.kind === 'unknown' ? outcome.because : []));
  return { kind: 'unknown', because: [...new Set(because)] };
}
