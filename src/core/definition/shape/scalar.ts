import { nearestName } from '../../diagnostic/nearest-name.js';
import type { ScalarNode } from '../yaml/source-node.js';
import type { JsonSchema } from './json-schema.js';
import type { Setting } from './setting.js';
import type { Reading, Shape } from './shape.js';
import { clip, refuse, refuseKind } from './shape.js';
import { readComputed } from './text.js';

/** A value as written, with its place. */
export interface Word<T extends string = string> {
  readonly value: T;
  readonly at: readonly [number, number];
}

const computedSchema: JsonSchema = { type: 'string', pattern: '\\{\\{' };

/** A name in a form of its own; expressions cannot make one. */
export function word(expects: string, form: RegExp): Shape<Word> {
  return {
    expects,
    schema: () => ({ type: 'string', pattern: form.source }),
    read: (node, subject, reading) => {
      if (node.kind !== 'scalar' || node.value === null) return refuseKind(node, subject, expects, reading);
      if (node.text.includes('{{') && !reading.literal) return refuseExpression(node, subject, reading);
      if (!form.test(node.text)) {
        return refuse(reading, { code: 'TG1109', message: `${subject} wants ${expects}; '${clip(node.text)}' is none`, span: node.at });
      }
      return { value: node.text, at: node.at };
    },
  };
}

/** Any text, but none that expressions could change. */
export function plainWord(expects: string): Shape<Word> {
  return word(expects, /\S/u);
}

/** One of a few words. */
export function choice<const T extends string>(words: readonly T[]): Shape<Word<T>> {
  const expects = `one of ${words.join(', ')}`;
  return {
    expects,
    schema: () => ({ enum: words }),
    read: (node, subject, reading) => {
      if (node.kind !== 'scalar' || node.value === null) return refuseKind(node, subject, expects, reading);
      if (node.text.includes('{{') && !reading.literal) return refuseExpression(node, subject, reading);
      const found = words.find((each) => each === node.text);
      if (found !== undefined) return { value: found, at: node.at };
      const near = nearestName(node.text, words);
      return refuse(reading, {
        code: 'TG1104',
        message: `${subject} cannot be '${clip(node.text)}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
        span: node.at,
        hint: `it is ${expects}`,
        fix: near === undefined ? undefined : { title: `Write ${near}`, safe: false, edits: [{ span: node.at, text: near }] },
      });
    },
  };
}

/** `true` or `false`, or an expression. */
export function flag(): Shape<Setting<boolean>> {
  const expects = 'true or false';
  return {
    expects,
    schema: () => ({ anyOf: [{ type: 'boolean' }, computedSchema] }),
    read: (node, subject, reading) => {
      if (node.kind !== 'scalar') return refuseKind(node, subject, expects, reading);
      if (typeof node.value === 'boolean') return { kind: 'written', value: node.value, at: node.at };
      const computed = readComputed(node, reading);
      if (computed !== undefined) return computed;
      const meant = /^(?:yes|on|y)$/iu.test(node.text) ? 'true' : /^(?:no|off|n)$/iu.test(node.text) ? 'false' : undefined;
      if (meant === undefined && typeof node.value !== 'string') return refuseKind(node, subject, expects, reading);
      const unquoted = /^(?:true|false)$/iu.test(node.text) ? node.text.toLowerCase() : meant;
      return refuse(reading, {
        code: 'TG1103',
        message: `${subject} wants ${expects}; this is the text '${clip(node.text)}'`,
        span: node.at,
        hint: unquoted === undefined ? undefined : `write ${unquoted}`,
        fix: unquoted === undefined ? undefined : { title: `Write ${unquoted}`, safe: false, edits: [{ span: node.at, text: unquoted }] },
      });
    },
  };
}

export interface NumberRange {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** A number within a range, or an expression. */
export function number(expects: string, range: NumberRange = {}): Shape<Setting<number>> {
  return {
    expects,
    schema: () => ({ anyOf: [numberSchema(range), computedSchema] }),
    read: (node, subject, reading) => {
      if (node.kind !== 'scalar') return refuseKind(node, subject, expects, reading);
      if (typeof node.value !== 'number') return readComputed(node, reading) ?? refuseKind(node, subject, expects, reading);
      if (!inRange(node.value, range)) {
        return refuse(reading, { code: 'TG1105', message: `${subject} wants ${expects}; ${clip(node.text)} is not`, span: node.at });
      }
      return { kind: 'written', value: node.value, at: node.at };
    },
  };
}

/** A form of text of its own, such as a duration, that is read into a value; or an expression. */
export function parsed<T>(form: ParsedForm<T>): Shape<Setting<T>> {
  return {
    expects: form.expects,
    schema: () => ({ anyOf: [form.schema, computedSchema] }),
    read: (node, subject, reading) => {
      if (node.kind !== 'scalar' || node.value === null) return refuseKind(node, subject, form.expects, reading);
      const computed = readComputed(node, reading);
      if (computed !== undefined) return computed;
      const result = form.parse(node);
      if (result.kind === 'value') return { kind: 'written', value: result.value, at: node.at };
      const { write } = result;
      return refuse(reading, {
        code: form.code,
        message: `${subject} wants ${form.expects}; this is ${typeof node.value === 'number' ? 'the number ' : ''}${clip(node.text)}`,
        span: node.at,
        hint: write === undefined ? undefined : `write ${write}`,
        fix: write === undefined ? undefined : { title: `Write ${write}`, safe: false, edits: [{ span: node.at, text: write }] },
      });
    },
  };
}

export interface ParsedForm<T> {
  readonly expects: string;
  readonly code: 'TG1103' | 'TG1106';
  readonly schema: JsonSchema;
  readonly parse: (node: ScalarNode) => { readonly kind: 'value'; readonly value: T } | { readonly kind: 'malformed'; readonly write?: string };
}

export function inRange(value: number, range: NumberRange): boolean {
  if (!Number.isFinite(value)) return false;
  if (range.integer === true && !Number.isSafeInteger(value)) return false;
  if (range.above !== undefined && value <= range.above) return false;
  return value >= (range.min ?? -Infinity) && value <= (range.max ?? Infinity);
}

function numberSchema(range: NumberRange): JsonSchema {
  return {
    type: range.integer === true ? 'integer' : 'number',
    ...(range.min === undefined ? {} : { minimum: range.min }),
    ...(range.above === undefined ? {} : { exclusiveMinimum: range.above }),
    ...(range.max === undefined ? {} : { maximum: range.max }),
  };
}

function refuseExpression(node: ScalarNode, subject: string, reading: Reading): undefined {
  return refuse(reading, {
    code: 'TG1111',
    message: `${subject} cannot be made by an expression`,
    span: node.at,
    hint: 'it has to be known before anything runs: write it out',
  });
}
