import fc from 'fast-check';
import { expressionTexts } from '../../../test/fakes/expression-texts.js';
import type { Expression } from './expression.js';
import { formatExpression } from './format-expression.js';
import { parseExpression } from './parse-expression.js';
import { partsOf } from './walk-expression.js';

function parse(text: string): Expression {
  const { expression, problems } = parseExpression(text);
  expect(problems).toEqual([]);
  if (expression === undefined) throw new Error('no expression');
  return expression;
}

function withoutPlaces(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)));
}

test('the tree is plain data with exact places', () => {
  expect(parse("!f(a.b['c'], -1.5) && d.*.e >= null")).toEqual({
    kind: 'logic',
    operator: '&&',
    at: [0, 35],
    args: [
      {
        kind: 'not',
        at: [0, 18],
        of: {
          kind: 'call',
          name: 'f',
          at: [1, 18],
          args: [
            {
              kind: 'access',
              at: [3, 11],
              of: { kind: 'access', at: [3, 6], of: { kind: 'context', name: 'a', at: [3, 4] }, key: { kind: 'literal', value: 'b', at: [5, 6] } },
              key: { kind: 'literal', value: 'c', at: [7, 10] },
            },
            { kind: 'literal', value: -1.5, at: [13, 17] },
          ],
        },
      },
      {
        kind: 'compare',
        operator: '>=',
        at: [22, 35],
        left: {
          kind: 'access',
          at: [22, 27],
          of: { kind: 'every', at: [22, 25], of: { kind: 'context', name: 'd', at: [22, 23] } },
          key: { kind: 'literal', value: 'e', at: [26, 27] },
        },
        right: { kind: 'literal', value: null, at: [31, 35] },
      },
    ],
  });
});

test.each([
  ["'it''s''' == 'a''''b'", "'it''s''' == 'a''''b'"],
  ['a==b', 'a == b'],
  ['a!=b', 'a != b'],
  ['a<b', 'a < b'],
  ['a<=b', 'a <= b'],
  ['a>b', 'a > b'],
  ['a>=b', 'a >= b'],
  ['a||b&&c', 'a || (b && c)'],
  ['(a||b)&&c', '(a || b) && c'],
  ['!a.b', '!a.b'],
  ['!(a&&b)', '!(a && b)'],
  ['!a == b', '!a == b'],
  ['a[*].b', 'a.*.b'],
  ["a['x-y']", 'a.x-y'],
  ["a['x y'][0][b]", "a['x y'][0][b]"],
  ['a == b == c', '(a == b) == c'],
  ['(a).b', 'a.b'],
  ['(a == b).c', '(a == b).c'],
  ['f( )', 'f()'],
  ['F(a , (b))', 'F(a, b)'],
  ['true && false || null', '(true && false) || null'],
  ['0x1F', '31'],
  ['.5', '0.5'],
  ['a.true.null', 'a.true.null'],
  ['\n a\n.b ', 'a.b'],
])('%s is read as %s', (text, formatted) => {
  expect(formatExpression(parse(text))).toBe(formatted);
});

test('numbers that JSON does not know are numbers', () => {
  expect(parse('NaN')).toMatchObject({ kind: 'literal', value: NaN });
  expect(parse('-Infinity')).toMatchObject({ kind: 'literal', value: -Infinity });
});

test('what stands at the place of a part is that part', () => {
  fc.assert(
    fc.property(expressionTexts, (text) => {
      const visit = (expression: Expression): void => {
        const [start, end] = expression.at;
        const isName = expression.kind === 'literal' && !/^['\d.+-]|^(true|false|null|NaN|Infinity)$/.test(text.slice(start, end));
        if (isName) expect(text.slice(start, end)).toBe(expression.value);
        else if (!(expression.kind === 'literal' && text[start - 1] === '.')) expect(withoutPlaces(parse(text.slice(start, end)))).toEqual(withoutPlaces(expression));
        partsOf(expression).forEach(visit);
      };
      visit(parse(text));
    }),
    { numRuns: 50 },
  );
});

test('an offset is added to every place, in trees and in problems', () => {
  fc.assert(
    fc.property(expressionTexts, fc.nat(99), (text, offset) => {
      const shifted = parseExpression(text, { offset }).expression;
      const padded = parse(' '.repeat(offset) + text);
      expect(shifted).toEqual(padded);
    }),
    { numRuns: 50 },
  );
  expect(parseExpression('a = b', { offset: 10 }).problems).toMatchObject([{ at: [12, 13], replacement: { at: [12, 13], text: '==' } }]);
  expect(parseExpression('f(', { offset: 10 }).problems).toMatchObject([{ at: [11, 12] }]);
});

test('a formatted expression is the same expression', () => {
  fc.assert(
    fc.property(expressionTexts, (text) => {
      const expression = parse(text);
      expect(withoutPlaces(parse(formatExpression(expression)))).toEqual(withoutPlaces(expression));
    }),
    { numRuns: 80 },
  );
});

test('escaped braces are read only where they are asked for', () => {
  expect(parse("'\\{{'")).toMatchObject({ value: '\\{{' });
  expect(parseExpression("'\\{{ \\{{ \\n'", { escapes: true }).expression).toMatchObject({ value: '{{ {{ \\n' });
});

test.each([
  ['', 'TG2003', 'there is no expression here', [0, 0]],
  [' \n ', 'TG2003', 'there is no expression here', [0, 3]],
  ['a b', 'TG2001', "'b' cannot stand here", [2, 3]],
  ['a and b', 'TG2001', "'and' cannot stand here", [2, 5]],
  ['a * b', 'TG2001', "'*' cannot stand here", [2, 3]],
  ['a)', 'TG2001', "')' cannot stand here", [1, 2]],
  ["a.'b'", 'TG2001', "''b'' cannot stand here", [2, 5]],
  ["'a'.b", 'TG2001', "'.b' cannot stand here", [3, 5]],
  ['a.', 'TG2001', 'the expression ends too early', [1, 2]],
  ['a ==', 'TG2001', 'the expression ends too early', [2, 4]],
  ['!', 'TG2001', 'the expression ends too early', [0, 1]],
  ['f(a', 'TG2001', 'the expression ends too early: a ) is missing', [2, 3]],
  ['f(', 'TG2001', 'the expression ends too early: a ) is missing', [1, 2]],
  ['(a[0', 'TG2001', 'the expression ends too early: a ] is missing', [3, 4]],
  ['(f(a)', 'TG2001', 'the expression ends too early: a ) is missing', [4, 5]],
  ['(f[a] ', 'TG2001', 'the expression ends too early: a ) is missing', [4, 5]],
  ['a[f(1) b]', 'TG2001', "'b' cannot stand here", [7, 8]],
])('%j is a problem of %s: %s', (text, code, message, at) => {
  const { expression, problems } = parseExpression(text);
  expect(expression).toBeUndefined();
  expect(problems).toMatchObject([{ code, message, at }]);
});

test.each([
  ['a and b', { hint: 'and is written &&', replacement: { at: [2, 5], text: '&&' } }],
  ['a OR b', { hint: 'or is written ||', replacement: { at: [2, 4], text: '||' } }],
  ['a is b', { hint: 'equality is written ==', replacement: { at: [2, 4], text: '==' } }],
  ['a eq b', { hint: 'equality is written ==', replacement: { at: [2, 4], text: '==' } }],
  ['a ne b', { hint: 'inequality is written !=', replacement: { at: [2, 4], text: '!=' } }],
  ['a in b', { hint: 'whether a list or text holds something is contains(list, item)' }],
  ['a if b', { hint: 'a choice is written case(condition, value, otherwise)' }],
  ['a * b', { hint: 'numbers are multiplied with mul(a, b)' }],
])('%s is met with advice', (text, advice) => {
  const [problem] = parseExpression(text).problems;
  expect(problem).toMatchObject(advice);
  expect(problem && 'replacement' in problem).toBe('replacement' in advice);
});

describe('limits', () => {
  test.each([
    ['(', 50, 10_000],
    ['!', 50, 1000],
    ['a[', 100, 1000],
    ['f(', 100, 1000],
    ['(a && ', 300, 1000],
  ])('%j without end is a problem and no more', (piece, most, times) => {
    const { expression, problems } = parseExpression(piece.repeat(times));
    expect(expression).toBeUndefined();
    expect(problems).toMatchObject([
      { code: 'TG2006', message: 'this expression is nested more than 50 deep', hint: 'put parts of it into vars or into outputs of steps' },
    ]);
    const [start = NaN, end = NaN] = problems[0]?.at ?? [];
    expect(start).toBeLessThanOrEqual(most);
    expect(end).toBeGreaterThan(start);
  });

  test('eight comparisons in a row are read, nine are not; brackets, commas and && begin anew', () => {
    const row = (count: number): string => Array.from({ length: count + 1 }, () => 'a').join(' == ');
    expect(parseExpression(row(8)).problems).toEqual([]);
    expect(parseExpression(row(9)).problems).toEqual([
      {
        code: 'TG2006',
        message: 'more than 8 comparisons in a row',
        at: [42, 44],
        hint: 'a == b == c compares the answer of the first with c; join comparisons with &&',
      },
    ]);
    for (const operator of ['!=', '<', '<=', '>', '>=']) {
      expect(parseExpression(Array.from({ length: 10 }, () => 'a').join(operator)).problems).toMatchObject([{ code: 'TG2006' }]);
    }
    for (const both of [`${row(8)} && ${row(8)}`, `${row(8)} || ${row(8)}`, `f(${row(8)}, ${row(8)})`, `(${row(8)}) == a`, `a[${row(8)}] == a`]) {
      expect(parseExpression(both).problems).toEqual([]);
    }
    expect(parseExpression(`(a == a) == ${row(7)}`).problems).toEqual([]);
    expect(parseExpression(`(a == a) == ${row(8)}`).problems).toMatchObject([{ code: 'TG2006' }]);
    expect(parseExpression(`a[a == a] == ${row(8)}`).problems).toMatchObject([{ code: 'TG2006' }]);
  });

  test('no text makes the parser throw, and every problem lies in the text', () => {
    const soup = fc.array(fc.constantFrom('a', '.', '*', '[', ']', '(', ')', ',', ' ', '!', '=', '<', '&', '|', '1', "'", '"', 'true', 'f(', '\n', '-', 'é', '\0', '\ud800', '\u00a0'), { maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(soup.map((parts) => parts.join('')), fc.string()), (text) => {
        const { expression, problems } = parseExpression(text);
        const places = problems.map(({ at: [start, end] }) => 0 <= start && start <= end && end <= text.length);
        expect(places).toEqual(expression === undefined ? [true] : []);
      }),
      { numRuns: 200 },
    );
  });
});
