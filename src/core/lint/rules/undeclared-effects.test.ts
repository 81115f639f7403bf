import { expect, test } from '@jest/globals';
import { findByCode, lintText, oneStep, pointedAt } from '../../../../test/lint/lint-text.js';
import { mendWorkflow } from '../mend-workflow.js';

const find = (text: string) => findByCode(text, 'TG4002');

test('an effect that nobody declared is pointed at in its command', () => {
  const text = 'name: w\nsteps:\n  - id: release\n    command: |\n      # git push\n      make\n      sudo git push origin "$B"\n      make done\n';
  const [finding] = find(text);
  expect(finding?.message).toContain("'release' calls git push");
  expect(pointedAt(lintText(text), finding!)).toBe('sudo git push origin "$B"');
});

test('a value in the call is part of what is pointed at', () => {
  const text = `name: w\ninputs: { b: { type: string } }\nsteps:\n  - id: x\n    command: 'echo \\{{ "it''s"; git push origin {{ inputs.b }}'\n`;
  expect(pointedAt(lintText(text), find(text)[0]!)).toBe('git push origin {{ inputs.b }}');
});

test.each(['effects: once', 'effects: idempotent', 'effects: none'])('%s is a declaration', (field) => {
  expect(find(oneStep('git push', field))).toEqual([]);
});

test('of several calls the one that happens once is named', () => {
  expect(find(oneStep('git push && gh pr create --fill')).map(({ message }) => message)).toEqual([expect.stringContaining('gh pr create')]);
});

test('a cached step would not do it on a hit', () => {
  const [finding] = find(oneStep('terraform apply', 'cache: true'));
  expect(finding?.message).toContain('on a hit it would not happen');
  expect(finding?.fix).toBeUndefined();
});

test('requests of http steps', () => {
  const http = (more: string) => `name: w\nsteps:\n  - { id: x, type: http, url: "https://x.example", ${more} }\n`;
  expect(find(http('method: POST'))).toHaveLength(1);
  expect(find(http('method: patch'))).toHaveLength(1);
  expect(find(http('method: GET'))).toEqual([]);
  expect(find(http('method: POST, effects: once'))).toEqual([]);
  expect(find('name: w\nsteps:\n  - { id: x, type: http, url: "http://localhost:3000/seed", method: POST }\n')).toEqual([]);
});

test('what takes back or cleans up may do what it has to', () => {
  expect(find('name: w\nsteps:\n  - id: x\n    command: make\n    rollback: [{ id: back, command: git push }]\ncleanup: [{ id: c, command: git push }]\n')).toEqual([]);
  expect(find('name: w\nsteps: [{ id: x, command: make }]\nfinally: [{ id: c, command: git push }]\n')).toHaveLength(1);
});

test('only what states the default is safe to add', () => {
  expect(find(oneStep('git push'))[0]?.fix).toMatchObject({ title: "Add effects: idempotent to 'only'", safe: true });
  expect(find(oneStep('gh pr create'))[0]?.fix).toMatchObject({ title: "Add effects: once to 'only'", safe: false });
});

test.each([
  ['  - id: x # push\n    command: git push\n', '  - id: x # push\n    effects: idempotent\n    command: git push\n'],
  ['  - id: "x"\n    command: git push\n', '  - id: "x"\n    effects: idempotent\n    command: git push\n'],
  ['  - command: git push\n    id: x', '  - command: git push\n    id: x\n    effects: idempotent'],
  ['  -\n    id: x\n    command: git push\n', '  -\n    id: x\n    effects: idempotent\n    command: git push\n'],
  ['  - { id: x, command: git push }\n', '  - { id: x, effects: idempotent, command: git push }\n'],
  ['  - { command: git push, id: \'x\' }\n', '  - { command: git push, id: \'x\', effects: idempotent }\n'],
  ['  - {\n      id: x,\n      command: git push }\n', '  - {\n      id: x,\n      command: git push }\n'],
  ['  - id: x\r\n    command: git push\r\n', '  - id: x\r\n    effects: idempotent\r\n    command: git push\r\n'],
  ['  - id: &a x\n    command: git push\n', '  - id: &a x\n    command: git push\n'],
])('the fix fits how the step is written: %j', (before, after) => {
  const head = 'name: w\nsteps:\n';
  const mended = mendWorkflow(head + before, lintText);
  expect(mended.text).toBe(head + after);
  expect(mended.linting.valid).toBe(true);
});
