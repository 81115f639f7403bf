import { expect, test } from '@jest/globals';
import { findByCode, lintText, oneStep, pointedAt } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4003');
const cached = 'cache: true\ninputs: [a.txt]';

test.each([
  ['make R={{ run.id }}', cached],
  ['make', `${cached}\nenv: { R: "{{ run.started_at }}" }`],
  ['make', 'cache_key: "{{ github.run_id }}"'],
  ['make', 'cache: { key: "v1-{{ run.attempt }}" }'],
  ['make', 'cache: true\ninputs: [{ value: "{{ github.run_number }}" }]'],
  ['make', `${cached}\nworking_directory: "out/{{ run.id }}"`],
  ['make', `${cached}\nenv: { R: "{{ env.GITHUB_RUN_ID }}" }`],
  ['make', `${cached}\nenv: { R: "{{ env('GITHUB_RUN_ATTEMPT') }}" }`],
])('%s with %s never hits', (command, more) => {
  expect(find(oneStep(command, more))).toHaveLength(1);
});

test.each([
  ['make R={{ run.id }}', ''],
  ['make R={{ run.id }}', 'cache: false'],
  ['make', `${cached}\nname: x\nwhen: run.attempt == 1`],
  ['make S={{ github.sha }} {{ github.ref }}', cached],
  ['make R={{ run.actor }}', cached],
])('%s with %s is fine', (command, more) => {
  expect(find(oneStep(command, more))).toEqual([]);
});

test('an environment above cached steps is named once, with the steps', () => {
  const text = 'name: w\nenv: { R: "{{ run.id }}" }\nsteps:\n  - { id: a, command: make, cache: true }\n  - { id: b, command: make, cache: true }\n  - { id: c, command: make }\n';
  const found = find(text);
  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining("the cached steps 'a' and 'b'")]);
  expect(pointedAt(lintText(text), found[0]!)).toBe('run.id');
});

test("a phase's environment counts for its own steps", () => {
  const text = (cache: string) => `name: w\nphases:\n  - id: p\n    env: { R: "{{ run.id }}" }\n    steps: [{ id: a, command: make }]\n  - id: q\n    steps: [{ id: b, command: make${cache} }]\n`;
  expect(find(text(', cache: true'))).toEqual([]);
  expect(find(text('').replace('id: a, command: make', 'id: a, command: make, cache: true'))[0]?.message).toContain("the cached step 'a'");
});

test("a group's environment counts for its members", () => {
  expect(find('name: w\nsteps:\n  - env: { R: "{{ run.id }}" }\n    parallel:\n      - { id: a, command: make, cache: true }\n  - { id: b, command: make, cache: true }\n')[0]?.message).toContain("step 'a'");
});

test('three and more are counted', () => {
  expect(find(`name: w\nenv: { R: "{{ run.id }}" }\nsteps:\n${['a', 'b', 'c'].map((id) => `  - { id: ${id}, command: make, cache: true }\n`).join('')}`)[0]?.message).toContain('3 cached steps');
});
