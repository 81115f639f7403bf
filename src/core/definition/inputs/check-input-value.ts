import type { DiagnosticCode } from '../../diagnostic/codes.js';
import { readArtifactAsk } from '../../artifact/artifact-ask.js';
import type { InputDeclaration } from '../language/input-shape.js';
import { plainValue } from '../shape/any-value.js';
import { optionText } from './option-text.js';

export interface InputProblem {
  readonly code: DiagnosticCode;
  /** Follows the input's name: «wants a number; this is the text 'x'». */
  readonly message: string;
}

/** What an input says against a value that already has its type, or nothing. */
export function checkInputValue(input: InputDeclaration, value: unknown): InputProblem | undefined {
  return findTypeProblem(input, value) ?? findReferenceProblem(input, value) ?? findOptionProblem(input, value) ?? findRangeProblem(input, value) ?? findPatternProblem(input, value);
}

const wanted = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  choice: 'one of its options',
  json: 'JSON',
  file: "a file's path",
  artifact: 'an artifact',
} as const;

function findTypeProblem(input: InputDeclaration, value: unknown): InputProblem | undefined {
  const { value: type } = input.type;
  const fits =
    type === 'json' || type === 'choice' ? true : type === 'number' ? typeof value === 'number' && Number.isFinite(value) : type === 'boolean' ? typeof value === 'boolean' : typeof value === 'string';
  return fits ? undefined : { code: 'TG1303', message: `wants ${wanted[type]}; this is ${describeValue(value)}` };
}

function findReferenceProblem({ type, from }: InputDeclaration, value: unknown): InputProblem | undefined {
  if (type.value !== 'artifact' || typeof value !== 'string' || readArtifactAsk(value, from?.value) !== undefined) return undefined;
  return { code: 'TG1303', message: `wants an artifact, <workflow>/<name>[@<run>, @latest-go, @<tag>]; this is ${describeValue(value)}` };
}

function findOptionProblem(input: InputDeclaration, value: unknown): InputProblem | undefined {
  if (input.options === undefined) return undefined;
  if (input.options.some((option) => JSON.stringify(plainValue(option)) === JSON.stringify(value))) return undefined;
  return { code: 'TG1304', message: `cannot be ${describeValue(value)}; it is one of ${input.options.map(optionText).join(', ')}` };
}

function findRangeProblem(input: InputDeclaration, value: unknown): InputProblem | undefined {
  if (typeof value !== 'number') return undefined;
  const min = input.min?.kind === 'written' ? input.min.value : -Infinity;
  const max = input.max?.kind === 'written' ? input.max.value : Infinity;
  if (value >= min && value <= max) return undefined;
  const range = min === -Infinity ? `at most ${max}` : max === Infinity ? `at least ${min}` : `from ${min} to ${max}`;
  return { code: 'TG1305', message: `has to be ${range}; this is ${value}` };
}

function findPatternProblem(input: InputDeclaration, value: unknown): InputProblem | undefined {
  if (input.pattern === undefined || typeof value !== 'string') return undefined;
  if (new RegExp(`^(?:${input.pattern.value})$`, 'u').test(value)) return undefined;
  return { code: 'TG1306', message: `does not match ${input.pattern.value}: ${describeValue(value)}` };
}

export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `the text '${value.length > 40 ? `${value.slice(0, 39)}…` : value}'`;
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${String(value)}`;
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : 'a map';
}
