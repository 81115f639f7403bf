import type { Expression } from './expression.js';
import { formatExpression } from './format-expression.js';

/** Why a condition cannot be decided, and the way out. */
export function describeNoValue(expression: Expression, operator: string): string {
  const text = formatExpression(expression);
  return `no value for ${text}, which ${operator} needs; default(${text}, …) gives one`;
}
