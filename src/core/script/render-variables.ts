import type { TextProblem } from '../expression/problem.js';
import type { HandOver, ScriptVariable } from './hand-over.js';
import type { ScriptCode } from './script-codes.js';
import type { ScriptValue, ScriptValues } from './script-part.js';
import { writeNumber } from './write-number.js';

/** Linux refuses an entry `NAME=value` of 128 KiB and more with its end counted. */
export const LONGEST_ENTRY = 128 * 1024;
/** All values of one command: what Linux grants to arguments and environment together, less what others need. */
export const LONGEST_TOGETHER = 1024 * 1024;

export type RenderResult =
  | { readonly kind: 'ok'; readonly environment: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly problems: readonly TextProblem[] };

/** The environment entries that carry the values; `values` are by the index of their part. */
export function renderVariables(handOver: HandOver, values: ScriptValues): RenderResult {
  const environment: Record<string, string> = {};
  const problems: TextProblem[] = [];
  const sizes: { variable: ScriptVariable; size: number }[] = [];
  for (const variable of handOver.variables) {
    const value = values[variable.part] ?? null;
    const text = variable.as === 'integer' ? integerOf(value) : textOf(value, variable.type);
    const problem = text === undefined ? describeMismatch(variable, value) : checkText(variable, text);
    if (problem !== undefined) problems.push(problem);
    if (text === undefined) continue;
    environment[variable.name] = text;
    sizes.push({ variable, size: Buffer.byteLength(text) });
  }
  if (problems.length === 0) problems.push(...checkTogether(sizes));
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'ok', environment };
}

/** What was known before the run has to hold now: arithmetic relies on it. */
function textOf(value: ScriptValue, type: ScriptVariable['type']): string | undefined {
  if (value === null || (type !== 'other' && typeof value !== type)) return undefined;
  return typeof value === 'number' ? writeNumber(value) : String(value);
}

function integerOf(value: ScriptValue): string | undefined {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'number' && Number.isSafeInteger(value) ? writeNumber(value) : undefined;
}

function describeMismatch(variable: ScriptVariable, value: ScriptValue): TextProblem {
  if (value === null) return problem('TG2119', variable, 'there is no value for this: what it is taken from was skipped, failed or is not given', 'give a fallback: default(…, \'none\')');
  if (variable.as === 'integer') return problem('TG2118', variable, `a value in arithmetic has to be a whole number or a boolean, and this is ${nameOf(value)}`, 'round it: round(…)');
  return problem('TG2118', variable, `this was known to be a ${variable.type}, and now it is ${nameOf(value)}`, 'give the input or output the type that it has');
}

function nameOf(value: string | number | boolean): string {
  return typeof value === 'number' ? String(value) : typeof value === 'boolean' ? 'a boolean' : 'a text';
}

function checkText(variable: ScriptVariable, text: string): TextProblem | undefined {
  if (text.includes('\0')) return problem('TG2117', variable, 'this value holds a NUL character, which no environment variable can', 'hand it over in a file');
  const size = Buffer.byteLength(text);
  if (size + variable.name.length + 2 <= LONGEST_ENTRY) return undefined;
  return problem('TG2116', variable, `this value has ${size} bytes; more than 128 KiB do not fit into an environment variable`, 'use a file: write the value to one and hand over its path');
}

function checkTogether(sizes: readonly { variable: ScriptVariable; size: number }[]): readonly TextProblem[] {
  const together = sizes.reduce((sum, { size }) => sum + size, 0);
  if (together <= LONGEST_TOGETHER) return [];
  const longest = sizes.reduce((a, b) => (b.size > a.size ? b : a));
  return [problem('TG2120', longest.variable, `the values of this command have ${together} bytes together, this one ${longest.size}; more than 1 MiB does not fit into an environment`, 'use a file: write the long ones to files and hand over their paths')];
}

function problem(code: ScriptCode, variable: ScriptVariable, message: string, hint: string): TextProblem {
  return { code, message, at: variable.at, hint };
}
