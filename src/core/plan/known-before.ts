import type { Outline, PlacedGroup } from '../definition/check/outline.js';
import { isGroup } from '../definition/check/outline.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import type { AnyValue } from '../definition/shape/any-value.js';
import type { Named } from '../definition/shape/collection.js';
import type { Condition, Setting } from '../definition/shape/setting.js';
import { toText } from '../expression/coerce-value.js';
import { evaluateTemplate } from '../expression/evaluate.js';
import type { EvaluationWorld } from '../expression/evaluation-world.js';
import type { FunctionLibrary, Matcher } from '../expression/function-library.js';
import { importValue } from '../expression/import-value.js';
import { lookUp } from '../expression/look-up.js';
import type { PartialValue } from '../expression/unknown.js';
import { isObject, unknownValue } from '../expression/unknown.js';
import { createJudge } from './judge-when.js';
import type { JudgeWhen } from './plan-workflow.js';

/** What a call knows of the world before anything runs. */
export interface Facts {
  /** The inputs that have a value, by name. */
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asked when an expression names it. */
  readonly github: () => PartialValue;
  readonly workspace: string;
  readonly files: FileFunctions;
  readonly matches: Matcher;
}

/** The functions that look into files. */
export type FileFunctions = Pick<FunctionLibrary, 'reader' | 'digest' | 'reports' | 'readYaml'>;

type Properties = Readonly<Record<string, PartialValue>>;

/**
 * Judges each `when` with what is known before the run: inputs, constants, the environment, the commit. Files count
 * as they are only for what comes before everything else; later, a step may have changed them.
 */
export function createPlanJudge(parsed: ParsedWorkflow, facts: Facts): JudgeWhen {
  const { outline } = parsed;
  const places = placeConditions(outline);
  const first = findFirstConditions(parsed);
  const known = createKnown(outline, facts);
  return (condition) => {
    const env = known.envAt(places.get(condition) ?? []);
    const world = known.worldWith(env);
    const functions = first.has(condition) ? { ...world.functions, ...facts.files } : world.functions;
    return createJudge({ context: (name) => world.context(name) ?? unknownValue, functions })(condition);
  };
}

type EnvLayer = readonly Named<Setting<string>>[];

/** The layers of `env` around each condition, the outermost first. */
function placeConditions(outline: Outline): ReadonlyMap<Condition, readonly EnvLayer[]> {
  const places = new Map<Condition, readonly EnvLayer[]>();
  const put = (when: Condition | undefined, layers: readonly (EnvLayer | undefined)[]): void => {
    if (when !== undefined) places.set(when, layers.filter((layer) => layer !== undefined));
  };
  const { env } = outline.workflow;
  for (const { phase } of outline.phases) put(phase.when, [env, phase.env]);
  for (const { group, step, lane } of outline.steps) {
    const phase = lane.kind === 'phase' || lane.kind === 'on_no_go' ? outline.phases[lane.phase]?.phase.env : undefined;
    if (step.when === undefined && group === undefined) continue;
    put(group?.group.when, [env, phase, group?.group.env]);
    put(step.when, [env, phase, group?.group.env, step.env]);
  }
  return places;
}

/** Conditions that are read when nothing else has started: files are then what they are now. */
function findFirstConditions({ outline, references }: ParsedWorkflow): ReadonlySet<Condition> {
  const startsAtOnce = (needs: readonly unknown[] | undefined): boolean => needs?.length === 0;
  const [phase, ...phases] = outline.phases;
  const [item, ...items] = phase?.items ?? [];
  if (phase === undefined || phases.some((each) => startsAtOnce(each.phase.needs))) return new Set();
  const found = [phase.phase.when];
  const waits = references.some(({ from }) => (from.kind === 'step' && from.step === item) || (from.kind === 'group' && from.group === item) || from.kind === 'phase' && from.phase === 0);
  const alone = !items.some((each) => startsAtOnce(isGroup(each) ? each.group.needs : each.step.needs));
  if (item !== undefined && alone && !waits && !needsOthers(item)) found.push(isGroup(item) ? item.group.when : item.step.when);
  return new Set(found.filter((when) => when !== undefined));
}

function needsOthers(item: PlacedGroup | Outline['steps'][number]): boolean {
  return ((isGroup(item) ? item.group.needs : item.step.needs) ?? []).length > 0;
}

const notYet = (): PartialValue => unknownValue;

interface Known {
  readonly envAt: (layers: readonly EnvLayer[]) => () => Properties;
  readonly worldWith: (env: () => Properties) => EvaluationWorld;
}

function createKnown(outline: Outline, facts: Facts): Known {
  const { workflow } = outline;
  const base = once(() => importEnvironment(facts.env));
  const github = once(facts.github);
  const run = objectFrom([['workspace', facts.workspace], ...['id', 'attempt', 'url', 'actor', 'started_at'].map((name): [string, PartialValue] => [name, unknownValue])]);
  const inputs = once(() => knowInputs(outline, facts, worldOf({ env: base, inputs: notYet, vars: notYet })));
  const vars = once(() => knowConstants(workflow.vars ?? [], (known) => worldOf({ env: base, inputs, vars: () => known })));
  const worlds = new Map<() => Properties, EvaluationWorld>();
  const worldWith = (env: () => Properties): EvaluationWorld => {
    const world = worlds.get(env) ?? worldOf({ env, inputs, vars });
    worlds.set(env, world);
    return world;
  };

  function worldOf(own: { readonly env: () => Properties; readonly inputs: () => PartialValue; readonly vars: () => PartialValue }): EvaluationWorld {
    const contexts = new Map<string, () => PartialValue>([['github', github], ['run', () => run], ...Object.entries(own)]);
    return { context: (name) => contexts.get(name.toLowerCase())?.() ?? unknownValue, functions: libraryOf(facts, own.env), strict: 'no' };
  }

  const cache = new Map<EnvLayer, () => Properties>();
  const envAt = (layers: readonly EnvLayer[]): (() => Properties) =>
    layers.reduce<() => Properties>((enclosing, layer) => {
      const known = cache.get(layer) ?? once(() => ({ ...enclosing(), ...layerOf(layer, worldWith(enclosing)) }));
      cache.set(layer, known);
      return known;
    }, base);
  return { envAt, worldWith };
}

function layerOf(layer: EnvLayer, world: EvaluationWorld): Properties {
  return objectFrom(
    layer.map(({ name, value }): [string, PartialValue] => {
      if (value.kind === 'written') return [name, value.value];
      const made = evaluateTemplate(value.template, world);
      return [name, made.kind === 'value' ? toText(made.value) : unknownValue];
    }),
  );
}

/** Values of variables that are called like secrets are never looked at, so that no explanation shows one. */
const secretForm = /TOKEN|SECRET|PASSWORD|_KEY$|CREDENTIAL/iu;

function importEnvironment(env: Facts['env']): Properties {
  return objectFrom(Object.entries(env).flatMap(([name, value]): [string, PartialValue][] => (value === undefined ? [] : [[name, secretForm.test(name) ? unknownValue : value]])));
}

function knowInputs(outline: Outline, { inputs }: Facts, world: EvaluationWorld): PartialValue {
  return objectFrom(
    (outline.workflow.inputs ?? []).map(({ name, value: input }): [string, PartialValue] => {
      if (inputs.has(name)) return [name, importValue(inputs.get(name)) ?? unknownValue];
      if (input.default !== undefined) return [name, evaluateAny(input.default, world)];
      return [name, input.required?.value === 'true' ? unknownValue : null];
    }),
  );
}

/** In order: a constant can be made from those before it. */
function knowConstants(constants: readonly Named<AnyValue>[], worldWith: (known: PartialValue) => EvaluationWorld): PartialValue {
  const known: Record<string, PartialValue> = objectFrom(constants.map(({ name }) => [name, unknownValue]));
  for (const { name, value } of constants) known[name] = evaluateAny(value, worldWith(known));
  return known;
}

/** Depth is bounded by the pre-scan. */
function evaluateAny(value: AnyValue, world: EvaluationWorld): PartialValue {
  if (value.kind === 'written') return value.value;
  if (value.kind === 'list') return value.items.map((item) => evaluateAny(item, world));
  if (value.kind === 'map') return objectFrom(value.entries.map(({ key, value: inner }) => [key, evaluateAny(inner, world)]));
  const made = evaluateTemplate(value.template, world);
  return made.kind === 'value' ? made.value : unknownValue;
}

const neverAsked = { kind: 'unreadable', reason: 'files are read during the run' } as const;

/** Steps change files: what one holds is known when it is read. */
export const filesLater: FileFunctions = {
  reader: unknownValue,
  digest: () => neverAsked.reason,
  reports: { parse_coverage: () => neverAsked, parse_junit: () => neverAsked, parse_sarif: () => neverAsked },
  readYaml: () => ({ error: neverAsked.reason }),
};

/** How steps ended, what files hold and what earlier runs left is known when the run is there. */
function libraryOf(facts: Facts, env: () => Properties): FunctionLibrary {
  return {
    ...filesLater,
    matches: facts.matches,
    status: () => unknownValue,
    changed: () => unknownValue,
    baseline: () => unknownValue,
    env: (name) => asVariable(lookUp(env(), name)),
  };
}

function asVariable(value: PartialValue | undefined): string | typeof unknownValue | undefined {
  return value === undefined || value === unknownValue || typeof value === 'string' ? value : isObject(value) ? undefined : toText(value);
}

function objectFrom(entries: readonly (readonly [string, PartialValue])[]): Record<string, PartialValue> {
  const object = Object.create(null) as Record<string, PartialValue>;
  for (const [name, value] of entries) object[name] = value;
  return object;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
