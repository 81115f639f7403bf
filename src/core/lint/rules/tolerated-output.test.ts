import { expect, test } from '@jest/globals';
import { findByCode } from '../../../../test/lint/lint-text.js';

const find = (reader: string, first = 'continue_on_error: true') => findByCode(`name: w\nsteps:\n  - { id: a, command: make, ${first}, outputs: { o: o.txt } }\n  - { id: b, ${reader} }\n`, 'TG4014');

test.each(['command: "cat {{ a.outputs.o }}"', 'command: "cat {{ steps.A.outputs.o }}"', 'command: make, env: { X: "{{ steps.a.outputs.o }}" }', 'command: make, when: "a.outputs.o != \'\'"', `command: "cat {{ default(env.X, a.outputs.o) }}"`])('%s may find null', (reader) => {
  expect(find(reader)).toHaveLength(1);
});

test.each([
  'command: make',
  'command: "cat {{ default(a.outputs.o, \'none\') }}"',
  'command: "cat {{ a.outputs.o }}", when: "steps.a.outcome == \'succeeded\'"',
  'command: "cat {{ a.outcome == \'succeeded\' && a.outputs.o || \'none\' }}"',
  'command: "echo {{ a.stdout }}"',
])('%s is fine', (reader) => {
  expect(find(reader)).toEqual([]);
});

test('a step that must succeed is no matter', () => {
  expect(find('command: "cat {{ a.outputs.o }}"', 'continue_on_error: false')).toEqual([]);
  expect(find('command: "cat {{ a.outputs.o }}"', 'timeout: 5m')).toEqual([]);
});

test("a group's tolerance is its members'", () => {
  expect(findByCode('name: w\nsteps:\n  - continue_on_error: true\n    parallel: [{ id: a, command: make, outputs: { o: o.txt } }]\n  - { id: b, command: "cat {{ a.outputs.o }}" }\n', 'TG4014')).toHaveLength(1);
});

test('null is fine as an output of the workflow', () => {
  expect(findByCode('name: w\noutputs: { o: { value: "{{ steps.a.outputs.o }}" } }\nsteps:\n  - { id: a, command: make, continue_on_error: true, outputs: { o: o.txt } }\n', 'TG4014')).toEqual([]);
});
