import type { Expression } from './expression.js';

/** Whether an expression is a context and keys that are written out, such as `steps.build.outputs.zip`. */
export function isPath(expression: Expression): boolean {
  switch (expression.kind) {
    case 'context':
      return true;
    case 'access':
      return expression.key.kind === 'literal' && isPath(expression.of);
    default:
      return false;
  }
}
