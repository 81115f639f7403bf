import type { Span } from '../../diagnostic/diagnostic.js';

/** A YAML document without YAML: what was written, and where. Aliases share the node of their anchor. */
export type SourceNode = ScalarNode | ListNode | MapNode;

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode {
  readonly kind: 'scalar';
  /** By YAML 1.2's core schema. */
  readonly value: string | number | boolean | null;
  /** The scalar as text: decoded if quoted, else as written (`1.0` stays `1.0`). */
  readonly text: string;
  readonly style: ScalarStyle;
  readonly at: Span;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
  readonly at: Span;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly at: Span;
}

export interface MapEntry {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: SourceNode;
}
