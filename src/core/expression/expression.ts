import type { Span } from '../diagnostic/diagnostic.js';

/**
 * A parsed expression as plain data, so that a checked workflow can be stored and read back.
 * Every `at` is in offsets of the string value that the expression was written in.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly at: Span }
  | { readonly kind: 'context'; readonly name: string; readonly at: Span }
  | { readonly kind: 'access'; readonly of: Expression; readonly key: Expression; readonly at: Span }
  | { readonly kind: 'every'; readonly of: Expression; readonly at: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: Span }
  | { readonly kind: 'not'; readonly of: Expression; readonly at: Span }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression; readonly at: Span }
  | { readonly kind: 'logic'; readonly operator: '&&' | '||'; readonly args: readonly Expression[]; readonly at: Span };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A string value cut at its `{{ … }}`: text as it is meant (escapes resolved) and expressions between. */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `at` spans the braces too. */
  | { readonly kind: 'expression'; readonly expression: Expression; readonly at: Span };

/** What evaluation works with: JSON, objects without a prototype. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
