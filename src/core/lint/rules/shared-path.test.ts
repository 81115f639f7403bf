import { expect, test } from '@jest/globals';
import { findByCode, lintText, pointedAt } from '../../../../test/lint/lint-text.js';

const two = (first: string, second: string) => `name: w\nsteps:\n  - { id: a, command: make, outputs: { o: ${first} } }\n  - { id: b, command: make, outputs: { o: ${second} } }\n`;

test('one path, written twice in order', () => {
  const text = two('out/x.txt', './out/x.txt');
  const [finding] = findByCode(text, 'TG4008');
  expect(finding?.message).toBe("'b' writes out/x.txt, which 'a' has written before");
  expect(pointedAt(lintText(text), finding!)).toBe('./out/x.txt');
  expect(pointedAt(lintText(text), finding!.related![0]!)).toBe('out/x.txt');
});

test('paths of their own are fine', () => {
  expect(findByCode(two('out/x.txt', 'out/y.txt'), 'TG4008')).toEqual([]);
});
