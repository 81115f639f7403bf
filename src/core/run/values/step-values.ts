import type { StepOutput } from '../../definition/language/step-output-shape.js';
import type { Value } from '../../expression/expression.js';
import { objectOf } from '../../expression/import-value.js';
import type { PartialValue } from '../../expression/unknown.js';
import type { CellState, StepState } from '../run-state.js';
import type { RunValuesParts } from './run-given.js';

export interface StepValues {
  /** The context `steps`: each step is described when it is asked for. */
  readonly all: () => PartialValue;
  /** A step by its bare id, in lower case. */
  readonly one: (name: string) => PartialValue | undefined;
}

/** What expressions see of steps. */
export function createStepValues({ outline, plan, given, state }: RunValuesParts): StepValues {
  const kept = new Map<string, { readonly of: StepState; readonly value: Value }>();
  const describe = (id: string): Value => {
    const step = state.steps.get(id);
    if (step === undefined) return null;
    const known = kept.get(id);
    if (known?.of === step) return known.value;
    const index = plan.steps.get(id)?.index ?? -1;
    const value = describeStep(step, { outputs: outline.steps[index]?.step.outputs?.map(({ name, value: output }) => [name, output]) ?? [], set: given.set.get(id) });
    kept.set(id, { of: step, value });
    return value;
  };
  const defineSteps = (): PartialValue => {
    const steps = Object.create(null) as Record<string, PartialValue>;
    for (const id of given.left?.steps ?? []) Object.defineProperty(steps, id, { enumerable: true, configurable: true, get: () => given.left?.step(id.toLowerCase()) ?? null });
    for (const id of plan.steps.keys()) Object.defineProperty(steps, id, { enumerable: true, get: () => describe(id) });
    return steps;
  };
  let names: ReadonlyMap<string, string> | undefined;
  let all: PartialValue | undefined;
  return {
    one: (name) => {
      names ??= new Map([...plan.steps.keys()].map((id) => [id.toLowerCase(), id]));
      const id = names.get(name);
      return id === undefined ? given.left?.step(name) : describe(id);
    },
    all: () => (all ??= defineSteps()),
  };
}

interface Declared {
  readonly outputs: readonly (readonly [string, StepOutput])[];
  readonly set: Readonly<Record<string, Value>> | undefined;
}

function describeStep(step: StepState, declared: Declared): Value {
  const isList = step.terms?.isMatrix ?? false;
  const over = isOver(step);
  const isEmpty = step.skipped?.reason === 'empty-matrix';
  const each = (read: (cell: CellState) => Value): Value => (isEmpty ? [] : isList ? step.cells.map(read) : step.cells[0] === undefined ? null : read(step.cells[0]));
  const names = new Set([...declared.outputs.map(([name]) => name), ...step.cells.flatMap(({ result }) => Object.keys(result?.outputs ?? {})), ...Object.keys(declared.set ?? {})]);
  const outputs = Object.fromEntries([...names].map((name): [string, Value] => [name, declared.set?.[name] ?? each(({ result }) => result?.outputs[name] ?? null)]));
  const sum = (read: (cell: CellState) => number): number => step.cells.reduce((total, cell) => total + read(cell), 0);
  return objectOf({
    outputs: objectOf(outputs),
    outcome: over ? step.status : null,
    stdout: each(({ result }) => result?.stdout ?? null),
    exit_code: each(({ result }) => result?.exitCode ?? null),
    duration_seconds: over ? sum(({ durationMs }) => durationMs) / 1000 : null,
    cost_usd: sum(({ costUsd }) => costUsd),
    cached: over ? step.cells.length > 0 && step.cells.every(({ source }) => source === 'cache') : null,
  });
}

function isOver({ status }: StepState): boolean {
  return status !== 'pending' && status !== 'open';
}

/** The context `phases`. */
export function createPhaseValues({ plan, state }: RunValuesParts): PartialValue {
  const describe = (id: string): Value => {
    const phase = state.phases.get(id);
    const cells = (plan.phases.get(id)?.steps ?? []).flatMap((step) => state.steps.get(step)?.cells ?? []);
    const seconds = phase?.startedAt == null || phase.endedAt === null ? null : (phase.endedAt - phase.startedAt) / 1000;
    return objectOf({ verdict: phase?.verdict ?? null, cost_usd: cells.reduce((sum, { costUsd }) => sum + costUsd, 0), duration_seconds: seconds });
  };
  return Object.defineProperties(Object.create(null) as Record<string, Value>, Object.fromEntries([...plan.phases.keys()].map((id) => [id, { enumerable: true, get: () => describe(id) }])));
}
