import { isFalsy, isNothing, isPlain, toNumber, toText } from './coerce-value.js';
import { compareSides } from './compare-sides.js';
import { describeNoValue } from './describe-no-value.js';
import type { EvaluationWorld } from './evaluation-world.js';
import type { Expression } from './expression.js';
import { formatExpression } from './format-expression.js';
import type { FunctionEntry, LazyArgument } from './functions/function-entry.js';
import { findFunction } from './functions/function-table.js';
import { isPath } from './is-path.js';
import { lookUp } from './look-up.js';
import { known, unknownTogether } from './outcome.js';
import type { Outcome } from './outcome.js';
import { isKnown, isList, isObject, unknownValue } from './unknown.js';
import type { PartialValue } from './unknown.js';

type Part<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** What one evaluation carries along. */
interface Evaluating {
  readonly world: EvaluationWorld;
  /** The lists that `.*` made: a property or index of one is asked of each of its items. */
  readonly filtered: WeakSet<readonly PartialValue[]>;
}

/** Evaluates a whole expression; in a condition one known operand of `&&` or `||` can decide for unknown ones. */
export function evaluateOutcome(expression: Expression, world: EvaluationWorld): Outcome {
  return visit(expression, { world, filtered: new WeakSet() }, world.strict !== 'no');
}

/** `asTruth`: it only matters whether the value counts as true. */
function visit(expression: Expression, within: Evaluating, asTruth = false): Outcome {
  switch (expression.kind) {
    case 'literal':
      return known(expression.value);
    case 'context':
      return visitContext(expression, within);
    case 'access':
      return visitAccess(expression, within);
    case 'every':
      return visitEvery(expression, within);
    case 'call':
      return visitCall(expression, within);
    case 'not':
      return visitNot(expression, within);
    case 'compare':
      return visitComparison(expression, within);
    case 'logic':
      return visitLogic(expression, within, asTruth);
  }
}

function visitContext(expression: Part<'context'>, within: Evaluating): Outcome {
  const { context } = within.world;
  return settle(context(expression.name) ?? context(expression.name.toLowerCase()) ?? null, expression);
}

function settle(value: PartialValue, expression: Expression): Outcome {
  return value === unknownValue ? { kind: 'unknown', because: [formatExpression(expression)] } : known(value);
}

function visitAccess(expression: Part<'access'>, within: Evaluating): Outcome {
  const key = visit(expression.key, within);
  const of = visit(expression.of, within);
  if (key.kind === 'failed') return key;
  if (of.kind === 'failed') return of;
  if (of.kind === 'unknown' && isPath(expression)) return settle(unknownValue, expression);
  if (of.kind === 'unknown' || key.kind === 'unknown') return unknownTogether([of, key]);
  if (!isFiltered(of.value, within)) return settle(readProperty(of.value, key.value) ?? null, expression);
  const found = of.value.map((item) => readProperty(item, key.value));
  return filter(found.filter((value) => value !== undefined), within);
}

function visitEvery(expression: Part<'every'>, within: Evaluating): Outcome {
  const of = visit(expression.of, within);
  if (of.kind === 'failed') return of;
  if (of.kind === 'unknown') return isPath(expression.of) ? settle(unknownValue, expression) : of;
  const items = itemsOf(of.value);
  return filter(isFiltered(of.value, within) ? items.flatMap(itemsOf) : items, within);
}

function isFiltered(value: PartialValue, within: Evaluating): value is readonly PartialValue[] {
  return isList(value) && within.filtered.has(value);
}

function filter(items: readonly PartialValue[], within: Evaluating): Outcome {
  const list = [...items];
  within.filtered.add(list);
  return known(list);
}

function itemsOf(value: PartialValue): readonly PartialValue[] {
  if (value === unknownValue) return [unknownValue];
  if (isList(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function readProperty(value: PartialValue, key: PartialValue): PartialValue | undefined {
  if (value === unknownValue) return unknownValue;
  if (isList(value)) {
    const index = Math.floor(toNumber(key));
    return index >= 0 ? value[index] : undefined;
  }
  return isObject(value) && isPlain(key) ? lookUp(value, toText(key)) : undefined;
}

function visitCall(expression: Part<'call'>, within: Evaluating): Outcome {
  const entry = findFunction(expression.name);
  if (entry === undefined) return { kind: 'failed', message: `unknown function '${expression.name}'`, at: expression.at, missing: false };
  return entry.call.kind === 'lazy' ? callLazily(expression, entry.call.run, within) : callEagerly(expression, entry.call.run, within);
}

function callEagerly(
  expression: Part<'call'>,
  run: Extract<FunctionEntry['call'], { kind: 'eager' }>['run'],
  within: Evaluating,
): Outcome {
  const outcomes = expression.args.map((arg) => knownThroughout(visit(arg, within), arg));
  const failed = outcomes.find((outcome) => outcome.kind === 'failed');
  if (failed !== undefined) return failed;
  if (outcomes.some((outcome) => outcome.kind === 'unknown')) return unknownTogether(outcomes);
  const args = outcomes.flatMap((outcome) => (outcome.kind === 'value' && isKnown(outcome.value) ? [outcome.value] : []));
  const result = run(args, within.world.functions);
  return result.kind === 'value' ? settle(result.value, expression) : { ...result, at: expression.at };
}

function knownThroughout(outcome: Outcome, arg: Expression): Outcome {
  return outcome.kind === 'value' && !isKnown(outcome.value) ? settle(unknownValue, arg) : outcome;
}

function callLazily(
  expression: Part<'call'>,
  run: Extract<FunctionEntry['call'], { kind: 'lazy' }>['run'],
  within: Evaluating,
): Outcome {
  const outcomes = new Map<number, Outcome>();
  const argument = (index: number): Outcome => {
    const arg = expression.args[index];
    const outcome = outcomes.get(index) ?? (arg === undefined ? known(null) : visit(arg, within));
    outcomes.set(index, outcome);
    return outcome;
  };
  const args = expression.args.map((_, index): LazyArgument => () => argument(index));
  const result = run(args);
  return result.kind === 'argument' ? argument(result.index) : { ...result, at: expression.at, missing: false };
}

function visitNot(expression: Part<'not'>, within: Evaluating): Outcome {
  const of = visit(expression.of, within, true);
  if (of.kind !== 'value') return of;
  const { strict } = within.world;
  if (strict !== 'no' && isNothing(of.value)) {
    return { kind: 'failed', message: describeNoValue(expression.of, '!'), at: expression.of.at, missing: true };
  }
  return known(isFalsy(of.value, strict));
}

function visitComparison(expression: Part<'compare'>, within: Evaluating): Outcome {
  const left = visit(expression.left, within);
  const right = visit(expression.right, within);
  if (left.kind === 'failed') return left;
  if (right.kind === 'failed') return right;
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknownTogether([left, right]);
  return compareSides(expression, left.value, right.value, within.world.strict);
}

function visitLogic(expression: Part<'logic'>, within: Evaluating, asTruth: boolean): Outcome {
  const unknown: Outcome[] = [];
  let last: Outcome = known(null);
  for (const arg of expression.args) {
    last = visit(arg, within, asTruth);
    if (last.kind === 'failed') break;
    if (last.kind === 'unknown') {
      if (!asTruth) return last;
      unknown.push(last);
    } else if (isFalsy(last.value, within.world.strict) === (expression.operator === '&&')) {
      return last;
    }
  }
  return unknown.length > 0 ? unknownTogether(unknown) : last;
}
