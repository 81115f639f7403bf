import { expect, test } from '@jest/globals';
import { findByCode } from '../../../../test/lint/lint-text.js';

const find = (background: string, next = '  - { id: t, command: npm test }\n') => findByCode(`name: w\nsteps:\n  - { id: server, command: npm start, background: ${background} }\n${next}`, 'TG4016');

test.each(['true', '{ stop: phase }'])('background: %s', (background) => {
  expect(find(background)).toHaveLength(1);
});

test.each(['false', '{ ready: { url: "http://localhost:3000" } }', '{ ready: { log: listening } }'])('background: %s is fine', (background) => {
  expect(find(background)).toEqual([]);
});

test.each([
  '  - { id: up, type: wait, url: "http://localhost:3000" }\n',
  '  - { id: t, command: npx wait-on http://localhost:3000 && npm test }\n',
  '  - { id: t, command: "until curl -sf localhost; do sleep 1; done" }\n',
  '  - { id: t, command: "curl --retry 9 --retry-connrefused localhost" }\n',
  '',
])('somebody waits, or nobody comes: %s', (next) => {
  expect(find('true', next)).toEqual([]);
});

test('a pause is no waiting for an answer', () => {
  expect(find('true', '  - { id: up, type: wait, for: 1s }\n')).toHaveLength(1);
});
