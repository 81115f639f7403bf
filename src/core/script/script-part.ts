import type { Span } from '../diagnostic/diagnostic.js';

/** The shells that values can be handed to. */
export type Shell = 'bash' | 'sh';

/** A place in a command where the value of an expression belongs. */
export interface ValuePart {
  readonly kind: 'value';
  /** What is known of it before a run; only numbers and booleans may stand in arithmetic. */
  readonly type: 'number' | 'boolean' | 'other';
  readonly at: Span;
}

/** A command as its author wrote it: text, with places for values in between. */
export type ScriptPart = { readonly kind: 'text'; readonly text: string } | ValuePart;

/** What a value can be when the command starts. */
export type ScriptValue = string | number | boolean | null;

/** Values by the index of their part; places of text are not looked at. */
export type ScriptValues = readonly (ScriptValue | undefined)[];
