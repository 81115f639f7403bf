import type { GivenInputs } from '../assembly/prepare-plan.js';
import { readInputsText } from '../core/definition/inputs/read-inputs-text.js';
import { createSourceText } from '../core/diagnostic/source-text.js';
import type { RunFacts } from '../core/run/run-event.js';

/** The text of the input `inputs`: YAML, of which JSON is a part. */
export function readGivenInputs(text: string): GivenInputs {
  const source = createSourceText(text.trimStart().startsWith('{') ? 'inputs.json' : 'inputs', text);
  const { given, diagnostics } = readInputsText(source);
  return { given: given.map((each) => ({ ...each, from: `the input 'inputs'` })), files: diagnostics.length === 0 ? [] : [{ source, diagnostics }], messages: [] };
}

/** Those that a run has had, as if somebody gave them again. */
export function inputsOfRun({ runId, inputs }: Pick<RunFacts, 'runId' | 'inputs'>): GivenInputs['given'] {
  return Object.entries(inputs).flatMap(([name, value]) => (value === null ? [] : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value), from: `run ${runId}` }]));
}
