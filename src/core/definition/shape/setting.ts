import type { Span } from '../../diagnostic/diagnostic.js';
import type { Expression, Template } from '../../expression/expression.js';
import type { ScalarStyle } from '../yaml/source-node.js';

/** What a field holds: a value written in the file, or expressions that will make it. */
export type Setting<T> = Written<T> | Computed;

export interface Written<T> {
  readonly kind: 'written';
  readonly value: T;
  readonly at: Span;
}

/** A string value with `{{ … }}` in it. */
export interface Computed {
  readonly kind: 'computed';
  readonly template: Template;
  readonly at: Span;
  readonly style: ScalarStyle;
  readonly whole: string;
}

/** Text for a shell: its expressions are handed over as data, never as text. */
export interface ShellText {
  readonly kind: 'shell';
  readonly template: Template;
  readonly at: Span;
  readonly style: ScalarStyle;
  readonly whole: string;
}

/** An expression that has to be true or false. */
export interface Condition {
  readonly kind: 'condition';
  readonly expression: Expression;
  /** Proof (`check`, asserts) is held to stricter comparisons than a `when`. */
  readonly strict: 'condition' | 'check';
  /** As written, for people. */
  readonly text: string;
  readonly at: Span;
  readonly style: ScalarStyle;
  readonly whole: string;
}

export type Expressive = Computed | ShellText | Condition;

/** The text of a setting when it holds no expression. */
export function writtenText(setting: Setting<string> | undefined): string | undefined {
  return setting?.kind === 'written' ? setting.value : undefined;
}
