import type { Checked, Checking } from './checking.js';
import { literalKey } from './collect-uses.js';
import { describeShape } from './describe-shape.js';
import { describeUnknownProperty } from './describe-unknown-name.js';
import type { Expression } from './expression.js';
import { findIgnoringCase } from './find-ignoring-case.js';
import { formatExpression } from './format-expression.js';
import type { TextProblem } from './problem.js';
import type { ValueShape } from './value-shape.js';

type Access = Extract<Expression, { kind: 'access' }>;
type Every = Extract<Expression, { kind: 'every' }>;

const any: ValueShape = { kind: 'any' };

/** Checks `of.key`, `of[key]` and `of.*`. */
export function checkAccess(expression: Access | Every, checking: Checking): Checked {
  const of = checking.check(expression.of, checking);
  if (expression.kind === 'every') return { shape: { kind: 'list', of: itemShape(of, expression, checking) }, filtered: true };
  const key = checking.check(expression.key, checking);
  if (!of.filtered || of.shape.kind !== 'list') return { shape: propertyShape(of.shape, key.shape, expression, checking) };
  const item = propertyShape(of.shape.of, key.shape, expression, checking);
  return { shape: { kind: 'list', of: item }, filtered: true };
}

function itemShape(of: Checked, expression: Every, { problems }: Checking): ValueShape {
  const shape = of.filtered && of.shape.kind === 'list' ? of.shape.of : of.shape;
  switch (shape.kind) {
    case 'list':
      return shape.of;
    case 'any':
    case 'object':
      return any;
    default:
      problems.push(describeNoProperties(expression.of, shape, '*', expression.at));
      return any;
  }
}

function propertyShape(of: ValueShape, key: ValueShape, expression: Access, { problems }: Checking): ValueShape {
  const name = literalKey(expression.key);
  switch (of.kind) {
    case 'any':
      return any;
    case 'object': {
      if (name === undefined) return any;
      const found = findIgnoringCase(name, of.property, of.names);
      if (found === undefined) problems.push(describeUnknownProperty(of, name, expression.key.at));
      return found ?? any;
    }
    case 'list':
      if (name === undefined ? key.kind !== 'list' && key.kind !== 'object' : !Number.isNaN(Number(name))) return of.of;
      problems.push(describeNoSuchItem(expression, name));
      return any;
    default:
      problems.push(describeNoProperties(expression.of, of, name, expression.key.at));
      return any;
  }
}

function describeNoSuchItem(expression: Access, name: string | undefined): TextProblem {
  const list = formatExpression(expression.of);
  const hint =
    name === 'length' || name === 'size' ? `how many items it has is count(${list})` : `${list}.*.${name ?? '…'} is that of each of its items, ${list}[0] the first`;
  return { code: 'TG2015', message: `${list} is a list, whose items have numbers and no names`, at: expression.key.at, hint };
}

function describeNoProperties(of: Expression, shape: ValueShape, name: string | undefined, at: TextProblem['at']): TextProblem {
  const what = name === undefined ? 'no properties' : name === '*' ? 'no items' : `no property '${name}'`;
  const hint = shape.kind === 'string' ? 'what is in a JSON text is read with fromJSON(…)' : undefined;
  return { code: 'TG2015', message: `${formatExpression(of)} is ${describeShape(shape)} and has ${what}`, at, ...(hint !== undefined && { hint }) };
}
