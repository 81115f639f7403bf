import { isFalsy, isNothing } from './coerce-value.js';
import { describeNoValue } from './describe-no-value.js';
import type { Evaluation } from './evaluation.js';
import type { EvaluationWorld } from './evaluation-world.js';
import type { Expression } from './expression.js';
import { formatExpression } from './format-expression.js';
import type { Outcome } from './outcome.js';
import { describeValueOf } from './secret-use.js';
import type { PartialValue } from './unknown.js';

/** Whether what a condition gave counts as true at its place. */
export function readTruth(outcome: Outcome, expression: Expression, { strict }: EvaluationWorld): Evaluation<boolean> {
  if (outcome.kind !== 'value') return outcome;
  return strict === 'check' ? readCheck(outcome.value, expression) : { kind: 'value', value: !isFalsy(outcome.value, strict) };
}

/** A check is positive evidence: true or 'true'. What is neither true nor false proves nothing either way. */
function readCheck(value: PartialValue, expression: Expression): Evaluation<boolean> {
  if (value === true || value === 'true') return { kind: 'value', value: true };
  if (isNothing(value)) return { kind: 'failed', message: describeNoValue(expression, 'a check'), at: expression.at };
  if (value === 'false' || isFalsy(value, 'no')) return { kind: 'value', value: false };
  const message = `${formatExpression(expression)} is ${describeValueOf(expression, value)}, and a check has to be true or false`;
  return { kind: 'failed', message, at: expression.at };
}
