import { parseArtifactReference } from '../../artifact/artifact-reference.js';
import type { RecordOf } from '../shape/collection.js';
import { list, mapOf, optional, record, refine, required, says } from '../shape/collection.js';
import { anyValue } from '../shape/any-value.js';
import { choice, number, plainWord } from '../shape/scalar.js';
import type { Span } from '../../diagnostic/diagnostic.js';
import type { Reading } from '../shape/shape.js';
import { refuse } from '../shape/shape.js';
import type { SourceNode } from '../yaml/source-node.js';
import { text } from '../shape/text.js';
import { anyKey, idKey } from './names.js';

export const inputTypes = ['string', 'number', 'boolean', 'choice', 'json', 'file', 'artifact'] as const;
export type InputType = (typeof inputTypes)[number];

const inputFields = {
  type: required(choice(inputTypes), 'what kind of value it is'),
  required: optional(yesOrNo(), 'must be given, unless there is a default'),
  default: optional(anyValue(), 'the value when none is given'),
  description: optional(text(), 'shown by `show` and in the dispatch form'),
  options: optional(list(anyValue('a value'), 1), 'the values it can have'),
  min: optional(number('a number'), 'the smallest number'),
  max: optional(number('a number'), 'the largest number'),
  pattern: optional(plainWord('a regular expression'), 'what the whole text must match'),
  from: optional(plainWord('<workflow>/<name>[@<run>, @latest-go, @<tag>]'), 'which artifact it is (default: the latest of a run with verdict GO); its value is the path of a folder'),
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

const isConsistent = (input: InputDeclaration, node: SourceNode, reading: Reading): boolean => {
  const { type, from, pattern } = input;
  const bound = input.min ?? input.max;
  const problems: [Span | undefined, string, string][] = [
    [type.value === 'choice' && !says(node, 'options') ? type.at : undefined, 'a choice needs its options', 'add options: [ … ]'],
    [type.value === 'artifact' ? undefined : from?.at, "'from' is for inputs of type artifact", 'change the type or remove it'],
    [['string', 'file', 'choice'].includes(type.value) ? undefined : pattern?.at, "'pattern' is for text", 'change the type or remove it'],
    [type.value === 'number' ? undefined : bound?.at, "'min' and 'max' are for numbers", 'change the type or remove them'],
  ];
  for (const [span, message, hint] of problems) {
    if (span !== undefined) refuse(reading, { code: 'TG1108', message, span, hint });
  }
  if (from !== undefined && parseArtifactReference(from.value) === undefined) {
    refuse(reading, { code: 'TG1108', message: `'from' names an artifact as <workflow>/<name>; '${from.value}' is none`, span: from.at, hint: 'write from: measure/coverage, or measure/coverage@<run>, @latest-go or @<tag>' });
    return false;
  }
  if (input.pattern !== undefined && !isRegularExpression(input.pattern.value)) {
    refuse(reading, { code: 'TG1112', message: `'${input.pattern.value}' is not a regular expression`, span: input.pattern.at, hint: 'it is in the syntax of JavaScript, and has to match the whole text' });
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
