import type { Value } from './expression.js';

/** Stands for a value that is not known yet, such as the output of a step that has not run. */
export const unknownValue: unique symbol = Symbol('not known before the run');

export type Unknown = typeof unknownValue;

/** A value in which some parts may not be known yet. */
export type PartialValue =
  | Value
  | Unknown
  | readonly PartialValue[]
  | { readonly [key: string]: PartialValue };

/** Whether nothing in the value is unknown. */
export function isKnown(value: PartialValue): value is Value {
  if (value === unknownValue) return false;
  if (value === null || typeof value !== 'object') return true;
  const parts = isList(value) ? value : Object.values(value);
  return parts.every(isKnown);
}

/** `Array.isArray` for values, which keeps their type. */
export function isList(value: PartialValue): value is readonly PartialValue[] {
  return Array.isArray(value);
}

/** Anything with named properties: neither a list nor a plain value. */
export function isObject(value: PartialValue): value is { readonly [key: string]: PartialValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
