import type { Value } from '../expression.js';
import { isList, isObject } from '../unknown.js';
import { describeValue } from '../describe-value.js';
import { give, missing, wrong } from './function-entry.js';
import type { FunctionEntry, FunctionFailure, FunctionResult, Parameter } from './function-entry.js';

type Numbers = { readonly kind: 'numbers'; readonly numbers: readonly number[] } | FunctionFailure;

const twoOrMore: readonly Parameter[] = [
  { name: 'a', kind: 'number' },
  { name: 'b', kind: 'number', rest: true },
];
const two: readonly Parameter[] = [
  { name: 'a', kind: 'number' },
  { name: 'b', kind: 'number' },
];
const oneOrMore: readonly Parameter[] = [{ name: 'numbers', kind: 'numbers', rest: true }];

function describe(
  name: string,
  parameters: readonly Parameter[],
  summary: string,
  compute: (numbers: readonly number[]) => FunctionResult,
): FunctionEntry {
  return {
    name,
    parameters,
    result: { kind: 'number' },
    summary,
    call: {
      kind: 'eager',
      run: (args) => {
        const read = readNumbers(args, name);
        return read.kind === 'numbers' ? finite(compute(read.numbers), name) : read;
      },
    },
  };
}

/** Lists count as what is in them. */
function readNumbers(args: readonly Value[], name: string): Numbers {
  const numbers: number[] = [];
  for (const arg of args.flatMap((value) => (isList(value) ? value : [value]))) {
    if (arg === null || arg === '' || Number.isNaN(arg)) return missing(`${name}(): no value for one of its numbers`);
    const number = typeof arg === 'string' && arg.trim() !== '' ? Number(arg) : arg;
    if (typeof number !== 'number' || Number.isNaN(number)) return wrong(`${name}(): ${describeValue(arg)} is not a number`);
    numbers.push(number);
  }
  return { kind: 'numbers', numbers };
}

function finite(result: FunctionResult, name: string): FunctionResult {
  return result.kind === 'value' && !Number.isFinite(result.value) ? wrong(`${name}(): the result is no number that can be written`) : result;
}

function ratio(a: number, b: number, name: string, compute: (a: number, b: number) => number): FunctionResult {
  return b === 0 ? wrong(`${name}(): division of ${a} by zero`) : give(compute(a, b));
}

/** Half away from zero, as people round; through the decimal text, since 1.005 * 100 is not 100.5. */
function roundTo(value: number, digits: number): number {
  const shifted = Math.round(shift(Math.abs(value), digits));
  return Math.sign(value) * shift(shifted, -digits) + 0;
}

function shift(value: number, by: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + by}`);
}

const countFunction: FunctionEntry = {
  name: 'count',
  parameters: [{ name: 'list', kind: 'list' }],
  result: { kind: 'number' },
  summary: 'How many items a list has, or properties an object.',
  call: {
    kind: 'eager',
    run: ([list = null]) => {
      if (isList(list)) return give(list.length);
      if (isObject(list)) return give(Object.keys(list).length);
      return list === null ? missing('count(): no value to count in') : wrong(`count(): ${describeValue(list)} is not a list`);
    },
  },
};

export const numberFunctions: readonly FunctionEntry[] = [
  describe('add', twoOrMore, 'The sum of its arguments.', (numbers) => give(numbers.reduce((a, b) => a + b, 0))),
  describe('sub', two, 'The first less the second.', ([a = NaN, b = NaN]) => give(a - b)),
  describe('mul', twoOrMore, 'The product of its arguments.', (numbers) => give(numbers.reduce((a, b) => a * b, 1))),
  describe('div', two, 'The first divided by the second; division by zero fails.', ([a = NaN, b = NaN]) => ratio(a, b, 'div', (x, y) => x / y)),
  describe('mod', two, 'The rest of the first divided by the second, with the sign of the first.', ([a = NaN, b = NaN]) =>
    ratio(a, b, 'mod', (x, y) => x % y),
  ),
  describe(
    'round',
    [
      { name: 'number', kind: 'number' },
      { name: 'digits', kind: 'number', optional: true },
    ],
    'A number rounded to so many digits after the point (none when left out), half away from zero.',
    ([value = NaN, digits = 0]) =>
      Number.isInteger(digits) && Math.abs(digits) <= 15 ? give(roundTo(value, digits)) : wrong(`round(): ${digits} is no number of digits from -15 to 15`),
  ),
  describe('min', oneOrMore, 'The least of its arguments and of the items of its lists.', (numbers) => extreme(numbers, 'min', Math.min)),
  describe('max', oneOrMore, 'The greatest of its arguments and of the items of its lists.', (numbers) => extreme(numbers, 'max', Math.max)),
  describe('sum', oneOrMore, 'The sum of its arguments and of the items of its lists; 0 for an empty list.', (numbers) =>
    give(numbers.reduce((a, b) => a + b, 0)),
  ),
  countFunction,
];

function extreme(numbers: readonly number[], name: string, choose: (a: number, b: number) => number): FunctionResult {
  return numbers.length === 0 ? missing(`${name}(): no value in an empty list`) : give(numbers.reduce((a, b) => choose(a, b)));
}
