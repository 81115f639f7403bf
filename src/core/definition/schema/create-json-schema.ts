import { createWorkflowShape } from '../language/workflow-shape.js';
import type { JsonSchema, SchemaNames } from '../shape/json-schema.js';
import type { StepTypes } from '../step-type.js';
import { mapParts } from './map-parts.js';
import { shareDefinitions } from './share-definitions.js';

/** A schema with what only a whole document has. */
export interface JsonSchemaDocument extends JsonSchema {
  readonly $schema: string;
  readonly $defs: Readonly<Record<string, JsonSchema>>;
  readonly title: string;
}

/**
 * The language as JSON Schema 2020-12, for editors: every shape that `validate` reads. What a schema cannot see
 * (names that exist, expressions, cycles) is left to `validate`.
 */
export function createJsonSchema(types: StepTypes): JsonSchemaDocument {
  const definitions = new Map<string, JsonSchema>();
  const mend = (schema: JsonSchema): JsonSchema => mapParts(takeFlags(leaveToTypes(schema, types)), mend);
  const described = mend(createWorkflowShape(types).schema(collectInto(definitions)));
  for (const [name, definition] of definitions) definitions.set(name, mend(definition));
  const workflow = shareDefinitions(described, definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A Tollgate workflow',
    ...workflow,
    anyOf: [{ required: ['phases'] }, { required: ['steps'] }],
    $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** YAML reads `true` and `false` as booleans: where they are words of a choice, either will do. */
function takeFlags(schema: JsonSchema): JsonSchema {
  if (schema.enum === undefined) return schema;
  return { ...schema, enum: [...new Set(schema.enum.flatMap((word) => (word === 'true' || word === 'false' ? [word === 'true', word] : [word])))] };
}

/** A step of a type that is known has the fields of that type; only others can have any. */
function leaveToTypes(schema: JsonSchema, types: StepTypes): JsonSchema {
  const isOpenStep = schema.additionalProperties === undefined && schema.required?.join() === 'id,type';
  if (!isOpenStep) return schema;
  const known = types.flatMap((type) => [type.name, ...type.shortTypes]);
  return { ...schema, properties: { ...schema.properties, type: { type: 'string', not: { enum: known } } } };
}

/** A schema that refers to itself is a name before it is made. */
function collectInto(definitions: Map<string, JsonSchema>): SchemaNames {
  return {
    define: (name, make) => {
      if (!definitions.has(name)) {
        definitions.set(name, {});
        definitions.set(name, make());
      }
      return { $ref: `#/$defs/${name}` };
    },
  };
}
