import type { Expression } from './expression.js';

/** The expressions that stand directly in one, in the order in which they are written. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'context':
      return [];
    case 'access':
      return [expression.of, expression.key];
    case 'every':
    case 'not':
      return [expression.of];
    case 'compare':
      return [expression.left, expression.right];
    case 'call':
    case 'logic':
      return expression.args;
  }
}
