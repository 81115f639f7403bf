import type { Span } from '../../diagnostic/diagnostic.js';
import { nearestName } from '../../diagnostic/nearest-name.js';
import type { MapEntry, MapNode, SourceNode } from '../yaml/source-node.js';
import type { JsonSchema } from './json-schema.js';
import type { Reading, Shape, Shaped } from './shape.js';
import { clip, describeNode, headOf, refuse, refuseKind } from './shape.js';

/** A list of things of one shape; what cannot be read is left out after its report. */
export function list<T>(of: Shape<T>, atLeast: 0 | 1 = 0): Shape<readonly T[]> {
  const expects = `a list of ${of.expects}`;
  return {
    expects,
    schema: (names) => ({ type: 'array', items: of.schema(names), ...(atLeast === 0 ? {} : { minItems: atLeast }) }),
    parts: () => ({ shapes: [of] }),
    read: (node, subject, reading) => {
      if (node.kind !== 'list') {
        if (node.kind !== 'scalar' || node.value === null || isRecord(of)) return refuseKind(node, subject, expects, reading);
        const written = reading.source.text.slice(node.at[0], node.at[1]);
        const inline = node.style === 'single' || node.style === 'double' || /^[\w./*-]+$/u.test(written);
        return refuse(reading, {
          code: 'TG1103',
          message: `${subject} wants ${expects}; this is ${describeNode(node)}`,
          span: node.at,
          hint: 'put it in brackets',
          fix: inline ? { title: `Write [${clip(written)}]`, safe: false, edits: [{ span: node.at, text: `[${written}]` }] } : undefined,
        });
      }
      if (node.items.length < atLeast) {
        return refuse(reading, { code: 'TG1107', message: `${subject} must not be empty`, span: node.at });
      }
      const items: T[] = [];
      for (const item of node.items) {
        const value = of.read(item, `an item of ${subject}`, reading);
        if (value !== undefined) items.push(value);
      }
      return items;
    },
  };
}

/** What can only be a map cannot be mended with brackets. */
function isRecord(shape: Shape<unknown>): boolean {
  const { fields, shapes = [] } = shape.parts?.() ?? {};
  return fields !== undefined || (shapes.length === 1 && shapes[0]?.parts?.().fields !== undefined);
}

/** One entry of a map whose keys are the author's own. */
export interface Named<T> {
  readonly name: string;
  readonly nameAt: Span;
  readonly value: T;
}

/** A map from the author's names to things of one shape. */
export function mapOf<T>(of: Shape<T>, key: { readonly expects: string; readonly form: RegExp }): Shape<readonly Named<T>[]> {
  const expects = `a map from ${key.expects} to ${of.expects}`;
  return {
    expects,
    schema: (names) => ({ type: 'object', additionalProperties: of.schema(names), propertyNames: { type: 'string', pattern: key.form.source } }),
    parts: () => ({ shapes: [of] }),
    read: (node, subject, reading) => {
      if (node.kind !== 'map') return refuseKind(node, subject, expects, reading);
      const entries: Named<T>[] = [];
      for (const entry of node.entries) {
        if (!key.form.test(entry.key)) {
          refuse(reading, { code: 'TG1109', message: `'${clip(entry.key)}' in ${subject} is not ${key.expects}`, span: entry.keyAt });
          continue;
        }
        const value = of.read(entry.value, `'${entry.key}' in ${subject}`, reading);
        if (value !== undefined) entries.push({ name: entry.key, nameAt: entry.keyAt, value });
      }
      return entries;
    },
  };
}

/** A key of a record: what it holds, whether it must be there, and a sentence for the reference. */
export interface Field<T, Required extends boolean = boolean> {
  readonly shape: Shape<T>;
  readonly required: Required;
  readonly summary: string;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type RecordOf<F extends Fields> = { readonly at: Span } & {
  readonly [K in keyof F as F[K]['required'] extends true ? K : never]: Shaped<F[K]['shape']>;
} & { readonly [K in keyof F as F[K]['required'] extends true ? never : K]?: Shaped<F[K]['shape']> };

export function required<T>(shape: Shape<T>, summary: string): Field<T, true> {
  return { shape, required: true, summary };
}

export function optional<T>(shape: Shape<T>, summary: string): Field<T, false> {
  return { shape, required: false, summary };
}

/** Fields with what reading them again and again would ask for again and again. */
export interface FieldTable {
  readonly fields: ReadonlyMap<string, Field<unknown>>;
  readonly required: readonly string[];
}

export function tabulate(fields: Fields): FieldTable {
  const entries = Object.entries(fields);
  return { fields: new Map(entries), required: entries.filter(([, field]) => field.required).map(([key]) => key) };
}

/** A map with known keys. */
export function record<F extends Fields>(expects: string, fields: F): Shape<RecordOf<F>> {
  const table = tabulate(fields);
  return {
    expects,
    schema: (names) => recordSchema(fields, names),
    parts: () => ({ fields }),
    read: (node, subject, reading) => {
      if (node.kind !== 'map') return refuseKind(node, subject, expects, reading);
      const { values, complete } = readFields(node, table, { subject, reading });
      return complete ? (values as RecordOf<F>) : undefined;
    },
  };
}

/** Whose fields are read, for messages, and what to say of a key that is none of them. */
export interface FieldsPlace {
  readonly subject: string;
  readonly reading: Reading;
  /** Answers true when it has reported the key itself. */
  readonly foreign?: (entry: MapEntry) => boolean;
}

export interface ReadFields {
  readonly values: Record<string, unknown>;
  /** Every required key is there. */
  readonly complete: boolean;
  /** Keys whose value was reported: what depends on them is not looked at. */
  readonly unread: readonly string[];
}

/** Reads the known keys of a map, reports the others, and says whether every required one is there. */
export function readFields(node: MapNode, table: FieldTable, place: FieldsPlace): ReadFields {
  const { subject, reading } = place;
  const values: Record<string, unknown> = { at: headOf(node) };
  const unread: string[] = [];
  const slips = new Set<string>();
  for (const entry of node.entries) {
    const field = table.fields.get(entry.key);
    if (field === undefined) {
      if (place.foreign?.(entry) === true) continue;
      const meant = refuseUnknownKey(entry, [...table.fields.keys()], place);
      if (meant !== undefined) slips.add(meant);
      continue;
    }
    const value = field.shape.read(entry.value, `'${entry.key}'`, reading);
    if (value === undefined) unread.push(entry.key);
    else values[entry.key] = value;
  }
  const missing = table.required.filter((key) => values[key] === undefined);
  for (const key of missing) {
    const field = table.fields.get(key);
    if (field === undefined || slips.has(key) || says(node, key)) continue;
    refuse(reading, { code: 'TG1102', message: `${subject} needs '${key}': ${field.shape.expects}`, span: headOf(node), hint: field.summary });
  }
  return { values, complete: missing.length === 0, unread };
}

/** Answers the key that was most likely meant: it is not missing as well. */
function refuseUnknownKey(entry: MapEntry, known: readonly string[], place: FieldsPlace): string | undefined {
  const near = nearestName(entry.key, known);
  refuse(place.reading, {
    code: 'TG1101',
    message: `unknown key '${clip(entry.key)}' in ${place.subject}${near === undefined ? '' : `; did you mean '${near}'?`}`,
    span: entry.keyAt,
    hint: near === undefined ? `it takes ${known.join(', ')}` : undefined,
    fix: near === undefined ? undefined : { title: `Write ${near}`, safe: false, edits: [{ span: entry.keyAt, text: near }] },
  });
  return near;
}

export function recordSchema(fields: Fields, names: Parameters<Shape<unknown>['schema']>[0]): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [key, field] of Object.entries(fields)) {
    properties[key] = { description: field.summary, ...field.shape.schema(names) };
  }
  const needed = Object.entries(fields).filter(([, field]) => field.required).map(([key]) => key);
  return { type: 'object', properties, additionalProperties: false, ...(needed.length === 0 ? {} : { required: needed }) };
}

/** One of several shapes, told apart by the look of the node before any of them reads it. */
export function either<const C extends readonly Case<unknown>[]>(expects: string, cases: C): Shape<Shaped<C[number]['shape']>> {
  type T = Shaped<C[number]['shape']>;
  return {
    expects,
    schema: (names) => ({ anyOf: cases.map((each) => each.shape.schema(names)) }),
    parts: () => ({ shapes: cases.map((each) => each.shape) }),
    read: (node, subject, reading) => {
      const found = cases.find((each) => each.looks(node));
      if (found === undefined) return refuseKind(node, subject, expects, reading);
      return found.shape.read(node, subject, reading) as T | undefined;
    },
  };
}

export interface Case<T> {
  readonly looks: (node: SourceNode) => boolean;
  readonly shape: Shape<T>;
}

export const isScalar = (node: SourceNode): boolean => node.kind === 'scalar' && node.value !== null;
export const isMap = (node: SourceNode): boolean => node.kind === 'map';
export const isList = (node: SourceNode): boolean => node.kind === 'list';
export const isFlag = (node: SourceNode): boolean => node.kind === 'scalar' && typeof node.value === 'boolean';

/** Whether a map has a key, readable or not. */
export function says(node: SourceNode, key: string): boolean {
  return node.kind === 'map' && node.entries.some((entry) => entry.key === key);
}

/** A map with this key is the case meant, whatever else is wrong with it. */
export function hasKey(key: string): (node: SourceNode) => boolean {
  return (node) => says(node, key);
}

/** A shape that refers to another before it exists, or to itself. */
export function later<T>(name: string, expects: string, get: () => Shape<T>): Shape<T> {
  return {
    expects,
    schema: (names) => names.define(name, () => get().schema(names)),
    parts: () => ({ shapes: [get()] }),
    read: (node, subject, reading) => get().read(node, subject, reading),
  };
}

/** The same shape with a closer look at what was read. */
export function refine<T>(shape: Shape<T>, look: (value: T, node: SourceNode, reading: Reading) => boolean): Shape<T> {
  return {
    ...shape,
    read: (node, subject, reading) => {
      const value = shape.read(node, subject, reading);
      return value !== undefined && look(value, node, reading) ? value : undefined;
    },
  };
}

/** The same shape, with its value tagged or folded into another form. */
export function as<T, U>(shape: Shape<T>, turn: (value: T, node: SourceNode) => U): Shape<U> {
  const { expects, schema, parts } = shape;
  return {
    expects,
    schema,
    ...(parts === undefined ? {} : { parts }),
    read: (node, subject, reading) => {
      const value = shape.read(node, subject, reading);
      return value === undefined ? undefined : turn(value, node);
    },
  };
}
