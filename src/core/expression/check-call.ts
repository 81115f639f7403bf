import type { Checked, Checking } from './checking.js';
import { describeShape } from './describe-shape.js';
import { describeUnknownFunction } from './describe-unknown-name.js';
import type { Expression } from './expression.js';
import { formatExpression } from './format-expression.js';
import type { FunctionEntry, ParameterKind } from './functions/function-entry.js';
import { describeSignature, findFunction } from './functions/function-table.js';
import type { TextProblem } from './problem.js';
import type { ValueShape } from './value-shape.js';

type Call = Extract<Expression, { kind: 'call' }>;

/** Checks that a function exists and can be called with these arguments. */
export function checkCall(expression: Call, checking: Checking): Checked {
  const { problems, scope } = checking;
  const args = expression.args.map((arg) => checking.check(arg, checking));
  const entry = findFunction(expression.name);
  if (entry === undefined) {
    const at = [expression.at[0], expression.at[0] + expression.name.length] as const;
    problems.push(describeUnknownFunction(expression.name, at, scope));
    return { shape: { kind: 'any' } };
  }
  const arity = checkArity(expression, entry);
  if (arity !== undefined) problems.push(arity);
  else for (const [index, arg] of expression.args.entries()) problems.push(...checkArgument(arg, args[index], kindAt(entry, index, args.length), checking));
  return { shape: resultOf(entry, args) };
}

function resultOf(entry: FunctionEntry, args: readonly Checked[]): ValueShape {
  if (typeof entry.result !== 'function') return entry.result;
  return args.some(({ filtered }) => filtered) ? { kind: 'any' } : entry.result(args.map(({ shape }) => shape));
}

function checkArity(expression: Call, entry: FunctionEntry): TextProblem | undefined {
  const given = expression.args.length;
  const least = entry.parameters.filter(({ optional }) => !optional).length;
  const most = entry.parameters.at(-1)?.rest ? Infinity : entry.parameters.length;
  const fits = given >= least && given <= most && (!entry.traits?.pairs || given % 2 === 1);
  if (fits) return undefined;
  const wanted = entry.traits?.pairs ? 'an odd number of arguments from 3 on' : countArguments(least, most);
  return {
    code: 'TG2013',
    message: `${entry.name}() takes ${wanted}, and gets ${given === 0 ? 'none' : given}`,
    at: expression.at,
    hint: `it is written ${describeSignature(entry)}`,
  };
}

function countArguments(least: number, most: number): string {
  if (most === 0) return 'no arguments';
  if (most === Infinity) return `at least ${plural(least)}`;
  return least === most ? plural(least) : `${least} to ${plural(most)}`;
}

function plural(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}

function kindAt(entry: FunctionEntry, index: number, count: number): ParameterKind {
  if (entry.traits?.pairs) return index % 2 === 0 && index < count - 1 ? 'boolean' : 'any';
  return (entry.parameters[index] ?? entry.parameters.at(-1))?.kind ?? 'any';
}

function checkArgument(arg: Expression, checked: Checked | undefined, kind: ParameterKind, { place }: Checking): readonly TextProblem[] {
  const shape = checked?.shape ?? { kind: 'any' };
  if (!accepts(kind, shape) || (isNumeric(kind) && isTextWithoutNumber(arg))) {
    const hint = kind === 'text' && !isPlainShape(shape) ? 'use join() or toJSON()' : undefined;
    const given = arg.kind === 'literal' ? formatExpression(arg) : `${formatExpression(arg)} is ${describeShape(shape)}`;
    return [{ code: 'TG2014', message: `${given}: ${wantedBy[kind]} is wanted here`, at: arg.at, ...(hint !== undefined && { hint }) }];
  }
  return kind === 'pattern' ? checkPattern(arg, place.refusePattern) : [];
}

const wantedBy: Readonly<Record<ParameterKind, string>> = {
  any: 'a value',
  text: 'text',
  texts: 'text or a list of texts',
  number: 'a number',
  numbers: 'a number or a list of numbers',
  boolean: 'a condition that is true or false',
  list: 'a list or an object',
  path: 'the path of a file',
  pattern: 'a regular expression',
};

function accepts(kind: ParameterKind, shape: ValueShape): boolean {
  if (shape.kind === 'any' || kind === 'any') return true;
  switch (kind) {
    case 'text':
      return isPlainShape(shape);
    case 'path':
    case 'pattern':
      return shape.kind === 'string' || shape.kind === 'word' || shape.kind === 'number';
    case 'texts':
      return shape.kind === 'list' ? accepts('path', shape.of) : accepts('path', shape);
    case 'number':
      return shape.kind === 'number' || shape.kind === 'string';
    case 'numbers':
      return shape.kind === 'list' ? accepts('number', shape.of) : accepts('number', shape);
    case 'boolean':
      return shape.kind === 'boolean';
    case 'list':
      return shape.kind === 'list' || shape.kind === 'object';
  }
}

function isPlainShape(shape: ValueShape): boolean {
  return shape.kind !== 'list' && shape.kind !== 'object';
}

function isNumeric(kind: ParameterKind): boolean {
  return kind === 'number' || kind === 'numbers';
}

function isTextWithoutNumber(arg: Expression): boolean {
  return arg.kind === 'literal' && typeof arg.value === 'string' && (arg.value.trim() === '' || Number.isNaN(Number(arg.value)));
}

function checkPattern(arg: Expression, refuse: ((pattern: string) => string | undefined) | undefined): readonly TextProblem[] {
  if (refuse === undefined || arg.kind !== 'literal') return [];
  const reason = refuse(String(arg.value));
  return reason === undefined ? [] : [{ code: 'TG2023', message: `this regular expression cannot be used: ${reason}`, at: arg.at, hint: 'the syntax is that of RE2: no back-references, no look-around' }];
}
