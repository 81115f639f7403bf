import fc from 'fast-check';
import { expressionTexts } from '../../../test/fakes/expression-texts.js';
import { formatExpression } from './format-expression.js';
import { parseCondition } from './parse-condition.js';
import { parseExpression } from './parse-expression.js';

test.each([
  ['a == b', 'a == b'],
  ['{{ a == b }}', 'a == b'],
  ['${{ a }}', 'a'],
  ["{{ a }} == 'x'", "a == 'x'"],
  ['{{ a || b }} && {{ c }}', '(a || b) && c'],
  ['!{{ a == b }}', '!(a == b)'],
  ['{{a}}.b', 'a.b'],
  ["{{ '}}' }} == '{{'", "'}}' == '{{'"],
  ["{{ a == '}}' }}", "a == '}}'"],
  ["a == '\\{{ b }}'", "a == '{{ b }}'"],
  ["a == 'it''s' && {{ b }}", "(a == 'it''s') && b"],
  ["a == '{{' && b == '}}'", "(a == '{{') && (b == '}}')"],
])('%j is read as %s', (text, formatted) => {
  const { expression, problems } = parseCondition(text);
  expect(problems).toEqual([]);
  expect(expression && formatExpression(expression)).toBe(formatted);
});

test('braces around the whole or a part change no meaning and shift nothing but themselves', () => {
  fc.assert(
    fc.property(expressionTexts, fc.constantFrom('{{', '${{'), (text, braces) => {
      const padding = ' '.repeat(braces.length - 1);
      expect(parseCondition(`${braces}${text}}} == 1`)).toEqual(parseExpression(`${padding}(${text})  == 1`));
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["'{{ a }}' == 'b'", [1, 8], 'a', [0, 9]],
  ["'${{ a.b }}' == 'b'", [1, 11], 'a.b', [0, 12]],
  ["'{{ a || b }}' == 'b'", [1, 13], '(a || b)', [0, 14]],
  ["'{{ f(a) }}' == 'b'", [1, 11], 'f(a)', [0, 12]],
  ["x && '{{ a[0].b }}' == 'b'", [6, 18], 'a[0].b', [5, 19]],
  ["x == 'v{{ a }}'", [7, 14], "format('v{0}', a)", [5, 15]],
  ["x == 'v{{ a }}-{{ b.c }}{1}'", [7, 14], "format('v{0}-{1}{{1}}', a, b.c)", [5, 28]],
  ["x == '{{ a }}{{ b }}'", [6, 13], "format('{0}{1}', a, b)", [5, 21]],
  ["x == '{{ f(''y'') }} it''s'", [6, 20], "format('{0} it''s', f('y'))", [5, 27]],
  ["{{ '{{ a }}' == b }}", undefined, 'a', [3, 12]],
])('%j is told how to do without', (text, at, replacement, replaced) => {
  const { expression, problems } = parseCondition(text);
  expect(expression).toBeUndefined();
  expect(problems).toMatchObject([
    {
      code: 'TG2008',
      message: 'between quotes braces are text: nothing is put in for them',
      hint: `write ${replacement}`,
      replacement: { text: replacement, at: replaced },
    },
  ]);
  if (at) expect(problems[0]?.at).toEqual(at);
});

test('each text with braces is a problem of its own, and the replacement is well written', () => {
  const text = "'{{ a }}' == 'x{{ b }}'";
  const { problems } = parseCondition(text);
  expect(problems).toHaveLength(2);
  const mended = problems.reduceRight((all, { replacement }) => (replacement ? all.slice(0, replacement.at[0]) + replacement.text + all.slice(replacement.at[1]) : all), text);
  expect(mended).toBe("a == format('x{0}', b)");
  expect(parseCondition(mended).problems).toEqual([]);
});

test.each([
  ['{{ a', [{ code: 'TG2002', message: 'these braces are never closed', at: [0, 2], hint: 'close them with }}, or leave them out: a condition needs none' }]],
  ['x && ${{ a }', [{ code: 'TG2002', at: [5, 8] }]],
  ["{{ a == 'b }}", [{ code: 'TG2002', at: [0, 2] }]],
  ['{{ }} && b', [{ code: 'TG2003', message: 'there is no expression here', at: [0, 5] }]],
  ['a == ${{}}', [{ code: 'TG2003', at: [5, 10] }]],
  ['{{ {{ a }} }}', [{ code: 'TG2001', at: [3, 5] }]],
  ['a == b }} {{ c }}', [{ code: 'TG2001', at: [7, 9] }]],
  ['{{ a b }}', [{ code: 'TG2001', at: [5, 6] }]],
  ['$ {{ a }}', [{ code: 'TG2001', at: [0, 1] }]],
  ['', [{ code: 'TG2003', at: [0, 0] }]],
  ["a == 'b", [{ code: 'TG2007', at: [5, 7] }]],
  ["{{ a }} == 'b", [{ code: 'TG2007', at: [11, 13] }]],
])('%j has problems', (text, problems) => {
  const parsed = parseCondition(text);
  expect(parsed.expression).toBeUndefined();
  expect(parsed.problems).toMatchObject(problems);
  expect(parsed.problems).toHaveLength(problems.length);
});

test('no text makes it throw, and every problem lies in the text', () => {
  const soup = fc.array(fc.constantFrom('{{', '}}', '${{', '$', '\\', "'", "''", ' ', 'a', '.', '==', '(', ')', '\n'), { maxLength: 20 });
  fc.assert(
    fc.property(soup, (pieces) => {
      const text = pieces.join('');
      const { expression, problems } = parseCondition(text);
      expect(problems.length === 0).toBe(expression !== undefined);
      expect(problems.filter(({ at: [start, end] }) => start < 0 || end < start || end > text.length)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('twenty problems are told, and then no more is read', () => {
  expect(parseCondition("'{{ a }}' ".repeat(30)).problems).toHaveLength(20);
});

test.each(["'{{", "'{{'", "{{ ' }}", '{{', "'{{ a }}'", "'\\{{ }}"])('twenty thousand characters of %j are read at once, more are refused', (piece) => {
  const start = performance.now();
  parseCondition(piece.repeat(20_000 / piece.length));
  expect(parseCondition(piece.repeat(40_000 / piece.length)).problems).toMatchObject([{ code: 'TG2005' }]);
  expect(performance.now() - start).toBeLessThan(3000);
});
