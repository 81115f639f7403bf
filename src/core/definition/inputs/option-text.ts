import { plainValue, type AnyValue } from '../shape/any-value.js';

/** An option as it is shown, and as it is given on a command line; lists and maps as JSON. */
export function optionText(option: AnyValue): string {
  const value = plainValue(option);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
