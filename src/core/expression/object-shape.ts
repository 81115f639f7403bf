import type { ObjectShape, ValueShape } from './value-shape.js';

/** The shape of an object whose properties are all known, such as a report. */
export function describeObject(noun: string, properties: Readonly<Record<string, ValueShape>>): ObjectShape {
  const byName = new Map(Object.entries(properties));
  return { kind: 'object', noun, property: (name) => byName.get(name), names: () => byName.keys() };
}
