import { expect, test } from '@jest/globals';
import { findByCode, oneStep } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4012');

test('an output that is always null', () => {
  expect(find(oneStep('make', '', 'outputs: { a: { type: file }, b: { value: x } }')).map(({ message }) => message)).toEqual(["the output 'a' has no value: it is always null"]);
});

test('the step that makes something of that name is proposed, if there is one', () => {
  expect(find(oneStep('make', 'outputs: { a: a.txt }', 'outputs: { a: { type: file } }'))[0]?.hint).toContain('{{ steps.only.outputs.a }}');
  expect(find(oneStep('make', 'outputs: { b: a.txt }', 'outputs: { a: { type: file } }'))[0]?.hint).toContain('steps.…');
});
