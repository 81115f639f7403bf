import { expect, test } from '@jest/globals';
import { partsOf } from '../../../test/hand-over/parts-of.js';
import { handOver } from './hand-over.js';
import { scriptCodes } from './script-codes.js';
import { scriptPages } from './script-pages.js';

const withHoles = (command: string) => partsOf(command.replaceAll(/\{\{ .*? \}\}/g, '‹›'));
const examples = Object.entries(scriptPages).flatMap(([code, { example }]) => (example === undefined ? [] : [[code, example] as const]));

test('every code has a page', () => {
  expect(Object.keys(scriptPages)).toEqual(Object.keys(scriptCodes));
  expect(examples).toHaveLength(14);
});

test.each(examples)('the example of %s shows the problem, and the way out', (code, { wrong, right }) => {
  const refused = handOver(withHoles(wrong), 'bash');
  expect(refused.kind === 'refused' ? refused.refusals.map((problem) => problem.code) : []).toContain(code);
  expect(handOver(withHoles(right), 'bash').kind).toBe('ok');
});
