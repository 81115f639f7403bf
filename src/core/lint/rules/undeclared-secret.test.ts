import { expect, test } from '@jest/globals';
import { findByCode, oneStep } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4009');

test.each([
  ['make', 'pass_env: [NPM_TOKEN]', ''],
  ['make', 'pass_env: [CLIENT_SECRET_ID, PATH]', ''],
  ['make', 'pass_env: ["*_TOKEN"]', ''],
  ['make', 'pass_env: ["NPM_TOKEN*"]', ''],
  ['make', '', 'pass_env: [DB_PASSWORD]'],
  ['make {{ env.API_KEY }}', '', ''],
  ["make {{ env('AWS_CREDENTIALS') }}", '', ''],
  ['make', 'env: { API_KEY: "{{ env.API_KEY }}" }', ''],
])('%s, %s, %s', (command, more, top) => {
  expect(find(oneStep(command, more, top))).toHaveLength(1);
});

test.each([
  ['make', 'pass_env: ["PYTEST_*", AWS_REGION, "*"]', ''],
  ['make {{ env.NODE_ENV }}', '', ''],
  ['make {{ env.TOKENS_USED }}', '', ''],
  ['make {{ env.API_KEY }}', '', 'env: { API_KEY: not-secret }'],
  ['make {{ env.API_KEY }}', 'env: { API_KEY: not-secret }', ''],
  ['make {{ secrets.API_KEY }}', '', 'secrets: [API_KEY]'],
  ['make "$API_KEY"', 'secrets: [API_KEY]', 'secrets: [API_KEY]'],
])('%s, %s, %s is fine', (command, more, top) => {
  expect(find(oneStep(command, more, top))).toEqual([]);
});

test('criteria and phases pass variables through too', () => {
  expect(find('name: w\nphases:\n  - id: p\n    pass_env: [A_TOKEN]\n    steps: [{ id: x, command: make }]\n    gate: { criteria: [{ id: c, run: make, pass_env: [B_TOKEN] }] }\n')).toHaveLength(2);
});

test('the hint proposes what is missing', () => {
  expect(find(oneStep('make', 'pass_env: [NPM_TOKEN]', 'secrets: [OTHER]'))[0]?.hint).toBe('declare it: secrets: [OTHER, NPM_TOKEN] at the workflow, and secrets: [NPM_TOKEN] where it is needed');
  expect(find(oneStep('make {{ env.NPM_TOKEN }}', '', 'secrets: [NPM_TOKEN]'))[0]?.hint).toContain('{{ secrets.NPM_TOKEN }}');
  expect(find(oneStep('make', 'pass_env: ["*_TOKEN"]'))[0]?.hint).toContain('name the secrets');
});
