import { type Reading, unreadable } from './reading.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a JSON text whose top is an object, as every JSON report's is. */
export function readJson(text: string): Reading<JsonObject> {
  try {
    const report: unknown = JSON.parse(text.trimStart());
    return isObject(report) ? { kind: 'report', report } : unreadable('it is JSON, but not an object');
  } catch {
    return unreadable('it is not valid JSON (cut short?)');
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; a value that is no list has none. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
