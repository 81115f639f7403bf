import type { Value } from '../expression/expression.js';

/** The value with every text in it masked, keys too. A number whose digits are a secret becomes a text. */
export function maskValue(value: Value, maskText: (text: string) => string): Value {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') {
    const text = String(value);
    const masked = maskText(text);
    return masked === text ? value : masked;
  }
  if (value === null || typeof value === 'boolean') return value;
  if (isList(value)) return value.map((item) => maskValue(item, maskText));
  const masked = Object.create(null) as Record<string, Value>;
  for (const [key, item] of Object.entries(value)) masked[freeKey(masked, maskText(key))] = maskValue(item, maskText);
  return masked;
}

/** `Array.isArray` does not know lists that cannot be written to. */
function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Two keys may look alike once they are masked, and neither may take the other's place. */
function freeKey(taken: Readonly<Record<string, Value>>, key: string): string {
  let free = key;
  for (let count = 2; free in taken; count++) free = `${key} (${count})`;
  return free;
}
