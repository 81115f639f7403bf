import type { Outline, PlacedStep } from '../../definition/check/outline.js';
import type { Named } from '../../definition/shape/collection.js';
import type { AnyValue } from '../../definition/shape/any-value.js';
import type { Setting } from '../../definition/shape/setting.js';
import { toText } from '../../expression/coerce-value.js';
import { evaluateTemplate } from '../../expression/evaluate.js';
import type { EvaluationWorld, Strictness } from '../../expression/evaluation-world.js';
import type { Value } from '../../expression/expression.js';
import { objectOf } from '../../expression/import-value.js';
import { lookUp } from '../../expression/look-up.js';
import type { PartialValue } from '../../expression/unknown.js';
import type { Failure } from '../failure.js';
import type { RunPlan } from '../run-plan.js';
import { cacheVariables, settingsOf } from '../environment/step-variables.js';
import type { Standing } from '../run-state.js';
import { joinNeeds, readStatus, standingOfRun } from '../standing.js';
import type { RunValuesParts } from './run-given.js';
import { createPhaseValues, createStepValues } from './step-values.js';

/** A place of a workflow at which something is evaluated now. */
export type RunPlace =
  | { readonly kind: 'run' }
  | { readonly kind: 'end' }
  | { readonly kind: 'phase'; readonly phase: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'step'; readonly step: PlacedStep; readonly matrix?: Readonly<Record<string, Value>> | undefined };

export type { RunGiven, RunValuesParts } from './run-given.js';

export interface RunValues {
  readonly worldAt: (place: RunPlace, strict: Strictness) => EvaluationWorld;
  /** The declared variables around a place, or the first that cannot be made. */
  readonly envAt: (place: RunPlace) => EnvironmentValues;
  readonly standingAt: (place: RunPlace) => Standing;
}

export type EnvironmentValues =
  | { readonly kind: 'value'; readonly value: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly failure: Failure };

type Layer = readonly Named<Setting<string>>[];

/** What expressions see while a run goes on: every value as it is at the moment when it is asked for. */
export function createRunValues(parts: RunValuesParts): RunValues {
  const { outline, plan, given, state } = parts;
  const { workflow } = outline;
  const base = objectOf(given.env) as Readonly<Record<string, string>>;
  const steps = createStepValues(parts);
  const phases = createPhaseValues(parts);
  const fixed = new Map<string, () => PartialValue>([
    ['inputs', once(() => objectOf(given.inputs))],
    ['secrets', once(() => objectOf(given.secrets))],
    ['vars', once(() => makeConstants(workflow.vars ?? [], (known) => worldWith({ contexts: new Map([['vars', () => known]]), env: base, strict: 'no', standing: standingOfRun(state) })))],
    ['run', once(() => objectOf(given.run))],
    ['github', once(given.github)],
    ['steps', () => steps.all()],
    ['phases', () => given.left?.phases ?? phases],
    ['budget', () => null],
  ]);

  interface Surroundings {
    readonly contexts: ReadonlyMap<string, () => PartialValue>;
    readonly env: Readonly<Record<string, string>>;
    readonly strict: Strictness;
    readonly standing: Standing;
  }

  function worldWith({ contexts, env, strict, standing }: Surroundings): EvaluationWorld {
    const envValue = once(() => objectOf({ ...base, ...env }));
    return {
      strict,
      context: (written) => {
        const name = written.toLowerCase();
        if (name === 'env') return envValue();
        return (contexts.get(name) ?? fixed.get(name))?.() ?? steps.one(name);
      },
      functions: {
        ...given.functions,
        status: (name) => readStatus(name, standing, state),
        env: (name) => {
          const found = lookUp({ ...base, ...env }, name);
          return typeof found === 'string' ? found : undefined;
        },
      },
    };
  }

  const layersAt = (place: RunPlace): readonly Layer[] => findLayers(outline, plan, place);

  const standingAt = (place: RunPlace): Standing => {
    if (place.kind === 'run' || place.kind === 'end') return standingOfRun(state);
    if (place.kind === 'step') {
      const found = plan.steps.get(place.step.step.id.value);
      return found === undefined || found.lane === 'finally' ? standingOfRun(state) : joinNeeds(plan, state, found.node);
    }
    const node = place.kind === 'phase' ? plan.phases.get(place.phase)?.start : plan.groups.get(place.group)?.start;
    const isFinally = place.kind === 'group' && outline.groups.some(({ number, lane }) => number === place.group && lane.kind === 'finally');
    return node === undefined || isFinally ? standingOfRun(state) : joinNeeds(plan, state, node);
  };

  const contextsAt = (place: RunPlace): ReadonlyMap<string, () => PartialValue> =>
    place.kind === 'step' && place.matrix !== undefined ? new Map([['matrix', () => objectOf(place.matrix ?? {})]]) : noContexts;

  const envAt = (place: RunPlace): EnvironmentValues => {
    const env: Record<string, string> = {};
    for (const layer of layersAt(place)) {
      const made: [string, string][] = [];
      for (const { name, value } of layer) {
        if (value.kind === 'written') {
          made.push([name, value.value]);
          continue;
        }
        const outcome = evaluateTemplate(value.template, worldWith({ contexts: contextsAt(place), env, strict: 'no', standing: standingAt(place) }));
        const failure = outcome.kind === 'value' ? undefined : outcome.kind === 'failed' ? outcome.message : 'it is not known yet';
        if (failure !== undefined || outcome.kind !== 'value' || outcome.value === null) {
          return { kind: 'failed', failure: { kind: 'expression', code: 'TG3107', message: `the variable ${name} has no value: ${failure ?? 'its expression gives null'}`, at: value.at, hints: ["Give a fallback: default(…, '')"] } };
        }
        made.push([name, toText(outcome.value)]);
      }
      Object.assign(env, Object.fromEntries(made));
    }
    return { kind: 'value', value: env };
  };

  return {
    standingAt,
    envAt,
    worldAt: (place, strict) => {
      const made = layersAt(place).length === 0 ? noEnv : envAt(place);
      return worldWith({ contexts: contextsAt(place), env: made.kind === 'value' ? made.value : {}, strict, standing: standingAt(place) });
    },
  };
}

const noContexts: ReadonlyMap<string, () => PartialValue> = new Map();
const noEnv: EnvironmentValues = { kind: 'value', value: {} };

/** The layers of `env` around a place, the outermost first. */
function findLayers(outline: Outline, plan: RunPlan, place: RunPlace): readonly Layer[] {
  const { env } = outline.workflow;
  const phaseOf = (id: string | null | undefined): Layer | undefined => (id == null ? undefined : outline.phases[plan.phases.get(id)?.index ?? -1]?.phase.env);
  const layers = ((): readonly (Layer | undefined)[] => {
    switch (place.kind) {
      case 'run':
      case 'end': return [env];
      case 'phase': return [env, phaseOf(place.phase)];
      case 'group': {
        const group = outline.groups.find(({ number }) => number === place.group);
        const phase = group?.lane.kind === 'phase' ? outline.phases[group.lane.phase]?.phase.env : undefined;
        return [env, phase, group?.group.env];
      }
      case 'step': return [env, phaseOf(plan.steps.get(place.step.step.id.value)?.phase), place.step.group?.group.env, place.step.step.env, cacheVariables(settingsOf(place.step.step))];
    }
  })();
  return layers.filter((layer) => layer !== undefined && layer.length > 0) as readonly Layer[];
}

/** In order: a constant can be made from those before it. */
function makeConstants(constants: readonly Named<AnyValue>[], worldWith: (known: PartialValue) => EvaluationWorld): PartialValue {
  const known = Object.create(null) as Record<string, PartialValue>;
  for (const { name, value } of constants) known[name] = evaluateAny(value, worldWith(known));
  return known;
}

/** A value whose strings may be expressions; what has no value is null. Depth is bounded by the pre-scan. */
export function evaluateAny(value: AnyValue, world: EvaluationWorld): PartialValue {
  if (value.kind === 'written') return value.value;
  if (value.kind === 'list') return value.items.map((item) => evaluateAny(item, world));
  if (value.kind === 'map') return Object.assign(Object.create(null) as Record<string, PartialValue>, Object.fromEntries(value.entries.map(({ key, value: inner }) => [key, evaluateAny(inner, world)])));
  const made = evaluateTemplate(value.template, world);
  return made.kind === 'value' ? made.value : null;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

