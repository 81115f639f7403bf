import { expect, test } from '@jest/globals';
import { findByCode, oneStep } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4001');

test('neither assert nor gate', () => {
  expect(find(oneStep('make test'))).toMatchObject([{ severity: 'warning', span: [6, 7] }]);
  expect(find('name: w\nphases:\n  - id: a\n    steps: [{ id: x, command: make }]\n')).toHaveLength(1);
});

test('an assert is proof, and so is a gate', () => {
  expect(find(`${oneStep('make')}  - { id: proof, type: assert, condition: "only.exit_code == 0" }\n`)).toEqual([]);
  expect(find('name: w\nphases:\n  - id: a\n    steps: [{ id: x, command: make }]\n    gate: { criteria: [{ id: t, run: make test }] }\n')).toEqual([]);
  expect(find('name: w\nsteps:\n  - parallel:\n      - { id: x, command: make }\n      - { id: proof, type: assert, condition: "1 == 1" }\n')).toEqual([]);
});
