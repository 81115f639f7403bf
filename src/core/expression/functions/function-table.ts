import { fileFunctions } from './file-functions.js';
import type { FunctionEntry } from './function-entry.js';
import { jsonFunctions } from './json-functions.js';
import { numberFunctions } from './number-functions.js';
import { reportFunctions } from './report-functions.js';
import { textFunctions } from './text-functions.js';
import { valueFunctions } from './value-functions.js';

/** Every function of the language, in the order in which the reference shows them. */
export const functionTable: readonly FunctionEntry[] = [
  ...textFunctions,
  ...jsonFunctions,
  ...valueFunctions,
  ...reportFunctions,
  ...fileFunctions,
  ...numberFunctions,
];

const byLowerCase: ReadonlyMap<string, FunctionEntry> = new Map(functionTable.map((entry) => [entry.name.toLowerCase(), entry]));

/** The function of this name, whatever its case. */
export function findFunction(name: string): FunctionEntry | undefined {
  return byLowerCase.get(name.toLowerCase());
}

/** How a function is written: `round(number, [digits])`. */
export function describeSignature(entry: FunctionEntry): string {
  const parameters = entry.parameters.map(({ name, optional, rest }) => {
    if (rest && entry.traits?.pairs) return `…, ${name}`;
    const shown = rest ? `${name}, …` : name;
    return optional ? `[${shown}]` : shown;
  });
  return `${entry.name}(${parameters.join(', ')})`;
}
