import { expect, test } from '@jest/globals';
import { findByCode, oneStep } from '../../../../test/lint/lint-text.js';

const unused = (text: string) => findByCode(text, 'TG4017').map(({ message }) => message.slice(0, message.indexOf(' is declared')));
const top = 'inputs: { i: { type: string } }\nvars: { v: 1 }\nsecrets: [S]';

test('all of them are named', () => {
  expect(unused(oneStep('make', '', top))).toEqual(["the input 'i'", "the constant 'v'", "the secret 'S'"]);
});

test.each([
  ['make {{ inputs.i }} {{ vars.v }} {{ secrets.S }}', ''],
  ['make {{ inputs.I }} {{ vars["v"] }}'.replaceAll('"', "'"), 'secrets: [S]'],
  ['make', 'env: { A: "{{ toJSON(inputs) }}{{ vars[env.X] }}{{ toJSON(secrets) }}" }'],
])('%s with %s uses them', (command, more) => {
  expect(unused(oneStep(command, more, top))).toEqual([]);
});

test.each([
  'name: w\nsecrets: [S]\npreflight: [{ env: S }]\nsteps: [{ id: x, command: make }]\n',
  'name: w\nsecrets: [S]\nphases:\n  - { id: p, secrets: [S], steps: [{ id: x, command: make }] }\n',
  'name: w\nsecrets: [S]\nphases:\n  - id: p\n    steps: [{ id: x, command: make }]\n    gate: { criteria: [{ id: c, run: make, secrets: [S] }] }\n',
  'name: w\nsecrets: [ANTHROPIC_API_KEY]\nsteps: [{ id: x, type: claude_code, prompt: y }]\n',
  'name: w\nsecrets: [S]\nsteps: [{ id: x, type: workflow, workflow: other }]\n',
])('secrets are used by being given: %s', (text) => {
  expect(unused(text)).toEqual([]);
});

test("an agent's key is of no use without an agent", () => {
  expect(unused(oneStep('make', '', 'secrets: [ANTHROPIC_API_KEY]'))).toHaveLength(1);
});
