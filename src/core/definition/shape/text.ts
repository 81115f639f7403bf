import type { Template } from '../../expression/expression.js';
import { parseCondition } from '../../expression/parse-condition.js';
import { parseTemplate } from '../../expression/parse-template.js';
import type { ScalarNode, SourceNode } from '../yaml/source-node.js';
import type { JsonSchema } from './json-schema.js';
import { locateTextProblem, placeOf } from './report-text-problem.js';
import type { Computed, Condition, Setting, ShellText } from './setting.js';
import type { Reading, Shape } from './shape.js';
import { refuse, refuseKind } from './shape.js';

const textSchema: JsonSchema = { type: ['string', 'number', 'boolean'] };

/** Text that may hold expressions; a number or boolean counts as the text it was written as. */
export function text(expects = 'text'): Shape<Setting<string>> {
  return {
    expects,
    schema: () => textSchema,
    read: (node, subject, reading) => {
      const scalar = asText(node, subject, expects, reading);
      if (scalar === undefined) return undefined;
      return readComputed(scalar, reading) ?? { kind: 'written', value: plainText(scalar, reading), at: scalar.at };
    },
  };
}

/** A script or command for a shell. */
export function shellText(expects = 'a command'): Shape<ShellText> {
  return {
    expects,
    schema: () => ({ type: 'string' }),
    read: (node, subject, reading) => {
      const scalar = asText(node, subject, expects, reading);
      if (scalar === undefined) return undefined;
      if (scalar.text.trim() === '') {
        return refuse(reading, { code: 'TG1107', message: `${subject} is empty`, span: scalar.at, hint: 'write the command to run' });
      }
      return { kind: 'shell', template: readTemplate(scalar, reading), ...placeOf(scalar) };
    },
  };
}

/** An expression, with or without braces, that has to be true or false. */
export function condition(strict: 'condition' | 'check' = 'condition'): Shape<Condition> {
  const expects = 'a condition such as inputs.deploy == true';
  return {
    expects,
    schema: () => ({ type: ['string', 'boolean'] }),
    read: (node, subject, reading) => {
      const scalar = asText(node, subject, expects, reading);
      if (scalar === undefined) return undefined;
      const { expression, problems } = parseCondition(scalar.text);
      for (const problem of problems) reading.report(locateTextProblem(reading.source, placeOf(scalar), problem));
      if (expression === undefined) return undefined;
      return { kind: 'condition', expression, strict, text: scalar.text.trim(), ...placeOf(scalar) };
    },
  };
}

/** The expressions of a scalar; `undefined` when it has none and is only itself. */
export function readComputed(scalar: ScalarNode, reading: Reading): Computed | undefined {
  if (reading.literal || !scalar.text.includes('{{')) return undefined;
  const template = readTemplate(scalar, reading);
  if (template.every((part) => part.kind === 'text')) return undefined;
  return { kind: 'computed', template, ...placeOf(scalar) };
}

function readTemplate(scalar: ScalarNode, reading: Reading): Template {
  if (reading.literal) return [{ kind: 'text', text: scalar.text }];
  const { parts, problems } = parseTemplate(scalar.text);
  for (const problem of problems) reading.report(locateTextProblem(reading.source, placeOf(scalar), problem));
  return parts;
}

/** A scalar without expressions may still hold escaped braces. */
function plainText(scalar: ScalarNode, reading: Reading): string {
  if (reading.literal || !scalar.text.includes('{{')) return scalar.text;
  return parseTemplate(scalar.text).parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

function asText(node: SourceNode, subject: string, expects: string, reading: Reading): ScalarNode | undefined {
  if (node.kind !== 'scalar' || node.value === null) return refuseKind(node, subject, expects, reading);
  return node;
}
