import type { PartialValue } from '../unknown.js';
import type { Value } from '../expression.js';
import type { FunctionLibrary } from '../function-library.js';
import type { ValueShape } from '../value-shape.js';

/** One function of the language: what the checker, the evaluator and the reference say of it. */
export interface FunctionEntry {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: ValueShape | ((args: readonly ValueShape[]) => ValueShape);
  readonly summary: string;
  readonly traits?: FunctionTraits;
  readonly call: FunctionCall;
}

export interface FunctionTraits {
  /** Speaks of how earlier steps ended; a `when` that names one is not put under `success()`. */
  readonly status?: true;
  /** Its value depends on the content of files. */
  readonly readsFiles?: true;
  /** Conditions and values in turn, and a last value: an odd number of arguments. */
  readonly pairs?: true;
  /** Its value depends on more than its arguments and files: the environment, the history. */
  readonly readsWorld?: true;
}

export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** May be left out. */
  readonly optional?: true;
  /** May be given any number of times, this one included; only the last parameter can. */
  readonly rest?: true;
}

/**
 * `text` takes any plain value as text, `number` a number or text that is one, `numbers` lists of them too,
 * `texts` text or a list of it, `path` the path of a file, `pattern` a regular expression.
 */
export type ParameterKind = 'any' | 'text' | 'texts' | 'number' | 'numbers' | 'boolean' | 'list' | 'path' | 'pattern';

export type FunctionCall =
  /** Gets its arguments known through and through; is not asked while one of them is not. */
  | { readonly kind: 'eager'; readonly run: (args: readonly Value[], library: FunctionLibrary) => FunctionResult }
  /** Evaluates its arguments itself, as far as it needs them. */
  | { readonly kind: 'lazy'; readonly run: (args: readonly LazyArgument[]) => LazyResult };

export type FunctionResult = { readonly kind: 'value'; readonly value: PartialValue } | FunctionFailure;

export interface FunctionFailure {
  readonly kind: 'failed';
  readonly message: string;
  /** There is no value, and `default()` may give one; otherwise something is wrong. */
  readonly missing: boolean;
}

/** What evaluating an argument gave; opaque to functions but for these three kinds. */
export type ArgumentOutcome =
  | { readonly kind: 'value'; readonly value: PartialValue }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly missing: boolean };

export type LazyArgument = () => ArgumentOutcome;

/** Which argument's outcome is the call's own, or a failure of the call itself. */
export type LazyResult = { readonly kind: 'argument'; readonly index: number } | { readonly kind: 'failed'; readonly message: string };

export function give(value: PartialValue): FunctionResult {
  return { kind: 'value', value };
}

/** There is no value; `default()` may give one. */
export function missing(message: string): FunctionFailure {
  return { kind: 'failed', message, missing: true };
}

/** Something is wrong, and no default must hide it. */
export function wrong(message: string): FunctionFailure {
  return { kind: 'failed', message, missing: false };
}
