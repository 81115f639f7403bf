import { expect, test } from '@jest/globals';
import { findByCode, lintText, pointedAt } from '../../../../test/lint/lint-text.js';

const agent = (prompt: string) => `name: w\nsteps:\n  - id: a\n    type: claude_code\n    prompt: |\n      Do this:\n      ${prompt}\n`;

test.each(['github.event.issue.body', 'github.event.pull_request.title', 'github.event.comment.body', 'github.head_ref', 'github.event.pull_request.head.ref', 'github.event.head_commit.message'])('%s', (name) => {
  const text = agent(`{{ ${name} }}`);
  expect(findByCode(text, 'TG4019').map((finding) => pointedAt(lintText(text), finding))).toEqual([name]);
});

test.each(['{{ github.event.issue.number }}', '{{ github.sha }}', '{{ github.event.repository.name }}', '{{ run.id }}', 'read issue.body'])('%s is fine', (prompt) => {
  expect(findByCode(agent(prompt), 'TG4019')).toEqual([]);
});

test('a command gets it as data', () => {
  expect(findByCode('name: w\nsteps: [{ id: a, command: "echo {{ github.event.issue.body }} > x" }]\n', 'TG4019')).toEqual([]);
});
