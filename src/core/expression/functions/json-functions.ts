import { isPlain, toText } from '../coerce-value.js';
import type { Value } from '../expression.js';
import { importValue } from '../import-value.js';
import { give, missing, wrong } from './function-entry.js';
import type { FunctionEntry, FunctionResult } from './function-entry.js';

const toJsonFunction: FunctionEntry = {
  name: 'toJSON',
  parameters: [{ name: 'value', kind: 'any' }],
  result: { kind: 'string' },
  summary: 'A value as JSON text, over several lines.',
  call: { kind: 'eager', run: ([value = null]) => give(JSON.stringify(value, null, 2)) },
};

const fromJsonFunction: FunctionEntry = {
  name: 'fromJSON',
  parameters: [{ name: 'text', kind: 'text' }],
  result: { kind: 'any' },
  summary: 'The value that a JSON text stands for: a list, an object or a plain value.',
  call: { kind: 'eager', run: ([text = null]) => readText(text) },
};

function readText(text: Value): FunctionResult {
  if (!isPlain(text)) return wrong('fromJSON(): a list or an object is no JSON text');
  const json = toText(text);
  return json.trim() === '' ? missing('fromJSON(): the text is empty') : parseJson(json, 'fromJSON()');
}

/** Parses JSON; `where` begins the message when it cannot. */
export function parseJson(json: string, where: string): FunctionResult {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (error) {
    return wrong(`${where}: ${error instanceof Error ? error.message : 'this is not JSON'}`);
  }
  const value = importValue(raw);
  return value === undefined ? wrong(`${where}: nested too deeply`) : give(value);
}

export const jsonFunctions: readonly FunctionEntry[] = [toJsonFunction, fromJsonFunction];
