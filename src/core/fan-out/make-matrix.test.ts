import fc from 'fast-check';
import { playPart, workflowForTest } from '../../../test/rig/play-part.js';
import type { PlayedWorkflow } from '../../../test/rig/play-part.js';
import { readyWorkflow, workflows } from '../../../test/rig/random-run.js';
import type { CellForecast } from '../run/forecast/cell-forecast.js';
import { selectParts } from '../run/selection/select-parts.js';
import type { Evidence } from '../verdict/evidence.js';
import { judgeRun } from '../verdict/judge-run.js';
import type { FanOut, FanOutOptions } from './make-matrix.js';
import { makeMatrix } from './make-matrix.js';
import { makePlanEvidence } from './make-plan-evidence.js';
import type { MatrixEntry } from './name-entry.js';
import type { SortedForecast } from './sort-forecast.js';
import { sortForecast } from './sort-forecast.js';

/** Work spread over jobs: all of it, once, and no job waits for another. */

const nothing = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };
const readList = (text: string): readonly string[] => text.split(',').filter((name) => name !== '');

function sort({ parsed, plan }: PlayedWorkflow, hits: ReadonlySet<string>): SortedForecast {
  const forecast = [...plan.steps.keys()].map((step): CellForecast => ({ step, matrix: null, answer: hits.has(step) ? 'hit' : 'miss', key: `key-${step}`, because: null, differences: [], nearest: null }));
  return sortForecast(parsed, plan, { forecast, leftOut: new Map(), holding: new Map() });
}

/** What the root action would do with an entry. */
function select({ parsed, plan }: PlayedWorkflow, { phases, only }: MatrixEntry): readonly string[] {
  const { leftOut, problems } = selectParts(parsed, plan, { ...nothing, phases: readList(phases), only: readList(only) });
  // Who lacks an output takes the last result whose key holds.
  expect(problems.filter(({ lacks }) => lacks === undefined)).toEqual([]);
  return plan.phaseSteps.filter((step) => !leftOut.has(step));
}

/** Every step that lies before a step, however far. */
function before({ plan }: PlayedWorkflow, step: string): ReadonlySet<string> {
  const seen = new Set<number>();
  const open = [plan.steps.get(step)!.node];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...(plan.needs[node] ?? []).map((need) => need.node));
  }
  seen.delete(plan.steps.get(step)!.node);
  return new Set([...plan.steps].flatMap(([id, { node }]) => (seen.has(node) ? [id] : [])));
}

const drawn = fc.tuple(workflows(false), fc.infiniteStream(fc.boolean()), fc.record({ maxJobs: fc.oneof(fc.constant(256), fc.integer({ min: 1, max: 4 })), join: fc.constantFrom('inside' as const, 'after' as const) })).map(([model, stream, options]) => {
  const w = readyWorkflow(model);
  const hits = new Set(w.plan.phaseSteps.filter(() => stream.next().value === true));
  return { w, hits, options };
});

function describeParts(w: PlayedWorkflow, { entries, rest }: FanOut): readonly (readonly string[])[] {
  return [...entries, ...(rest === null ? [] : [rest])].map((entry) => select(w, entry));
}

test('each step that would run is in one entry, and in none that is done', () => {
  fc.assert(
    fc.property(drawn, ({ w, hits, options }) => {
      const parts = describeParts(w, makeMatrix(sort(w, hits), options));
      expect(parts.flat().sort()).toEqual(w.plan.phaseSteps.filter((step) => !hits.has(step)).sort());
    }),
    { numRuns: 100 },
  );
});

test('no entry waits for what another runs, and the rest comes after all of them', () => {
  fc.assert(
    fc.property(drawn, ({ w, hits, options }) => {
      const made = makeMatrix(sort(w, hits), options);
      const parts = describeParts(w, made);
      parts.slice(0, made.entries.length).forEach((part, at) => {
        const others = new Set(parts.filter((_, index) => index !== at).flat());
        for (const step of part) for (const earlier of before(w, step)) expect(others.has(earlier) ? `${step} waits for ${earlier}` : 'free').toBe('free');
      });
      if (options.join === 'inside') expect(made.rest).toBeNull();
    }),
    { numRuns: 100 },
  );
});

test('there are never more jobs than were asked for, and no two are called alike', () => {
  fc.assert(
    fc.property(drawn, ({ w, hits, options }) => {
      const { entries } = makeMatrix(sort(w, hits), options);
      expect(entries.length).toBeLessThanOrEqual(options.maxJobs);
      expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
    }),
    { numRuns: 50 },
  );
});

test('what plan found done and what the entries ran is GO together, and not without any one of them', () => {
  const commit = 'c'.repeat(40);
  fc.assert(
    fc.property(drawn, ({ w, hits, options }) => {
      const sorted = sort(w, hits);
      const { entries, rest } = makeMatrix(sorted, options);
      const parts = [...entries, ...(rest === null ? [] : [rest])].map(({ name, phases, only }): Evidence => ({
        kind: 'part', source: { job: 'work', cell: name, attempt: 1, runId: 'r', commit, url: null },
        events: playPart(w, { select: { phases: readList(phases), only: readList(only) }, facts: { workflow: w.parsed.outline.workflow.name.value } }),
      }));
      const planned: Evidence = { kind: 'plan', job: 'plan', url: null, plan: makePlanEvidence(sorted, { commit, runId: 'r', attempt: 1 }) };
      const judge = (evidence: readonly Evidence[]): string => judgeRun({ evidence, needs: null }, { ...w, commit }).verdict;
      expect(judge([...parts, planned])).toBe('go');
      parts.forEach((part, at) => {
        if (!leavesPhaseOut(part)) expect(judge([...parts.filter((_, index) => index !== at), planned])).toBe('no-go');
      });
    }),
    { numRuns: 100 },
  );
});

/** A phase that its own condition leaves out is left out in every part that speaks of it. */
function leavesPhaseOut(part: Evidence): boolean {
  return part.kind === 'part' && part.events.some((event) => event.kind === 'phase-skipped' && event.reason === 'when');
}

const group = (size: number): string => `{ parallel: [${Array.from({ length: size }, (_, at) => `{ id: t${at}, command: x }`).join(', ')}] }`;

/** `name: phases / only` of each entry, the rest behind a bar. */
function show(text: string, hits: readonly string[] = [], options: FanOutOptions = {}): readonly string[] {
  const w = workflowForTest(`name: w\n${text}`);
  const { entries, rest } = makeMatrix(sort(w, new Set(hits)), options);
  const describe = ({ name, phases, only }: MatrixEntry): string => `${name}: ${phases} / ${only}`;
  return [...entries.map(describe), ...(rest === null ? [] : [`| ${describe(rest)}`])];
}

test.each<[string, readonly string[], readonly string[]]>([
  ['parallel steps each in a job', show(`phases: [{ id: test, steps: [${group(3)}] }]`), ['test.t0: test / test.t0', 'test.t1: test / test.t1', 'test.t2: test / test.t2']],
  ['hits in none', show(`phases: [{ id: build, steps: [{ id: c, command: x }] }, { id: test, steps: [${group(3)}] }]`, ['c', 't1']), ['test.t0: test / test.t0', 'test.t2: test / test.t2']],
  ['a chain in one job', show('phases: [{ id: build, steps: [{ id: a, command: x }, { id: b, command: x }] }]'), ['build: build / ']],
  ['phases that need each other in one job', show('phases: [{ id: build, steps: [{ id: a, command: x }] }, { id: test, steps: [{ id: b, command: x }, { id: c, command: x }] }]', ['b']), ['build +1: build,test / build.a,test.c']],
  ['phases that do not, in two', show('phases: [{ id: build, steps: [{ id: a, command: x }] }, { id: docs, needs: [], steps: [{ id: b, command: x }] }]'), ['build: build / ', 'docs: docs / ']],
  ['a step after all of them keeps them together', show(`phases: [{ id: test, steps: [${group(2)}, { id: join, command: x }] }]`), ['test: test / ']],
  ['or comes after them', show(`phases: [{ id: test, steps: [${group(2)}, { id: join, command: x }] }]`, [], { join: 'after' }), ['test.t0: test / test.t0', 'test.t1: test / test.t1', '| test.join: test / test.join']],
  ['what needs one of them goes on in its job', show('phases: [{ id: test, steps: [{ id: a, command: x }, { id: b, command: x }, { id: c, command: x, needs: [] }] }]', [], { join: 'after' }), ['test.a +1: test / test.a,test.b', 'test.c: test / test.c']],
  ['a phase with a gate in one job, and whole', show(`phases: [{ id: test, steps: [${group(3)}], gate: { criteria: [{ id: c, run: x }] } }]`, ['t1']), ['test: test / ']],
  ['a gate though every step is done', show(`phases: [{ id: test, steps: [${group(2)}], gate: { criteria: [{ id: c, run: x }] } }]`, ['t0', 't1']), ['test: test / ']],
  ['a gate after the jobs of its phase', show(`phases: [{ id: test, steps: [${group(2)}], gate: { criteria: [{ id: c, run: x }] } }]`, [], { join: 'after' }), ['test.t0: test / test.t0', 'test.t1: test / test.t1', '| test: test / ']],
  ['a phase that is called like a group, by its number', show('phases: [{ id: a, steps: [{ id: one, command: x }] }, { id: test, needs: [], steps: [{ id: A, parallel: [{ id: b, command: x }] }] }]'), ['a: 1 / ', 'test: test / ']],
  ['order without content is order', show('phases: [{ id: test, steps: [{ id: a, command: x }, { id: b, command: x, needs: [{ id: a, order_only: true }] }] }]'), ['test: test / ']],
  ['nothing to do', show('phases: [{ id: test, steps: [{ id: a, command: x }] }]', ['a']), []],
])('%s', (_name, shown, expected) => {
  expect(shown).toEqual(expected);
});

test.each([[300, {}, 256, 2], [1000, {}, 256, 4], [10, { maxJobs: 3 }, 3, 4], [5, { maxJobs: 1000 }, 5, 1], [300, { maxJobs: 1000 }, 256, 2]])('%i steps with %j are %i jobs of at most %i', (size, options, count, most) => {
  const w = workflowForTest(`name: w\nphases: [{ id: test, steps: [${group(size)}] }]`);
  const sizes = makeMatrix(sort(w, new Set()), options).entries.map((entry) => readList(entry.only).length);
  expect(sizes).toHaveLength(count);
  expect(Math.max(...sizes)).toBe(most);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(most - 1);
});
