import type { Strictness } from './evaluation-world.js';
import type { PartialValue } from './unknown.js';
import { isList, unknownValue } from './unknown.js';

/** A value as text, as GitHub writes it: nothing for null, at most 15 decimals, a word for what is no plain value. */
export function toText(value: PartialValue): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return value === 0 ? '0' : String(Number(value.toFixed(15)));
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null || value === unknownValue) return '';
      return isList(value) ? 'Array' : 'Object';
  }
}

/** A value as a number, as GitHub reads it: NaN for text that is none and for lists and objects. */
export function toNumber(value: PartialValue): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'string':
      return Number(value);
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value === null ? 0 : NaN;
  }
}

/**
 * Null, false, 0, NaN and '' are false; lists and objects are not, to GitHub. In a condition an empty list is:
 * there nothing must not pass for something.
 */
export function isFalsy(value: PartialValue, strict: Strictness): boolean {
  if (strict !== 'no' && isList(value)) return value.length === 0;
  return isNothing(value) || value === false || value === 0 || value === '';
}

export function isNothing(value: PartialValue): boolean {
  return value === null || Number.isNaN(value);
}

/** `none`: neither less, equal nor greater, as NaN and anything, or a list and a number. */
export type Order = 'less' | 'equal' | 'greater' | 'none';

/** GitHub's comparison: numbers unless both are of one type, texts whatever their case, lists and objects by identity. */
export function compareValues(left: PartialValue, right: PartialValue): Order {
  if (left === null && right === null) return 'equal';
  if (typeof left === 'string' && typeof right === 'string') return orderOf(upperCase(left), upperCase(right));
  if (isPlain(left) && isPlain(right)) return orderOf(toNumber(left), toNumber(right));
  return left === right ? 'equal' : 'none';
}

function orderOf(left: string | number, right: string | number): Order {
  if (left === right) return 'equal';
  if (left < right) return 'less';
  return left > right ? 'greater' : 'none';
}

export function isPlain(value: PartialValue): value is string | number | boolean | null {
  return value === null || (typeof value !== 'object' && typeof value !== 'symbol');
}

/** Two texts are one to GitHub when they are in upper case, in which a dotless ı stays what it is. */
export function upperCase(text: string): string {
  return text.includes('ı') ? text.split('ı').map((piece) => piece.toUpperCase()).join('ı') : text.toUpperCase();
}
