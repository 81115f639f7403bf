import type { Span } from '../diagnostic/diagnostic.js';
import type { TextProblem } from '../expression/problem.js';
import { findRefusals } from './find-refusals.js';
import { chooseVariablePrefix } from './name-variables.js';
import { readScript } from './read-script.js';
import type { Hole, ScriptReading } from './read-script.js';
import type { Place } from './reading.js';
import type { ScriptPart, Shell, ValuePart } from './script-part.js';

export type { ScriptPart, ScriptValue, ScriptValues, Shell } from './script-part.js';

/** A variable of the environment that carries one value into the shell. */
export interface ScriptVariable {
  readonly name: string;
  /** Index of the value's part. */
  readonly part: number;
  readonly as: 'text' | 'integer';
  readonly type: ValuePart['type'];
  readonly at: Span;
}

/** What the shell gets: a text that is the same whatever the values are, and where the values go. */
export interface HandOver {
  readonly script: string;
  readonly variables: readonly ScriptVariable[];
}

export type HandOverResult =
  | { readonly kind: 'ok'; readonly ok: HandOver }
  | { readonly kind: 'refused'; readonly refusals: readonly TextProblem[] };

/** Turns a command into a script in which every value is a quoted reference to a variable, or says why that cannot be. */
export function handOver(parts: readonly ScriptPart[], shell: Shell): HandOverResult {
  if (parts.every((part) => part.kind === 'text')) return { kind: 'ok', ok: { script: parts.map((part) => part.text).join(''), variables: [] } };
  const script = readScript(parts, shell);
  const refusals = findRefusals(script, isOneValue(parts));
  return refusals.length > 0 ? { kind: 'refused', refusals } : { kind: 'ok', ok: writeScript(script) };
}

/** Any other shell: each quotes in its own way, so that no value can be handed to it. */
export function refuseShell(parts: readonly ScriptPart[], shell: string): readonly TextProblem[] {
  return parts.flatMap((part): TextProblem[] => (part.kind === 'text' ? [] : [{
    code: 'TG2115',
    at: part.at,
    message: `a value cannot be handed to \`${shell}\`: only bash and sh are known well enough`,
    hint: `use \`shell: bash\` and call ${shell} from it: ${shell} script {{ … }}; or name the value under \`env:\``,
  }]));
}

function isOneValue(parts: readonly ScriptPart[]): boolean {
  return parts.filter((part) => part.kind === 'value').length === 1 && parts.every((part) => part.kind === 'value' || part.text.trim() === '');
}

function writeScript({ reading, holes }: ScriptReading): HandOver {
  const prefix = chooseVariablePrefix(reading.text);
  const variables: ScriptVariable[] = [];
  let script = '';
  let from = 0;
  for (const hole of holes) {
    const place = reading.places.get(hole.offset);
    script += reading.text.slice(from, hole.offset);
    from = hole.offset + 1;
    if (place === undefined || place === 'comment') continue;
    const variable = describeVariable(hole, `${prefix}${variables.length + 1}`, reading.integers.has(hole.offset));
    variables.push(variable);
    script += writeReference(variable.name, place);
  }
  return { script: script + reading.text.slice(from), variables };
}

function describeVariable(hole: Hole, name: string, isInteger: boolean): ScriptVariable {
  return { name, part: hole.index, as: isInteger ? 'integer' : 'text', type: hole.part.type, at: hole.part.at };
}

/** The reference, quoted for its place: quotes around it are closed and opened again where they would hide it. */
function writeReference(name: string, place: Exclude<Place, 'comment'>): string {
  switch (place) {
    case 'bare': return `"\${${name}}"`;
    case 'single': return `'"\${${name}}"'`;
    case 'ansi': return `'"\${${name}}"$'`;
    case 'double':
    case 'here': return `\${${name}}`;
  }
}
