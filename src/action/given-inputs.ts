import type { GivenInputs } from '../assembly/prepare-plan.js';
import { readInputsText } from '../core/definition/inputs/read-inputs-text.js';
import { createSourceText } from '../core/diagnostic/source-text.js';

/** The text of the input `inputs`: YAML, of which JSON is a part. */
export function readGivenInputs(text: string): GivenInputs {
  const source = createSourceText(text.trimStart().startsWith('{') ? 'inputs.json' : 'inputs', text);
  const { given, diagnostics } = readInputsText(source);
  return { given: given.map((each) => ({ ...each, from: `the input 'inputs'` })), files: diagnostics.length === 0 ? [] : [{ source, diagnostics }], messages: [] };
}
