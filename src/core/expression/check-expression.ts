import { checkAccess } from './check-access.js';
import { checkCall } from './check-call.js';
import { checkComparison } from './check-comparison.js';
import type { Checked, Checking } from './checking.js';
import type { Expression } from './expression.js';
import type { Place } from './place.js';
import type { TextProblem } from './problem.js';
import { describeShape } from './describe-shape.js';
import { findIgnoringCase } from './find-ignoring-case.js';
import { describeUnknownName } from './describe-unknown-name.js';
import { unite } from './unite-shapes.js';
import type { Scope, ValueShape } from './value-shape.js';

export type { Place } from './place.js';

/** Finds what is wrong with an expression before anything runs, and what is known of its value. */
export function checkExpression(
  expression: Expression,
  scope: Scope,
  place: Place,
): { readonly shape: ValueShape; readonly problems: readonly TextProblem[] } {
  const problems: TextProblem[] = [];
  const { shape } = check(expression, { scope, place, problems, check });
  if (problems.length === 0 && place.strict === 'check') problems.push(...checkTruth(expression, shape));
  return { shape, problems };
}

function check(expression: Expression, checking: Checking): Checked {
  switch (expression.kind) {
    case 'literal':
      return { shape: shapeOfLiteral(expression.value) };
    case 'context':
      return checkContext(expression.name, expression, checking);
    case 'access':
    case 'every':
      return checkAccess(expression, checking);
    case 'call':
      return checkCall(expression, checking);
    case 'not':
      check(expression.of, checking);
      return { shape: { kind: 'boolean' } };
    case 'compare':
      return checkComparison(expression, checking);
    case 'logic':
      return passOn(expression.args.map((arg) => check(arg, checking)));
  }
}

/** Any of the operands can be the value. */
function passOn(checked: readonly Checked[]): Checked {
  return { shape: checked.some(({ filtered }) => filtered) ? { kind: 'any' } : unite(checked.map(({ shape }) => shape)) };
}

function shapeOfLiteral(value: string | number | boolean | null): ValueShape {
  if (value === null) return { kind: 'null' };
  switch (typeof value) {
    case 'string':
      return { kind: 'string' };
    case 'number':
      return { kind: 'number' };
    default:
      return { kind: 'boolean' };
  }
}

function checkContext(name: string, expression: Expression, { scope, problems }: Checking): Checked {
  const shape = findIgnoringCase(name, scope.context, scope.names);
  if (shape !== undefined) return { shape };
  problems.push(describeUnknownName(name, expression.at, scope));
  return { shape: { kind: 'any' } };
}

/** A check is true or false: other values can never prove anything. */
function checkTruth(expression: Expression, shape: ValueShape): readonly TextProblem[] {
  if (shape.kind !== 'number' && shape.kind !== 'list' && shape.kind !== 'object' && shape.kind !== 'null') return [];
  const hint = shape.kind === 'list' ? 'to ask whether it has items, write count(…) > 0' : 'compare it with what it should be';
  return [{ code: 'TG2022', message: `this is ${describeShape(shape)}, and a check has to be true or false`, at: expression.at, hint }];
}
