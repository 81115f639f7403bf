import { expect, test } from '@jest/globals';
import { findByCode } from '../../../../test/lint/lint-text.js';

const find = (gate: string) => findByCode(`name: w\nphases:\n  - id: p\n    steps: [{ id: x, command: make }]\n    gate: ${gate}\n`, 'TG4018');

test.each([
  '{ criteria: [{ id: a, run: make, advisory: true }, { id: b, run: make, advisory: true }] }',
  '{ criteria: [{ id: a, run: "npm test || true" }] }',
  '{ criteria: [{ id: a, run: "npm test || :" }] }',
  '{ criteria: [{ id: a, run: "npm test; exit 0" }] }',
  '{ criteria: [{ id: a, run: "npm test\\ntrue\\n" }] }',
])('%s cannot close', (gate) => {
  expect(find(gate)).toHaveLength(1);
});

test.each([
  '{ criteria: [{ id: a, run: make, advisory: true }, { id: b, run: make }] }',
  '{ criteria: [{ id: a, run: make, advisory: true }], approve: { message: ok } }',
  '{ criteria: [{ id: a, run: make, advisory: false }] }',
  '{ approve: { message: ok } }',
  '{ criteria: [{ id: a, run: "rm x || true; npm test" }] }',
  '{ criteria: [{ id: a, run: "npm test || exit 1" }] }',
  '{ criteria: [{ id: a, run: "wc -l x || true", check: "criterion.stdout == \'3\'" }] }',
])('%s can', (gate) => {
  expect(find(gate)).toEqual([]);
});
