import type { DiagnosticCode } from '../../diagnostic/codes.js';
import type { Diagnostic, Fix, Span } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import type { SourceNode } from '../yaml/source-node.js';
import type { JsonSchema, SchemaNames } from './json-schema.js';

/**
 * What a piece of the language looks like. One description serves the parser (with positions),
 * the JSON Schema and the reference.
 */
export interface Shape<T> {
  /** How messages and the reference name it: «a duration such as 30s, 10m or none». */
  readonly expects: string;
  /** Reads the value; after reporting what is wrong with it, answers `undefined`. */
  readonly read: (node: SourceNode, subject: string, reading: Reading) => T | undefined;
  readonly schema: (names: SchemaNames) => JsonSchema;
  /** What lies inside, for the reference; a plain value has nothing inside. */
  readonly parts?: () => ShapeParts;
}

/** The keys of a record, or the shapes that a list, a map or a choice is made of. */
export interface ShapeParts {
  readonly fields?: Readonly<Record<string, { readonly shape: Shape<unknown>; readonly required: boolean; readonly summary: string }>>;
  readonly shapes?: readonly Shape<unknown>[];
}

export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** What reading needs beside the node: where it stands and where problems go. */
export interface Reading {
  readonly source: SourceText;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Inside `expressions: false`, braces are text. */
  readonly literal: boolean;
  /** The author's own step types. */
  readonly customTypes: ReadonlySet<string>;
}

/** Reports an error and answers what a shape answers then. */
export function refuse(reading: Reading, problem: ShapeProblem): undefined {
  const { code, message, span, hint, fix } = problem;
  reading.report({ code, severity: 'error', message, span, ...(hint === undefined ? {} : { hint }), ...(fix === undefined ? {} : { fix }) });
  return undefined;
}

export interface ShapeProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly span: Span;
  readonly hint?: string | undefined;
  readonly fix?: Fix | undefined;
}

export function refuseKind(node: SourceNode, subject: string, expects: string, reading: Reading): undefined {
  return refuse(reading, {
    code: 'TG1103',
    message: `${subject} wants ${expects}; this is ${describeNode(node)}`,
    span: headOf(node),
  });
}

/** The words for what stands there: «the number 5», «a list of 3», «nothing». */
export function describeNode(node: SourceNode): string {
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : `a list of ${node.items.length}`;
  if (node.kind === 'map') return node.entries.length === 0 ? 'an empty map' : `a map with the key '${clip(node.entries[0]?.key ?? '')}'`;
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `the text '${clip(node.text)}'`;
  return `the ${typeof node.value} ${clip(node.text)}`;
}

/** Where to point for a node that may cover many lines: a scalar, or the first key or item of a collection. */
export function headOf(node: SourceNode): Span {
  if (node.kind === 'map') return node.entries[0]?.keyAt ?? node.at;
  if (node.kind === 'list') {
    const first = node.items[0];
    return first === undefined ? node.at : headOf(first);
  }
  return node.at;
}

export function clip(text: string, length = 40): string {
  const line = text.replace(/\s+/gu, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
