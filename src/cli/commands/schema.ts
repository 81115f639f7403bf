import { createJsonSchema } from '../../core/definition/schema/create-json-schema.js';
import { stepTypes } from '../../steps/index.js';
import type { Call, ExitCode } from '../command.js';

/** `tollgate schema`: the language as JSON Schema, for editors. */
export function schema({ terminal }: Call): ExitCode {
  terminal.out(`${JSON.stringify(createJsonSchema(stepTypes), null, 2)}\n`);
  return 0;
}
