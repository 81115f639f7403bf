import { parse } from 'yaml';
import { fixedScope } from '../../../test/fakes/fixed-scope.js';
import { checkExpression } from './check-expression.js';
import { createMatcher } from './create-matcher.js';
import { expressionCodes } from './expression-codes.js';
import { expressionPages } from './expression-pages.js';
import { parseCondition } from './parse-condition.js';
import { parseTemplate } from './parse-template.js';

const matches = createMatcher();
const refusePattern = (pattern: string): string | undefined => {
  const answer = matches('', pattern);
  return typeof answer === 'boolean' ? undefined : answer.error;
};

/** The codes that one line of a workflow is met with. */
function codesOf(line: string): readonly string[] {
  const [[field, text] = ['', '']] = Object.entries(parse(line) as Record<string, string>);
  if (field === 'command') {
    const { parts, problems } = parseTemplate(text);
    const checked = parts.map((part) => (part.kind === 'expression' ? checkExpression(part.expression, fixedScope, { strict: 'no' }) : undefined));
    const misplaced = checked.filter((result) => result?.shape.kind === 'list').map(() => 'TG2024');
    return [...[...problems, ...checked.flatMap((result) => result?.problems ?? [])].map(({ code }) => code), ...misplaced];
  }
  const { expression, problems } = parseCondition(text);
  const strict = field === 'check' ? 'check' : 'condition';
  const checked = expression === undefined ? [] : checkExpression(expression, fixedScope, { strict, refusePattern }).problems;
  return [...problems, ...checked].map(({ code }) => code);
}

test('every code has a page, and every page a code', () => {
  expect(Object.keys(expressionPages)).toEqual(Object.keys(expressionCodes));
});

test.each(Object.entries(expressionPages))('the example of %s is met with it, and mended it is fine', (code, { example }) => {
  if (example === undefined) {
    expect(['TG2005', 'TG2006']).toContain(code);
    return;
  }
  const scoped = (line: string): string => line.replace('build.', 'baseline.').replaceAll('inputs.env', 'inputs.name');
  expect(codesOf(scoped(example.right))).toEqual([]);
  expect(codesOf(scoped(example.wrong))).toEqual([code]);
});

test.each(Object.entries(expressionPages))('%s is explained in whole sentences', (_code, { meaning, why, fix }) => {
  for (const text of [meaning, why, fix]) expect(text).toMatch(/^[A-Z].*[.]$/s);
});
