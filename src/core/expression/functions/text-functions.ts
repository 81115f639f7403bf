import { compareValues, isPlain, toText, upperCase } from '../coerce-value.js';
import type { Value } from '../expression.js';
import { isList } from '../unknown.js';
import { formatText } from './format-text.js';
import { give, wrong } from './function-entry.js';
import type { FunctionEntry } from './function-entry.js';

const containsFunction: FunctionEntry = {
  name: 'contains',
  parameters: [
    { name: 'search', kind: 'any' },
    { name: 'item', kind: 'any' },
  ],
  result: { kind: 'boolean' },
  summary: 'Whether a text holds another, or a list holds an item, whatever the case.',
  call: { kind: 'eager', run: ([search = null, item = null]) => give(holds(search, item)) },
};

function holds(search: Value, item: Value): boolean {
  if (isList(search)) return search.some((entry) => compareValues(item, entry) === 'equal');
  if (!isPlain(search) || !isPlain(item)) return false;
  return toText(search).toLowerCase().includes(toText(item).toLowerCase());
}

const startsWithFunction: FunctionEntry = {
  name: 'startsWith',
  parameters: [
    { name: 'text', kind: 'text' },
    { name: 'start', kind: 'text' },
  ],
  result: { kind: 'boolean' },
  summary: 'Whether a text begins with another, whatever the case.',
  call: { kind: 'eager', run: ([text = null, start = null]) => give(compareUpper(text, start, (a, b) => a.startsWith(b))) },
};

const endsWithFunction: FunctionEntry = {
  name: 'endsWith',
  parameters: [
    { name: 'text', kind: 'text' },
    { name: 'end', kind: 'text' },
  ],
  result: { kind: 'boolean' },
  summary: 'Whether a text ends with another, whatever the case.',
  call: { kind: 'eager', run: ([text = null, end = null]) => give(compareUpper(text, end, (a, b) => a.endsWith(b))) },
};

function compareUpper(text: Value, part: Value, test: (text: string, part: string) => boolean): boolean {
  return isPlain(text) && isPlain(part) && test(upperCase(toText(text)), upperCase(toText(part)));
}

const formatFunction: FunctionEntry = {
  name: 'format',
  parameters: [
    { name: 'pattern', kind: 'text' },
    { name: 'values', kind: 'text', rest: true, optional: true },
  ],
  result: { kind: 'string' },
  summary: "A text with {0}, {1} … replaced by the values; '{{' and '}}' in it stand for single braces.",
  call: { kind: 'eager', run: ([pattern = null, ...values]) => formatText(toText(pattern), values.map(toText)) },
};

const joinFunction: FunctionEntry = {
  name: 'join',
  parameters: [
    { name: 'list', kind: 'any' },
    { name: 'separator', kind: 'text', optional: true },
  ],
  result: { kind: 'string' },
  summary: "The items of a list as one text, with ',' between them unless another separator is given.",
  call: { kind: 'eager', run: ([list = null, separator = ',']) => give(joinItems(list, separator)) },
};

function joinItems(list: Value, separator: Value): string {
  if (isList(list)) return list.map(toText).join(isPlain(separator) ? toText(separator) : ',');
  return isPlain(list) ? toText(list) : '';
}

const matchesFunction: FunctionEntry = {
  name: 'matches',
  parameters: [
    { name: 'text', kind: 'text' },
    { name: 'regex', kind: 'pattern' },
  ],
  result: { kind: 'boolean' },
  summary: 'Whether a regular expression (RE2 syntax, case counts) is found in a text, in time linear in its length.',
  call: {
    kind: 'eager',
    run: ([text = null, pattern = null], library) => {
      const answer = library.matches(toText(text), toText(pattern));
      return typeof answer === 'boolean' ? give(answer) : wrong(`matches(): ${answer.error}`);
    },
  },
};

export const textFunctions: readonly FunctionEntry[] = [
  containsFunction,
  startsWithFunction,
  endsWithFunction,
  formatFunction,
  joinFunction,
  matchesFunction,
];
