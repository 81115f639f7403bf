import type { DiagnosticCode } from '../../diagnostic/codes.js';
import { nearestName } from '../../diagnostic/nearest-name.js';
import type { InputDeclaration } from '../language/input-shape.js';
import { plainValue } from '../shape/any-value.js';
import type { Named } from '../shape/collection.js';
import { checkInputValue, describeValue } from './check-input-value.js';
import { optionText } from './option-text.js';

/** A value that was given for an input, and by what: `--input`, a file, the action. */
export interface GivenInput {
  readonly name: string;
  readonly value: unknown;
  /** How messages name the place: «--input», «inputs.yml:3:1». */
  readonly from: string;
}

/** What is wrong with what was given. It is no fault of the workflow's file, so it has no place in it. */
export interface InputFinding {
  readonly code: DiagnosticCode;
  readonly input: string;
  readonly message: string;
  readonly from: string;
  readonly hint: string;
}

export interface ResolvedInputs {
  /** Every declared input that has a value, by name. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Declared, required, and neither given nor defaulted. */
  readonly missing: readonly InputFinding[];
  readonly problems: readonly InputFinding[];
}

/** Later gifts win over earlier ones: pass defaults' rivals in the order file, action, `--input`. */
export function resolveInputs(declared: readonly Named<InputDeclaration>[], given: readonly GivenInput[], fileExists: (path: string) => boolean): ResolvedInputs {
  const values = new Map<string, unknown>();
  const missing: InputFinding[] = [];
  const problems: InputFinding[] = findUnknown(declared, given);
  for (const { name, value: input } of declared) {
    const gift = given.findLast((each) => each.name.toLowerCase() === name.toLowerCase());
    if (gift === undefined || isNotGiven(input, gift.value)) {
      const fallback = input.default === undefined || input.default.kind === 'computed' ? undefined : plainValue(input.default);
      if (fallback !== undefined) values.set(name, fallback);
      else if (input.required?.value === 'true' && input.from === undefined) missing.push(describeMissing(name, input));
      continue;
    }
    const typed = convert(input, gift.value);
    const problem = checkInputValue(input, typed) ?? findMissingFile(input, typed, fileExists);
    if (problem === undefined) values.set(name, typed);
    else problems.push({ ...problem, input: name, from: gift.from, message: `input '${name}' ${problem.message}`, hint: describeWant(name, input) });
  }
  return { values, missing, problems };
}

/** `workflow_dispatch` sends empty text for what a person left out. */
function isNotGiven(input: InputDeclaration, value: unknown): boolean {
  return value === undefined || value === null || (value === '' && input.type.value !== 'string');
}

/** Text from a command line or a dispatch form, in the input's own type; what does not convert stays text. */
function convert(input: InputDeclaration, value: unknown): unknown {
  if (typeof value !== 'string') return input.type.value === 'string' && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
  switch (input.type.value) {
    case 'number': return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/iu.test(value) ? Number(value) : value;
    case 'boolean': return value === 'true' ? true : value === 'false' ? false : value;
    case 'json': return parseJson(value);
    case 'choice': return convertOption(input, value);
    default: return value;
  }
}

function convertOption(input: InputDeclaration, text: string): unknown {
  const option = input.options?.find((each) => optionText(each) === text);
  return option === undefined ? text : plainValue(option);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function findMissingFile(input: InputDeclaration, value: unknown, exists: (path: string) => boolean): { code: DiagnosticCode; message: string } | undefined {
  if (input.type.value !== 'file' || typeof value !== 'string' || exists(value)) return undefined;
  return { code: 'TG1307', message: `names no file in the workspace: ${describeValue(value)}` };
}

function findUnknown(declared: readonly Named<InputDeclaration>[], given: readonly GivenInput[]): InputFinding[] {
  const names = declared.map(({ name }) => name);
  return given.flatMap(({ name, from }): InputFinding[] => {
    if (names.some((each) => each.toLowerCase() === name.toLowerCase())) return [];
    const near = nearestName(name, names);
    return [
      {
        code: 'TG1301',
        input: name,
        from,
        message: `unknown input '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
        hint: names.length === 0 ? 'the workflow takes no inputs' : `it takes ${names.join(', ')}`,
      },
    ];
  });
}

function describeMissing(name: string, input: InputDeclaration): InputFinding {
  return { code: 'TG1302', input: name, from: '', message: `input '${name}' is required`, hint: describeWant(name, input) };
}

function describeWant(name: string, input: InputDeclaration): string {
  const options = input.options?.map(optionText).join('|');
  return `give it as --input ${name}=${options ?? (input.type.value === 'artifact' ? '<workflow>/<name>' : `<${input.type.value}>`)}`;
}
