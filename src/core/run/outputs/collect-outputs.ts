import type { Named } from '../../definition/shape/collection.js';
import type { StepOutput } from '../../definition/language/step-output-shape.js';
import type { Setting } from '../../definition/shape/setting.js';
import { evaluateTemplate } from '../../expression/evaluate.js';
import type { EvaluationWorld } from '../../expression/evaluation-world.js';
import type { Value } from '../../expression/expression.js';
import { importValue } from '../../expression/import-value.js';
import type { WorkspaceReader } from '../../expression/workspace-reader.js';
import type { Failure } from '../failure.js';
import { asText, readSetting } from '../opening/read-setting.js';
import { readWritten } from './read-written.js';

/** What an attempt left that outputs are made from. */
export interface Leavings {
  readonly declared: readonly Named<StepOutput>[];
  readonly world: EvaluationWorld;
  readonly reader: WorkspaceReader;
  /** Masked, as every value that expressions see. */
  readonly stdout: string;
  readonly written: string | undefined;
}

export interface CollectedOutputs {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly costUsd: number;
  readonly tokens: number;
  /** What is declared and is not there; of a step that failed anyway nobody asks. */
  readonly failures: readonly Failure[];
}

/** The outputs of a step that has ended. */
export function collectOutputs(from: Leavings): CollectedOutputs {
  const outputs: Record<string, Value> = {};
  const failures: Failure[] = [];
  const written = from.written === undefined ? undefined : readWritten(from.written);
  if (written?.kind === 'malformed') failures.push({ kind: 'output', code: 'TG3111', message: `line ${written.line} of what it wrote to $TOLLGATE_OUTPUT is neither name=value nor name<<END: ${written.text.slice(0, 80)}`, hints: ['Write: echo "name=value" >> "$TOLLGATE_OUTPUT"', 'A value of several lines: name<<END, its lines, END'] });
  const values = written?.kind === 'read' ? written.values : new Map<string, string>();
  for (const [name, value] of values) outputs[name] = value;
  for (const { name, nameAt, value } of from.declared) {
    const made = collectOne(value, { from, name, written: values });
    if (made.kind === 'value') outputs[name] = made.value;
    else failures.push({ kind: 'output', code: 'TG3102', message: `output '${name}': ${made.problem}`, at: nameAt, hints: made.hints });
  }
  return { outputs, costUsd: amount(values.get('cost_usd')), tokens: amount(values.get('tokens')), failures };
}

function amount(text: string | undefined): number {
  const number = Number(text ?? 0);
  return Number.isFinite(number) && number >= 0 ? number : 0;
}

type Collected = { readonly kind: 'value'; readonly value: Value } | Missing;

interface Missing {
  readonly kind: 'missing';
  readonly problem: string;
  readonly hints: readonly string[];
}

interface Collecting {
  readonly from: Leavings;
  readonly name: string;
  readonly written: ReadonlyMap<string, string>;
}

function missing(problem: string, ...hints: readonly string[]): Missing {
  return { kind: 'missing', problem, hints };
}

function give(value: Value): Collected {
  return { kind: 'value', value };
}

function collectOne(output: StepOutput, at: Collecting): Collected {
  switch (output.form) {
    case 'path': return collectPath(output.path, output.optional, at);
    case 'value': return evaluateValue(output.value, at);
    case 'json': return collectJson(output.json, output.pointer, at);
    case 'regex': return collectMatch(output.regex, at);
    case 'written': {
      const text = at.written.get(at.name);
      return text === undefined ? missing('nothing was written for it to $TOLLGATE_OUTPUT', `Write it: echo "${at.name}=…" >> "$TOLLGATE_OUTPUT"`) : give(text);
    }
  }
}

function evaluateValue(setting: Setting<string>, { from }: Collecting): Collected {
  if (setting.kind === 'written') return give(setting.value);
  const made = evaluateTemplate(setting.template, from.world);
  if (made.kind === 'value') return give(made.value);
  return missing(made.kind === 'failed' ? made.message : 'it is not known');
}

function collectPath(setting: Setting<string>, optional: boolean, { from }: Collecting): Collected {
  const resolved = readSetting(setting, from.world, asText);
  if (resolved.kind === 'failed') return missing(resolved.failure.message);
  const path = resolved.value;
  if (/[*?[{]/u.test(path)) {
    const found = from.reader.glob([path]);
    return found.length > 0 || optional ? give(found) : missing(`nothing matches ${path}`, `The step has to make it, or write: { path: '${path}', optional: true }`);
  }
  switch (from.reader.kindOf(path)) {
    case 'file':
    case 'folder': return give(path);
    case 'outside': return missing(`${path} lies outside the workspace`, 'Outputs lie below the root of the workspace');
    case 'missing': return optional ? give(null) : missing(`${path} was not made`, `The step has to make it, or write: { path: '${path}', optional: true }`);
  }
}

function collectJson(setting: Setting<string>, pointer: string | undefined, { from }: Collecting): Collected {
  const resolved = readSetting(setting, from.world, asText);
  if (resolved.kind === 'failed') return missing(resolved.failure.message);
  const file = from.reader.readText(resolved.value);
  if (file.kind !== 'text') return missing(file.kind === 'unreadable' ? `${resolved.value} cannot be read: ${file.reason}` : `${resolved.value} was not made`);
  let value: Value | undefined;
  try {
    value = importValue(JSON.parse(file.text));
  } catch {
    return missing(`${resolved.value} is no JSON`);
  }
  const found = value === undefined ? undefined : follow(value, pointer ?? '');
  return found === undefined ? missing(`${resolved.value} has nothing at ${pointer ?? '/'}`) : give(found);
}

function follow(value: Value, pointer: string): Value | undefined {
  let at: Value | undefined = value;
  for (const raw of pointer.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (at === null || typeof at !== 'object') return undefined;
    at = Object.hasOwn(at, key) ? (at as Readonly<Record<string, Value>>)[key] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

function collectMatch(pattern: string, { from }: Collecting): Collected {
  const match = new RegExp(pattern, 'mu').exec(from.stdout);
  return match === null ? missing(`/${pattern}/ is not in its stdout`) : give(match[1] ?? match[0]);
}
