import { createWorkflowShape } from '../language/workflow-shape.js';
import type { JsonSchema, SchemaNames } from '../shape/json-schema.js';
import type { StepTypes } from '../step-type.js';
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
  const workflow = shareDefinitions(createWorkflowShape(types).schema(collectInto(definitions)), definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A Tollgate workflow',
    ...workflow,
    anyOf: [{ required: ['phases'] }, { required: ['steps'] }],
    $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
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
