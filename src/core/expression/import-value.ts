import type { Value } from './expression.js';

const maxDepth = 100;

/**
 * What a parser of JSON or YAML gave, as a value: objects without a prototype, so that `constructor` and
 * `__proto__` are names like any other. Nothing when it is nested too deeply or holds what JSON cannot.
 */
export function importValue(raw: unknown, depth = 0): Value | undefined {
  switch (typeof raw) {
    case 'string':
    case 'number':
    case 'boolean':
      return raw;
    case 'object':
      if (raw === null) return null;
      if (depth >= maxDepth) return undefined;
      return Array.isArray(raw) ? importList(raw, depth) : importObject(raw, depth);
    default:
      return undefined;
  }
}

function importList(raw: readonly unknown[], depth: number): Value | undefined {
  const list: Value[] = [];
  for (const item of raw) {
    const value = importValue(item, depth + 1);
    if (value === undefined) return undefined;
    list.push(value);
  }
  return list;
}

function importObject(raw: object, depth: number): Value | undefined {
  const object = Object.create(null) as Record<string, Value>;
  for (const [key, item] of Object.entries(raw)) {
    const value = importValue(item, depth + 1);
    if (value === undefined) return undefined;
    object[key] = value;
  }
  return object;
}

/** An object without a prototype. */
export function objectOf(entries: Readonly<Record<string, Value>>): Value {
  return Object.assign(Object.create(null) as Record<string, Value>, entries);
}
