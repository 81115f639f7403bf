import { expect, test } from '@jest/globals';
import { lintText } from '../../../test/lint/lint-text.js';
import { lintCodes } from './lint-codes.js';
import { lintPages } from './lint-pages.js';
import { lintRules } from './lint-rules.js';

test('every code has a page, and a rule that gives it', () => {
  expect(Object.keys(lintPages).sort()).toEqual(Object.keys(lintCodes).sort());
  const given = lintRules.flatMap(({ codes }) => codes);
  expect(new Set(given).size).toBe(given.length);
  expect([...given, 'TG4020'].sort()).toEqual(Object.keys(lintCodes).sort());
});

test('the names of rules are unique', () => {
  expect(new Set(lintRules.map(({ name }) => name)).size).toBe(lintRules.length);
});

/** Examples that are steps on their own can be tried. */
test.each(['TG4002', 'TG4004', 'TG4006', 'TG4007', 'TG4015'] as const)('the example of %s shows the finding, and the way out', (code) => {
  const { example } = lintPages[code];
  const codesOf = (steps: string) => {
    const linted = lintText(`name: w\nsteps:\n${steps.replaceAll(/^/gmu, '  ')}\n`);
    expect(linted.errors).toEqual([]);
    return linted.diagnostics.map((diagnostic) => diagnostic.code);
  };
  expect(codesOf(example?.wrong ?? '')).toContain(code);
  expect(codesOf(example?.right ?? '')).not.toContain(code);
});
