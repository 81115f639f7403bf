import { isFalsy } from './coerce-value.js';
import { evaluateOutcome } from './evaluate-outcome.js';
import { evaluateCondition } from './evaluate.js';
import type { EvaluationWorld } from './evaluation-world.js';
import type { Expression } from './expression.js';
import { formatExpression } from './format-expression.js';
import { describeValueOf } from './secret-use.js';

export interface ConditionExplained {
  readonly holds: boolean | 'unknown' | 'failed';
  /** «inputs.deploy is false», «depends on steps.build.outcome»: what decided it, and nothing that did not. */
  readonly because: string;
}

/** Whether a condition holds and why, as far as it can be known. */
export function explainCondition(expression: Expression, world: EvaluationWorld): ConditionExplained {
  const evaluation = evaluateCondition(expression, world);
  switch (evaluation.kind) {
    case 'failed':
      return { holds: 'failed', because: evaluation.message };
    case 'unknown':
      return { holds: 'unknown', because: `depends on ${joinNames(evaluation.because)}` };
    case 'value':
      return { holds: evaluation.value, because: joinNames([...new Set(findReasons(expression, world))]) };
  }
}

/** The leaves that decided what a condition gave, each as a sentence. */
function findReasons(expression: Expression, world: EvaluationWorld): readonly string[] {
  switch (expression.kind) {
    case 'logic':
      return findDeciding(expression, world).flatMap((arg) => findReasons(arg, world));
    case 'not':
      return findReasons(expression.of, world);
    case 'compare': {
      const sides = [expression.left, expression.right].filter((side) => side.kind !== 'literal');
      return sides.length > 0 ? sides.flatMap((side) => describeLeaf(side, world)) : describeLeaf(expression, world);
    }
    default:
      return describeLeaf(expression, world);
  }
}

/** One false operand decides `&&` and one true one `||`; otherwise all of them together do. */
function findDeciding(expression: Extract<Expression, { kind: 'logic' }>, world: EvaluationWorld): readonly Expression[] {
  const deciding = expression.args.find((arg) => {
    const outcome = evaluateOutcome(arg, world);
    return outcome.kind === 'value' && isFalsy(outcome.value, world.strict) === (expression.operator === '&&');
  });
  return deciding === undefined ? expression.args : [deciding];
}

function describeLeaf(expression: Expression, world: EvaluationWorld): readonly string[] {
  const outcome = evaluateOutcome(expression, world);
  if (outcome.kind !== 'value') return [];
  if (expression.kind === 'literal') return [`${formatExpression(expression)} is written there`];
  return [`${formatExpression(expression)} is ${describeValueOf(expression, outcome.value)}`];
}

const mostNamed = 4;

function joinNames(names: readonly string[]): string {
  const shown = names.length > mostNamed ? [...names.slice(0, mostNamed - 1), `${names.length - mostNamed + 1} more`] : names;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : (shown[0] ?? '');
}
