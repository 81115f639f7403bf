import { planForTest, summarize } from '../../../test/rig/parse-text.js';
import type { Plan } from './plan.js';

const step = (id: string, rest = ''): string => `  - { id: ${id}, command: "true"${rest} }\n`;
const flat = (...steps: string[]): string => `name: w\nsteps:\n${steps.join('')}`;

function plan(text: string): Plan {
  const { parsing, planning } = planForTest(text);
  expect(summarize(text, parsing.diagnostics)).toEqual([]);
  if (planning?.kind !== 'planned') throw new Error(summarize(text, planning?.diagnostics ?? []).join('\n'));
  return planning.plan;
}

function problems(text: string): readonly string[] {
  const { parsing, planning } = planForTest(text);
  return summarize(text, [...parsing.diagnostics, ...(planning?.diagnostics ?? [])]);
}

const needs = (text: string) => Object.fromEntries(plan(text).phases.flatMap((phase) => phase.steps.map((each) => [each.id, each.needs.map((need) => `${need.id} ${need.why}${need.orderOnly ? ' order only' : ''}`)])));
const waves = (text: string) => Object.fromEntries(plan(text).phases.flatMap((phase) => phase.steps.map((each) => [each.id, each.wave])));

describe('what a step waits for', () => {
  test('left out, the step before it; the first of a list, nothing', () => {
    expect(needs(flat(step('a'), step('b'), step('c')))).toEqual({ a: [], b: ['a order'], c: ['b order'] });
  });
  test('declared, these alone; an empty list, nothing', () => {
    expect(needs(flat(step('a'), step('b', ', needs: []'), step('c', ', needs: [a, { id: b, order_only: true }]')))).toEqual({
      a: [],
      b: [],
      c: ['a declared', 'b declared order only'],
    });
  });
  test('an expression that names a step adds it', () => {
    const text = flat(step('a'), step('b', ', needs: []'), step('c', ', needs: [b], when: "{{ steps.a.outcome == \'succeeded\' }}"'));
    expect(needs(text)['c']).toEqual(['b declared', 'a reference']);
  });
  test('a group waits as one, and the step after it for all of it', () => {
    const text = `${flat(step('a'))}  - parallel:\n      - { id: b, command: "true" }\n      - { id: c, command: "true" }\n${step('d')}`;
    expect(needs(text)).toEqual({ a: [], b: ['a order'], c: ['a order'], d: ['1.2 order'] });
    expect(waves(text)).toEqual({ a: 1, b: 2, c: 2, d: 3 });
    expect(plan(text).phases[0]?.steps.map((each) => `${each.number} ${each.group ?? '-'}`)).toEqual(['1.1 -', '1.2.1 1.2', '1.2.2 1.2', '1.3 -']);
  });
  test('names, phase.names and numbers mean the same step', () => {
    for (const name of ['a', 'main.a', 'main/a', '1.1']) {
      expect(needs(flat(step('a'), step('b', ', needs: []'), step('c', `, needs: [${name}]`)))['c']).toEqual(['a declared']);
    }
  });
  test('phases follow each other unless they say otherwise', () => {
    const phase = (id: string, rest = '') => `  - { id: ${id}${rest}, steps: [{ id: ${id}_s, command: "true" }] }\n`;
    const text = `name: w\nphases:\n${phase('a')}${phase('b')}${phase('c', ', needs: []')}${phase('d', ', needs: [a, c]')}`;
    expect(plan(text).phases.map((each) => each.needs)).toEqual([[], ['a'], [], ['a', 'c']]);
    expect(waves(text)).toEqual({ a_s: 1, b_s: 2, c_s: 1, d_s: 2 });
  });
});

describe('what can never start', () => {
  test.each([
    ['a step that needs itself', flat(step('a', ', needs: [a]')), ["TG2201 3:39 'a' needs itself"]],
    [
      'three that go round, named in turn',
      flat(step('a', ', needs: [c]'), step('b', ', needs: [a]'), step('c', ', needs: [b]')),
      ["TG2201 4:39 they wait for each other: 'a' needs 'c', 'c' needs 'b', 'b' needs 'a'"],
    ],
    ['a need of a later step', flat(step('a', ', needs: [b]'), step('b')), ["TG2201 3:39 they wait for each other: 'a' needs 'b', 'b' needs 'a'"]],
    [
      'phases that go round',
      'name: w\nphases:\n  - { id: p, needs: [q], steps: [{ id: a, command: "true" }] }\n  - { id: q, needs: [p], steps: [{ id: b, command: "true" }] }\n',
      ["TG2201 4:22 they wait for each other: phase 'p' needs phase 'q', phase 'q' needs phase 'p'"],
    ],
    ['two circles, both said', flat(step('a', ', needs: [a]'), step('b', ', needs: [b]')), ["TG2201 3:39 'a' needs itself", "TG2201 4:39 'b' needs itself"]],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

describe('what cannot have ended by then', () => {
  test.each([
    ['itself', flat(step('a', ', when: "steps.a.outcome == \'failed\'"')), ['TG2202 3:38 steps.a cannot have ended by then: it asks for itself']],
    ['a later step', flat(step('a', ', env: { X: "{{ b.stdout }}" }'), step('b')), ["TG2202 3:45 b cannot have ended by then: 'b' comes after 'a'"]],
    [
      'a step of a later phase, from a phase',
      'name: w\nphases:\n  - { id: p, when: "b.cached", steps: [{ id: a, command: "true" }] }\n  - { id: q, steps: [{ id: b, command: "true" }] }\n',
      ["TG2202 3:21 b cannot have ended by then: 'b' comes after phase 'p' (through phase 'q')"],
    ],
    ['a step, before anything has run', `${flat(step('a'))}env: { X: "{{ a.stdout }}" }\n`, ["TG2202 4:15 a cannot have ended by then: 'a' comes after the start of the run (through phase 'main')"]],
    [
      'the verdict of its own phase',
      flat(step('a', ', when: "phases.main.verdict == \'go\'"')),
      ["TG2202 3:38 phases.main cannot have ended by then: phase 'main' comes after 'a'"],
    ],
    ['a step of the clean-up', `${flat(step('a', ', when: "z.cached"'))}cleanup:\n${step('z')}`, ["TG2202 3:38 'z' cannot have ended by then: it runs only in the clean-up"]],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test.each([
    ['an earlier step', flat(step('a'), step('b', ', env: { X: "{{ a.stdout }}" }'))],
    ['a sibling in a group', `${flat()}  - parallel:\n      - { id: b, command: "true" }\n      - { id: c, command: "true", when: "b.cached" }\n`],
    ['everything, from finally', `${flat(step('a'))}finally:\n${step('z', ', when: "a.cached && phases.main.verdict == \'go\'"')}`],
    ['everything, from the outputs', `${flat(step('a'))}outputs: { x: { value: "{{ a.stdout }}" } }\nnext_steps: "{{ a.stdout }}"\n`],
    ['the phase, from its gate', `name: w\nphases:\n  - id: p\n    steps: [{ id: a, command: "true" }]\n    gate: { criteria: [{ id: c, check: "a.exit_code == 0" }] }\n`],
    ['itself, from its rollback', flat(step('a', ', rollback: "echo {{ a.stdout }}"'))],
    ['the last run, from the clean-up', `${flat(step('a'))}cleanup:\n${step('z', ', when: "a.cached"')}`],
  ])('but it can ask for %s', (_, text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe('writers of one path', () => {
  const writer = (id: string, path: string, rest = ''): string => step(id, `, outputs: { o: ${path} }${rest}`);
  test.each([
    ['side by side', flat(writer('a', 'out.txt'), writer('b', './out.txt', ', needs: []')), ["TG2203 4:45 'a' and 'b' both write out.txt, and neither comes before the other"]],
    ['a folder and a file in it', flat(writer('a', 'out'), writer('b', 'out/x.txt', ', needs: []')), ["TG2203 4:45 'a' and 'b' both write out/x.txt, and neither comes before the other"]],
    ['through cache.outputs', flat(writer('a', 'out'), step('b', ', cache: { key: k, outputs: [out] }, needs: []')), ["TG2203 4:58 'a' and 'b' both write out, and neither comes before the other"]],
  ])('unordered: %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
  test.each([
    ['one after the other', flat(writer('a', 'out'), writer('b', 'out'))],
    ['with others between', flat(writer('a', 'out'), step('x'), step('y'), writer('b', 'out'))],
    ['different paths', flat(writer('a', 'out/a'), writer('b', 'out/b', ', needs: []'))],
    ['globs', flat(writer('a', '"out/*"'), writer('b', '"out/*"', ', needs: []'))],
  ])('fine: %s', (_, text) => {
    expect(problems(text)).toEqual([]);
  });
  test('ordered writers are remembered for lint', () => {
    const { planning } = planForTest(flat(writer('a', 'out'), writer('b', 'out')));
    expect(planning?.kind === 'planned' && planning.sharedPaths.map(({ path, ordered }) => ({ path, ordered }))).toEqual([{ path: 'out', ordered: true }]);
  });
});

test('the plan says everything that a person asks', () => {
  const text = `name: release
version: 2.0
description: Ship it
timeout: 2h
defaults: { timeout: 5m }
inputs: { t: { type: string, default: 3m } }
preflight:
  - { tool: node, version: ">=20", level: warning }
  - { run: git diff --quiet }
phases:
  - id: build
    name: Build it
    steps:
      - { id: compile, command: make, cache: true, timeout: none }
      - { id: test, command: "make {{ matrix.on }}", matrix: { on: [a, b] }, timeout: "{{ inputs.t }}" }
      - { id: publish, command: make publish, effects: once }
    gate:
      criteria:
        - { id: green, run: make check }
        - { id: nice, check: "true", advisory: true }
      approve: { message: Ship? }
      on_no_go:
        - { id: undo, command: make undo }
finally: [{ id: tidy, command: make clean }]
cleanup: [{ id: forget, command: rm -rf out }]
`;
  const result = plan(text);
  expect(result).toMatchObject({ workflow: 'release', version: '2.0', description: 'Ship it', timeout: { kind: 'limit', limit: 7_200_000 }, stepCount: 3 });
  expect(result.preflight).toEqual([
    { kind: 'tool', text: 'node >=20', level: 'warning' },
    { kind: 'run', text: 'git diff --quiet', level: 'blocking' },
  ]);
  const [phase] = result.phases;
  expect(phase).toMatchObject({ id: 'build', name: 'Build it', number: 1, needs: [], when: null, timeout: null });
  expect(phase?.steps.map(({ cached, effects, timeout }) => ({ cached, effects, timeout }))).toEqual([
    { cached: true, effects: 'none', timeout: { kind: 'limit', limit: 'none' } },
    { cached: false, effects: 'idempotent', timeout: { kind: 'computed', text: '"{{ inputs.t }}"' } },
    { cached: false, effects: 'once', timeout: { kind: 'limit', limit: 300_000 } },
  ]);
  expect(phase?.steps[1]?.cells).toEqual({ kind: 'known', cells: [{ on: 'a' }, { on: 'b' }] });
  expect(phase?.gate).toMatchObject({
    criteria: [
      { id: 'green', proof: 'run', advisory: false },
      { id: 'nice', proof: 'check', advisory: true },
    ],
    approval: true,
  });
  expect(phase?.gate?.onNoGo.map(({ number }) => number)).toEqual(['1.no_go.1']);
  expect(result.finally.map(({ number, id }) => [number, id])).toEqual([['finally.1', 'tidy']]);
  expect(result.cleanup.map(({ number, id }) => [number, id])).toEqual([['cleanup.1', 'forget']]);
});
