import { compareValues, isNothing, toNumber } from './coerce-value.js';
import type { Order } from './coerce-value.js';
import { describeNoValue } from './describe-no-value.js';
import type { Strictness } from './evaluation-world.js';
import type { Comparison, Expression } from './expression.js';
import { formatExpression } from './format-expression.js';
import { known } from './outcome.js';
import type { Outcome } from './outcome.js';
import { describeValueOf } from './secret-use.js';
import type { PartialValue } from './unknown.js';

type ComparisonOfTwo = Extract<Expression, { kind: 'compare' }>;

/** GitHub's answer, unless the place is strict and a side is no value. */
export function compareSides(expression: ComparisonOfTwo, left: PartialValue, right: PartialValue, strict: Strictness): Outcome {
  const { operator } = expression;
  const failure = strict === 'no' || asksForNothing(expression) ? undefined : findNoValue(expression, left, right, strict);
  return failure ?? known(answer(operator, compareValues(left, right)));
}

function answer(operator: Comparison, order: Order): boolean {
  switch (operator) {
    case '==':
      return order === 'equal';
    case '!=':
      return order !== 'equal';
    case '<':
      return order === 'less';
    case '<=':
      return order === 'less' || order === 'equal';
    case '>':
      return order === 'greater';
    case '>=':
      return order === 'greater' || order === 'equal';
  }
}

/** `x == null` and `x != ''` ask whether there is a value: they need none. */
export function asksForNothing({ left, right }: ComparisonOfTwo): boolean {
  return isLiteralNothing(left) || isLiteralNothing(right);
}

function isLiteralNothing(side: Expression): boolean {
  return side.kind === 'literal' && (side.value === null || side.value === '');
}

function findNoValue(expression: ComparisonOfTwo, left: PartialValue, right: PartialValue, strict: Strictness): Outcome | undefined {
  const { operator } = expression;
  const isOrdered = operator !== '==' && operator !== '!=';
  const always = isOrdered || (operator === '!=' && strict === 'check');
  if (isNothing(left) && (always || isNumberOrBoolean(right))) return noValue(expression.left, operator);
  if (isNothing(right) && (always || isNumberOrBoolean(left))) return noValue(expression.right, operator);
  return isOrdered ? findNoNumber(expression, left, right) : undefined;
}

function isNumberOrBoolean(value: PartialValue): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function noValue(side: Expression, operator: Comparison): Outcome {
  return { kind: 'failed', message: describeNoValue(side, operator), at: side.at, missing: true };
}

/** Two texts are compared as texts; anything else as numbers, where what is no number is NaN. */
function findNoNumber(expression: ComparisonOfTwo, left: PartialValue, right: PartialValue): Outcome | undefined {
  if (typeof left === 'string' && typeof right === 'string') return undefined;
  if (Number.isNaN(toNumber(left))) return noNumber(expression.left, left, expression.operator);
  if (Number.isNaN(toNumber(right))) return noNumber(expression.right, right, expression.operator);
  return undefined;
}

function noNumber(side: Expression, value: PartialValue, operator: Comparison): Outcome {
  const message = `no value for ${operator} to compare: ${formatExpression(side)} is ${describeValueOf(side, value)}, not a number`;
  return { kind: 'failed', message, at: side.at, missing: false };
}
