import type { ObjectShape, Scope, ValueShape } from '../../expression/value-shape.js';
import type { InputDeclaration } from '../language/input-shape.js';
import { contextNames } from '../language/names.js';
import type { SingleStep } from '../language/step.js';
import type { AnyValue } from '../shape/any-value.js';
import type { StepTypes } from '../step-type.js';
import type { Outline } from './outline.js';

const text: ValueShape = { kind: 'string' };
const count: ValueShape = { kind: 'number' };
const truth: ValueShape = { kind: 'boolean' };
const anything: ValueShape = { kind: 'any' };
const outcome: ValueShape = { kind: 'word', words: ['succeeded', 'failed', 'skipped', 'cancelled', 'indeterminate'] };
const verdict: ValueShape = { kind: 'word', words: ['go', 'no-go'] };

/** The contexts of section 2 over a workflow; what differs from place to place is added by `scopeAt`. */
export function buildScope(outline: Outline, types: StepTypes): Scope {
  const { workflow } = outline;
  const steps = stepsShape(outline, types);
  const contexts = new Map<string, ValueShape>([
    ['inputs', closed('input', (workflow.inputs ?? []).map((input) => [input.name, inputShape(input.value)]))],
    ['secrets', closed('secret', (workflow.secrets ?? []).map((secret) => [secret.name.value, text]))],
    ['vars', closed('variable', (workflow.vars ?? []).map((each) => [each.name, valueShape(each.value)]))],
    ['env', open('variable', text)],
    ['steps', steps],
    ['phases', closed('phase', outline.phases.map(({ phase }) => [phase.id.value, phaseShape])) ],
    ['run', runShape],
    ['budget', budgetShape],
    ['github', open('property', anything)],
  ]);
  return {
    context: (name) => contexts.get(name.toLowerCase()) ?? steps.property(name),
    names: () => [...contexts.keys(), ...steps.names()],
  };
}

/** The scope of one place: with the values of its matrix, and in a criterion with what its command gave. */
export function scopeAt(base: Scope, place: { readonly matrix?: SingleStep['matrix']; readonly criterion: boolean }): Scope {
  if (place.matrix === undefined && !place.criterion) return base;
  const matrix = place.matrix === undefined ? undefined : matrixShape(place.matrix);
  const own = [...(matrix === undefined ? [] : ['matrix']), ...(place.criterion ? ['criterion'] : [])];
  return {
    context: (name) => {
      const context = name.toLowerCase();
      if (context === 'matrix' && matrix !== undefined) return matrix;
      return context === 'criterion' && place.criterion ? criterionShape : base.context(name);
    },
    names: () => [...own, ...base.names()],
  };
}

const phaseShape = closed('property', [['verdict', verdict], ['cost_usd', count], ['duration_seconds', count]]);
const runShape = closed('property', [['id', text], ['attempt', count], ['url', text], ['actor', text], ['started_at', text], ['workspace', text]]);
const criterionShape = closed('property', [['stdout', text], ['exit_code', count], ['outputs', open('output', anything)]]);
const budgetShape = closed(
  'property',
  ['usd', 'tokens', 'minutes'].flatMap((unit): [string, ValueShape][] => [[unit, count], [`spent_${unit}`, count], [`remaining_${unit}`, count]]),
);

/** As many unknown steps get a suggestion; looking through thousands of names for each of thousands would take minutes. */
const mostSuggestions = 100;

/** Steps are described when they are asked for: most never are. */
function stepsShape(outline: Outline, types: StepTypes): ObjectShape {
  let suggestions = 0;
  const byName = new Map(outline.steps.map(({ step }) => [step.id.value.toLowerCase(), step]));
  const described = new Map<string, ValueShape>();
  return {
    kind: 'object',
    noun: 'step',
    names: () => (suggestions++ < mostSuggestions ? outline.steps.map(({ step }) => step.id.value) : []),
    property: (name) => {
      const key = name.toLowerCase();
      const step = byName.get(key);
      if (step === undefined) return undefined;
      const shape = described.get(key) ?? stepShape(step, types);
      described.set(key, shape);
      return shape;
    },
  };
}

function stepShape(step: SingleStep, types: StepTypes): ValueShape {
  const each = (shape: ValueShape): ValueShape => (step.matrix === undefined ? shape : { kind: 'list', of: shape });
  return closed('property', [
    ['outputs', outputsShape(step, types, each)],
    ['outcome', outcome],
    ['stdout', each(text)],
    ['exit_code', each(count)],
    ['duration_seconds', count],
    ['cost_usd', count],
    ['cached', truth],
  ]);
}

/** An undeclared name is a finding of its own (`check-outputs`), so that it can be a warning. */
function outputsShape(step: SingleStep, types: StepTypes, each: (shape: ValueShape) => ValueShape): ValueShape {
  const declared = step.outputs ?? [];
  const own = types.find((type) => type.name === step.type)?.ownOutputs(step.own) ?? 'open';
  const names = [...declared.map((output) => output.name), ...(own === 'open' ? [] : own)];
  return { kind: 'object', noun: 'output', names: () => names, property: () => each(anything) };
}

function inputShape(input: InputDeclaration): ValueShape {
  const { value: type } = input.type;
  if (type === 'number') return count;
  if (type === 'boolean') return truth;
  return type === 'json' || type === 'choice' ? anything : text;
}

function valueShape(value: AnyValue): ValueShape {
  if (value.kind === 'list') return { kind: 'list', of: anything };
  if (value.kind === 'map') return closed('property', value.entries.map((entry) => [entry.key, valueShape(entry.value)]));
  if (value.kind === 'computed') return anything;
  if (typeof value.value === 'number') return count;
  if (typeof value.value === 'boolean') return truth;
  return value.value === null ? anything : text;
}

function matrixShape(matrix: NonNullable<SingleStep['matrix']>): ValueShape {
  if (matrix.kind === 'computed') return open('matrix value', anything);
  const names = new Set([...matrix.axes.map((axis) => axis.name), ...matrix.include.flatMap((cell) => cell.map((each) => each.name))]);
  return closed('matrix value', [...names].map((name) => [name, anything]));
}

function closed(noun: string, properties: readonly (readonly [string, ValueShape])[]): ObjectShape {
  const byName = new Map(properties.map(([name, shape]) => [name.toLowerCase(), shape]));
  return { kind: 'object', noun, names: () => properties.map(([name]) => name), property: (name) => byName.get(name.toLowerCase()) };
}

function open(noun: string, of: ValueShape): ObjectShape {
  return { kind: 'object', noun, names: () => [], property: () => of };
}

/** Whether a name means something else than a step. */
export function isContextName(name: string): boolean {
  return (contextNames as readonly string[]).includes(name.toLowerCase());
}
