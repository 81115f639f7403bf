import type { JsonSchema } from '../shape/json-schema.js';
import { mapParts } from './map-parts.js';

/** Shorter ones are as easily read where they stand. */
const leastLength = 150;

/**
 * Names what a schema says more than once and says it once: every step type repeats the fields that all steps have.
 * A definition is called like the property that it was first seen under.
 */
export function shareDefinitions(schema: JsonSchema, definitions: Map<string, JsonSchema>): JsonSchema {
  const counts = new Map<string, number>();
  for (const definition of definitions.values()) counts.set(textOf(definition), 1);
  for (const each of [...definitions.values(), schema]) countParts(each, counts);
  const names = new Map([...definitions].map(([name, definition]) => [textOf(definition), name]));
  const share = (part: JsonSchema, key: string): JsonSchema => {
    const { description, ...rest } = part;
    const text = textOf(rest);
    let name = names.get(text);
    if (name === undefined && (text.length < leastLength || (counts.get(text) ?? 0) < 2)) return mapParts(part, share, key);
    if (name === undefined) {
      name = freeName(key, definitions);
      names.set(text, name);
      definitions.set(name, {});
      definitions.set(name, mapParts(rest, share, key));
    }
    return { ...(description === undefined ? {} : { description }), $ref: `#/$defs/${name}` };
  };
  for (const [name, definition] of [...definitions]) definitions.set(name, mapParts(definition, share, name));
  return mapParts(schema, share);
}

/** What stands inside a part is counted once, however often the part is there. */
function countParts(schema: JsonSchema, counts: Map<string, number>): void {
  mapParts(schema, (part) => {
    const text = textOf(part);
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    if (count === 1) countParts(part, counts);
    return part;
  });
}

function textOf(schema: JsonSchema): string {
  return JSON.stringify({ ...schema, description: undefined });
}

function freeName(key: string, taken: ReadonlyMap<string, JsonSchema>): string {
  if (!taken.has(key)) return key;
  for (let number = 2; ; number++) if (!taken.has(`${key}_${number}`)) return `${key}_${number}`;
}
