import { createPlanJudge } from '../plan/known-before.js';
import { createFixedLibrary } from '../../../test/fakes/fixed-world.js';
import { workflowForTest } from '../../../test/rig/play-part.js';
import { selectParts } from '../run/selection/select-parts.js';
import type { CellForecast } from '../run/forecast/cell-forecast.js';
import { findHoldingAsserts } from './find-holding-asserts.js';
import { makePlanEvidence } from './make-plan-evidence.js';
import type { SortedForecast } from './sort-forecast.js';
import { sortForecast } from './sort-forecast.js';
import { toPlanOutputs } from './to-plan-outputs.js';

/** What plan says of a forecast. */

type Answers = Readonly<Record<string, CellForecast['answer'] | readonly CellForecast['answer'][]>>;

function sort(text: string, answers: Answers, given: { readonly skip?: readonly string[]; readonly holding?: ReadonlyMap<string, string> } = {}): SortedForecast {
  const { parsed, plan } = workflowForTest(`name: w\n${text}`);
  const leftOut = selectParts(parsed, plan, { phases: [], from: undefined, until: undefined, only: [], skip: given.skip ?? [], skipPhases: [], labels: undefined, set: [] }).leftOut;
  const forecast = Object.entries(answers).flatMap(([step, answer]) => (typeof answer === 'string' ? [answer] : answer).map((each, at): CellForecast => ({
    step, matrix: typeof answer === 'string' ? null : { n: at }, answer: each, key: each === 'hit' ? `key-${step}` : null, because: each === 'skipped' ? `${step} is not wanted` : null, differences: [], nearest: null,
  })));
  return sortForecast(parsed, plan, { forecast, leftOut, holding: given.holding ?? new Map() });
}

function tell(sorted: SortedForecast): string {
  const { run, steps, matrix } = toPlanOutputs(sorted, { history: [] });
  const done = makePlanEvidence(sorted, { commit: 'c', runId: 'r', attempt: 1 }).phases.flatMap(({ id, keys }) => keys.map(({ step, key, because }) => `${id}.${step}=${key ?? because ?? ''}`));
  return `${run} [${steps.join(' ')}] ${matrix.include.map(({ name }) => name).join(', ')} | ${done.join(', ')}`;
}

const chain = 'phases: [{ id: p, steps: [{ id: a, command: x }, { id: b, command: x }] }]';
const gate = 'gate: { criteria: [{ id: c, run: x }] }';

test.each<[string, SortedForecast, string]>([
  ['all hits', sort(chain, { a: 'hit', b: 'hit' }), 'false []  | p.a=key-a, p.b=key-b'],
  ['kept by an earlier attempt', sort(chain, { a: 'kept', b: 'hit' }), 'false []  | p.a=an earlier attempt has done it, p.b=key-b'],
  ['a miss', sort(chain, { a: 'hit', b: 'miss' }), 'true [b] p.b | p.a=key-a'],
  ['what depends', sort(chain, { a: 'runs', b: 'depends' }), 'true [a b] p | '],
  ['a step of which nothing is said', sort(chain, { a: 'hit' }), 'true [b] p.b | p.a=key-a'],
  ['left out by its own condition', sort(chain, { a: 'hit', b: 'skipped' }), 'false []  | p.a=key-a, p.b=b is not wanted'],
  ['left out for the sake of what has still to run', sort(chain, { a: 'runs', b: 'skipped' }), 'true [a b] p | '],
  ['left out by the call', sort(chain, { a: 'hit', b: 'skipped' }, { skip: ['b'] }), 'false []  | p.a=key-a'],
  ['costly and required', sort('phases: [{ id: p, steps: [{ id: a, command: x, costly: required }] }]', { a: 'skipped' }), 'true [a] p | '],
  ['some cells', sort('phases: [{ id: p, steps: [{ id: a, command: x, matrix: { n: [0, 1] } }] }]', { a: ['hit', 'miss'] }), 'true [a] p | '],
  ['every cell', sort('phases: [{ id: p, steps: [{ id: a, command: x, matrix: { n: [0, 1] } }] }]', { a: ['hit', 'hit'] }), 'false []  | p.a=key-a, p.a=key-a'],
  ['a gate', sort(`phases: [{ id: p, steps: [{ id: a, command: x }], ${gate} }]`, { a: 'hit' }), 'true [] p | p.a=key-a'],
  ['a gate of a phase that the call leaves out', sort(`phases: [{ id: p, steps: [{ id: a, command: x }], ${gate} }, { id: q, steps: [{ id: b, command: x }] }]`, { a: 'skipped', b: 'hit' }, { skip: ['a'] }), 'false []  | q.b=key-b'],
  ['finally alone', sort(`${chain}\nfinally: [{ id: z, command: x }]`, { a: 'hit', b: 'hit', z: 'runs' }), 'true [z] w | p.a=key-a, p.b=key-b'],
  ['an assert that holds', sort('phases: [{ id: p, steps: [{ id: a, type: assert, condition: "true" }, { id: b, command: x, needs: [] }] }]', { a: 'runs', b: 'hit' }, { holding: new Map([['a', 'it holds: true']]) }), 'false []  | p.a=it holds: true, p.b=key-b'],
])('%s', (_name, sorted, expected) => {
  expect(tell(sorted)).toBe(expected);
});

test('only asserts whose value is known, and is true, hold', () => {
  const { parsed } = workflowForTest(`
name: w
inputs: { n: { type: number, default: 3 } }
phases:
  - id: p
    steps:
      - { id: yes, type: assert, condition: "inputs.n == 3" }
      - { id: both, type: assert, conditions: [{ check: "inputs.n > 2" }, { check: "inputs.n < 4" }] }
      - { id: one, type: assert, conditions: [{ check: "inputs.n > 2" }, { check: "inputs.n > 4" }] }
      - { id: no, type: assert, condition: "inputs.n == 4", on_false: end }
      - { id: later, type: assert, condition: "steps.yes.outcome == 'succeeded'" }
      - { id: around, type: assert, condition: "env.MODE == 'fast'" }
      - { id: cells, type: assert, condition: "true", matrix: { n: [1] } }
      - { id: other, command: x }
`);
  const library = createFixedLibrary();
  const judge = createPlanJudge(parsed, { inputs: new Map<string, unknown>([['n', 3]]), env: { MODE: 'fast' }, github: () => null, workspace: '/w', files: library, matches: library.matches });
  expect([...findHoldingAsserts(parsed, judge)]).toEqual([['yes', 'it holds: inputs.n == 3'], ['both', 'it holds: inputs.n > 2; inputs.n < 4']]);
});

test('the estimate is of the steps that would run', () => {
  const { estimate } = toPlanOutputs(sort(chain, { a: 'hit', b: 'miss' }), { history: [{ step: 'a', durationMs: 600_000, costUsd: 9 }, { step: 'b', durationMs: 90_000, costUsd: 0.5 }] });
  expect(estimate).toEqual({ minutes: 1.5, usd: 0.5, unknown: [] });
});
