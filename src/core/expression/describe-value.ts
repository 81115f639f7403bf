import { isPlain, toText } from './coerce-value.js';
import type { PartialValue } from './unknown.js';
import { isList, unknownValue } from './unknown.js';

/** A value as a message names it: text in quotes, long text shortened. */
export function describeValue(value: PartialValue): string {
  if (value === unknownValue) return 'a value not known yet';
  if (value === null) return 'null';
  if (typeof value === 'string') return `'${shorten(value)}'`;
  if (isPlain(value)) return Number.isNaN(value) ? 'NaN' : toText(value);
  if (isList(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return 'an object';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
