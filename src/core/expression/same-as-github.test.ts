import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expressionTexts } from '../../../test/fakes/expression-texts.js';
import { createFixedWorld } from '../../../test/fakes/fixed-world.js';
import { evaluate } from './evaluate.js';
import { importValue } from './import-value.js';
import { parseExpression } from './parse-expression.js';

const names = ['a', 'steps', 'inputs', 'x-y', '_z', 'Build'];

/** What the library's own evaluator gives; `failed` when it throws. */
function evaluateByLibrary(text: string, contexts: data.Dictionary): unknown {
  const tree = new Parser(new Lexer(text).lex().tokens, names, []).parse();
  try {
    return toPlain(new Evaluator(tree, contexts).evaluate());
  } catch {
    return 'failed';
  }
}

function toPlain(value: data.ExpressionData): unknown {
  switch (value.kind) {
    case data.Kind.Array:
      return (value).values().map(toPlain);
    case data.Kind.Dictionary:
      return Object.fromEntries((value).pairs().map((pair) => [pair.key, toPlain(pair.value)]));
    case data.Kind.Null:
      return null;
    default:
      return (value).value;
  }
}

function toPlainOurs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlainOurs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainOurs(item)]));
}

/** Values whose objects have no two keys that differ in case alone, and none that the library loses. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, 0, 1, -2.5, 1e21, 0.1, '', 'x', 'X', 'ı', '10', ' 1 ', 'a b'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.tuple(tie('value'), tie('value'), tie('value')).map(([a, b, c]) => ({ a, B: b, 'x y': c })),
    fc.tuple(tie('value'), tie('value')).map(([one, x]) => ({ 1: one, 'x-y': x })),
  ),
})).value;

const contexts = fc.tuple(...names.map(() => values)).map((list) => new Map(names.map((name, index) => [name, list[index]])));

/** Nothing when both agree; a line for a person when they do not. */
function findDifference(text: string, given: ReadonlyMap<string, unknown>): string | undefined {
  const library = new data.Dictionary();
  for (const [name, value] of given) library.add(name, JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData);
  const world = createFixedWorld(Object.fromEntries([...given].map(([name, value]) => [name, importValue(value) ?? null])));
  const { expression } = parseExpression(text);
  if (expression === undefined) throw new Error(`cannot be parsed: ${text}`);
  const evaluation = evaluate(expression, world);
  const ours = evaluation.kind === 'value' ? toPlainOurs(evaluation.value) : evaluation.kind;
  const theirs = evaluateByLibrary(text, library);
  return isDeepStrictEqual(ours, theirs) ? undefined : `${text}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`;
}

function compare(text: string, given: ReadonlyMap<string, unknown>): void {
  expect(findDifference(text, given)).toBeUndefined();
}

test('random expressions over random contexts give what the library gives', () => {
  fc.assert(fc.property(expressionTexts, contexts, compare), { numRuns: Number(process.env['TOLLGATE_TEST_RUNS'] ?? 200) });
});

test('every operator over every pair of kinds gives what the library gives', () => {
  const sides = ['null', 'true', 'false', '0', '1', 'NaN', 'Infinity', "''", "'1'", "'a'", "'A'", "'ı'", 'a', 'steps', 'a.*', "toJSON('x')"];
  const given = new Map<string, unknown>([['a', [1, 'a']], ['steps', { a: 1 }]]);
  const texts = sides.flatMap((left) => [
    `!${left}`,
    `toJSON(${left})`,
    ...sides.flatMap((right) => [
      ...['==', '!=', '<', '<=', '>', '>=', '&&', '||'].map((operator) => `${left} ${operator} ${right}`),
      `contains(${left}, ${right})`,
      `join(${left}, ${right})`,
      `a[${left}] == (steps)[${right}]`,
      `format('{0}-{1}', ${left}, ${right})`,
    ]),
    ...["'1x'", "'A'", 'null', 'a'].flatMap((part) => [`startsWith(${left}, ${part})`, `endsWith(${left}, ${part})`, `startsWith(${part}, ${left})`, `endsWith(${part}, ${left})`]),
  ]);
  expect(texts.map((text) => findDifference(text, given)).filter((difference) => difference !== undefined)).toEqual([]);
});

test.each(["format('{0}{1}{0}', 1, 'b')", "format('{{0}}')", "format('}}{{')", "format('{0:x}', 1)", "format('{')", "format('}')", "format('{}')", "format('{a}')", "format('{1}', 1)", "format('{0{1}', 1)", "format('{0}}', 1)", "format('a{0', 1)", "format('{0}b{{{0}}}', 1)", "fromJSON('[1, {\"a\": null}]')[1].A", "fromJSON('1')", "fromJSON('x')", "fromJSON('')", "fromJSON(' ')", "fromJSON(true)", "toJSON(fromJSON('{\"b\":[1,{}],\"a\":[]}'))", "case(true, 1, 2)", "case(false, 1, 2)", "case(false, 1, true, 3, 2)", "case('true', 1, 2)", "'it''s'"])(
  '%s gives what the library gives',
  (text) => {
    compare(text, new Map());
  },
);

test('what the library loses is kept: doubled quotes beyond the first, and the names of JavaScript', () => {
  const { expression } = parseExpression("fromJSON('{\"constructor\": \"it''s ''it''\", \"__proto__\": 1}')");
  expect(expression && evaluate(expression, createFixedWorld({}))).toEqual({
    kind: 'value',
    value: importValue(JSON.parse('{"constructor": "it\'s \'it\'", "__proto__": 1}')),
  });
});
