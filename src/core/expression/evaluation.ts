import type { Span } from '../diagnostic/diagnostic.js';
import type { Value } from './expression.js';

/** What an expression gives; `because` names what has to be known first. */
export type Evaluation<T extends Value = Value> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'unknown'; readonly because: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string; readonly at: Span };
