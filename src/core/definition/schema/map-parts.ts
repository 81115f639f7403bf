import type { JsonSchema } from '../shape/json-schema.js';

/** The same schema with each schema directly inside it turned into another; `key` is the property it belongs to. */
export function mapParts(schema: JsonSchema, turn: (part: JsonSchema, key: string) => JsonSchema, key = 'value'): JsonSchema {
  const { properties, items, anyOf, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, turn(part, name)])) }),
    ...(items === undefined ? {} : { items: turn(items, key) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((part) => turn(part, key)) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: turn(additionalProperties, key) } : {}),
  };
}
