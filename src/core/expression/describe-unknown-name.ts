import type { Span } from '../diagnostic/diagnostic.js';
import { nearestName } from '../diagnostic/nearest-name.js';
import { findIgnoringCase } from './find-ignoring-case.js';
import { findFunction, functionTable } from './functions/function-table.js';
import type { TextProblem } from './problem.js';
import type { ObjectShape, Scope } from './value-shape.js';

/** Contexts that GitHub has and this language does not, with what to write instead. */
const contextsOfGitHub: ReadonlyMap<string, string> = new Map([
  ['needs', 'outputs of other steps and phases are steps.<id>.outputs.<name>'],
  ['jobs', 'outputs of other steps and phases are steps.<id>.outputs.<name>'],
  ['job', 'how earlier steps ended is success(), failure() or steps.<id>.outcome'],
  ['runner', 'the runner tells of itself in its environment: env.RUNNER_OS'],
  ['strategy', 'the cell of a matrix is matrix.<name>'],
]);

/** Nothing at this place has the name. */
export function describeUnknownName(name: string, at: Span, scope: Scope): TextProblem {
  const entry = findFunction(name);
  if (entry !== undefined) return describeMissingParentheses(entry.name, entry.parameters.length === 0, at);
  const nearest = nearestName(name, namesAndFunctions(scope));
  if (nearest === undefined) return describeStranger(name, at);
  const isContext = scope.context(nearest) !== undefined;
  const noun = isContext && isStep(nearest, scope) ? 'step' : 'name';
  const meant = isContext ? nearest : `${nearest}()`;
  return {
    code: 'TG2010',
    message: `unknown ${noun} '${name}'; did you mean '${meant}'?`,
    at,
    replacement: { at, text: meant },
  };
}

/** A property that an object does not have. */
export function describeUnknownProperty(shape: ObjectShape, name: string, at: Span): TextProblem {
  const nearest = nearestName(name, shape.names());
  const message = `unknown ${shape.noun} '${name}'`;
  if (nearest === undefined) {
    const hint = listNames(shape);
    return { code: 'TG2011', message, at, ...(hint !== undefined && { hint }) };
  }
  // In brackets the key stands in quotes, which its place then covers too.
  const text = at[1] - at[0] === name.length ? nearest : `'${nearest.replaceAll("'", "''")}'`;
  return { code: 'TG2011', message: `${message}; did you mean '${nearest}'?`, at, replacement: { at, text } };
}

export function describeUnknownFunction(name: string, at: Span, scope: Scope): TextProblem {
  const nearest = nearestName(name, functionTable.map((entry) => entry.name));
  if (nearest !== undefined) {
    return { code: 'TG2012', message: `unknown function '${name}'; did you mean '${nearest}'?`, at, replacement: { at, text: nearest } };
  }
  const isName = findIgnoringCase(name, scope.context, scope.names) !== undefined;
  const hint = isName ? `${name} is no function: its properties are read with a dot` : hintByFunction.get(name.toLowerCase());
  return { code: 'TG2012', message: `unknown function '${name}'`, at, ...(hint !== undefined && { hint }) };
}

/** What people look for under another name. */
const hintByFunction: ReadonlyMap<string, string> = new Map([
  ['len', 'how many items a list has is count(list)'],
  ['length', 'how many items a list has is count(list)'],
  ['size', 'how many items a list has is count(list), the size of a file is file_size(path)'],
  ['if', 'a choice is written case(condition, value, otherwise)'],
  ['iif', 'a choice is written case(condition, value, otherwise)'],
  ['not', 'not is written !'],
  ['coalesce', 'the first that has a value is default(value, fallback)'],
  ['concat', "texts are joined with format('{0}{1}', a, b)"],
  ['regex', 'whether a regular expression is found in a text is matches(text, regex)'],
  ['cat', 'the text of a file is read_file(path)'],
]);

function describeMissingParentheses(name: string, isWhole: boolean, at: Span): TextProblem {
  const problem: TextProblem = { code: 'TG2010', message: `${name} is a function: write ${name}(${isWhole ? '' : '…'})`, at };
  return isWhole ? { ...problem, replacement: { at, text: `${name}()` } } : problem;
}

function describeStranger(name: string, at: Span): TextProblem {
  const hint = contextsOfGitHub.get(name.toLowerCase()) ?? `a text stands in single quotes: '${name}'`;
  return { code: 'TG2010', message: `unknown name '${name}'`, at, hint };
}

/** Functions without parameters count: `sucess` may have been meant as one. */
function* namesAndFunctions(scope: Scope): Iterable<string> {
  yield* scope.names();
  for (const { name, parameters } of functionTable) if (parameters.length === 0) yield name;
}

function isStep(name: string, scope: Scope): boolean {
  const steps = scope.context('steps');
  return steps?.kind === 'object' && steps.property(name) !== undefined;
}

const mostListed = 8;

function listNames(shape: ObjectShape): string | undefined {
  const names: string[] = [];
  for (const name of shape.names()) {
    if (names.length === mostListed) return undefined;
    names.push(name);
  }
  return names.length === 0 ? `there is no ${shape.noun} here` : `known here: ${names.join(', ')}`;
}
