import { collectUses } from './collect-uses.js';
import { describeValue } from './describe-value.js';
import type { Expression } from './expression.js';
import type { PartialValue } from './unknown.js';

/** A value for a message, unless a secret may be in it. */
export function describeValueOf(expression: Expression, value: PartialValue): string {
  if (value !== null && readsSecret(expression)) return 'a secret';
  return describeValue(value);
}

export function readsSecret(expression: Expression): boolean {
  return collectUses(expression).some(({ context }) => context.toLowerCase() === 'secrets');
}
