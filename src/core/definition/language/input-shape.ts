import type { RecordOf } from '../shape/collection.js';
import { list, mapOf, optional, record, refine, required } from '../shape/collection.js';
import { anyValue } from '../shape/any-value.js';
import { choice, number, plainWord } from '../shape/scalar.js';
import { refuse } from '../shape/shape.js';
import { text } from '../shape/text.js';
import { anyKey, idKey } from './names.js';

export const inputTypes = ['string', 'number', 'boolean', 'choice', 'json', 'file', 'artifact'] as const;
export type InputType = (typeof inputTypes)[number];

const inputFields = {
  type: required(choice(inputTypes), 'string, number, boolean, choice, json, file or artifact'),
  required: optional(yesOrNo(), 'must be given, unless there is a default'),
  default: optional(anyValue(), 'the value when none is given'),
  description: optional(text(), 'shown by `show` and in the dispatch form'),
  options: optional(list(anyValue('a value'), 1), 'the values it can have'),
  min: optional(number('a number'), 'the smallest number'),
  max: optional(number('a number'), 'the largest number'),
  pattern: optional(plainWord('a regular expression'), 'what the whole text must match'),
  from: optional(plainWord('<workflow>/<name>[@<run>, @latest-go, @<tag>]'), 'where an artifact comes from'),
};

/** Something that is given to the run. */
export type InputDeclaration = RecordOf<typeof inputFields>;

export const inputs = () => mapOf(refine(record('an input such as { type: string, default: x }', inputFields), isConsistent), idKey);

const outputFields = {
  type: optional(choice(inputTypes), 'what kind of value it is'),
  value: optional(anyValue('an expression'), 'what it is worth at the end; without one it is null'),
  description: optional(text(), 'shown by `show`'),
};

/** Something that the run gives back. */
export const workflowOutputs = () => mapOf(record('an output such as { value: "{{ … }}" }', outputFields), idKey);

export const constants = () => mapOf(anyValue(), anyKey);

function yesOrNo() {
  return {
    ...choice(['true', 'false']),
    expects: 'true or false',
    schema: () => ({ type: 'boolean' as const }),
  };
}

const isConsistent = (input: InputDeclaration, _node: unknown, reading: Parameters<typeof refuse>[0]): boolean => {
  const problems: [boolean, string, string][] = [
    [input.type.value === 'choice' && input.options === undefined, 'a choice needs its options', 'add options: [ … ]'],
    [input.from !== undefined && input.type.value !== 'artifact', "'from' is for inputs of type artifact", 'change the type or remove it'],
    [input.pattern !== undefined && !['string', 'file', 'choice'].includes(input.type.value), "'pattern' is for text", 'remove it'],
    [(input.min ?? input.max) !== undefined && input.type.value !== 'number', "'min' and 'max' are for numbers", 'change the type or remove them'],
  ];
  for (const [wrong, message, hint] of problems) {
    if (wrong) refuse(reading, { code: 'TG1108', message, span: input.at, hint });
  }
  if (input.pattern !== undefined && !isRegularExpression(input.pattern.value)) {
    refuse(reading, { code: 'TG1112', message: `'${input.pattern.value}' is not a regular expression`, span: input.pattern.at });
    return false;
  }
  return true;
};

export function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
