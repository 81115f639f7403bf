import type { Span } from '../../diagnostic/diagnostic.js';
import type { SourceNode } from '../yaml/source-node.js';
import type { Computed, Written } from './setting.js';
import type { Reading, Shape } from './shape.js';
import { readComputed } from './text.js';

/** Any JSON value; its strings may hold expressions. */
export type AnyValue =
  | Written<string | number | boolean | null>
  | Computed
  | { readonly kind: 'list'; readonly items: readonly AnyValue[]; readonly at: Span }
  | { readonly kind: 'map'; readonly entries: readonly { readonly key: string; readonly value: AnyValue }[]; readonly at: Span };

export function anyValue(expects = 'any value'): Shape<AnyValue> {
  return { expects, schema: () => ({}), read: (node, _subject, reading) => readAny(node, reading) };
}

/** A map whose content another tool reads: GitHub steps, headers, a schema. */
export function openMap(expects: string): Shape<AnyValue> {
  const any = anyValue(expects);
  return { ...any, schema: () => ({ type: 'object' }) };
}

/** Depth is bounded by the pre-scan. */
function readAny(node: SourceNode, reading: Reading): AnyValue {
  if (node.kind === 'list') return { kind: 'list', items: node.items.map((item) => readAny(item, reading)), at: node.at };
  if (node.kind === 'map') {
    return { kind: 'map', entries: node.entries.map((entry) => ({ key: entry.key, value: readAny(entry.value, reading) })), at: node.at };
  }
  if (typeof node.value === 'string') return readComputed(node, reading) ?? { kind: 'written', value: node.text, at: node.at };
  return { kind: 'written', value: node.value, at: node.at };
}

/** The plain value of what was written, if no expression is in it. */
export function plainValue(value: AnyValue): unknown {
  if (value.kind === 'written') return value.value;
  if (value.kind === 'computed') return undefined;
  if (value.kind === 'list') return value.items.map(plainValue);
  const plain: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const { key, value: inner } of value.entries) plain[key] = plainValue(inner);
  return plain;
}
