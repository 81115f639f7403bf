import fc from 'fast-check';
import { readTokens } from './read-tokens.js';

const pieces = ['a', 'steps', '.', '*', '[', ']', '(', ')', ',', ' ', '\n', '\r\n', '\t', '!', '!=', '==', '<', '<=', '>', '>=', '&&', '||', '1', '-2.5', "'x'", "'a''b'", "'\n'", 'true', 'null', 'NaN'];

test('every token knows its exact place, whatever line breaks lie in texts and between', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (parts) => {
      const text = parts.join(' ');
      const read = readTokens(text);
      if (read.kind === 'problem') return;
      for (const token of read.tokens) expect(text.slice(token.start, token.end)).toBe(token.lexeme);
      expect(read.tokens.map(({ index }) => index)).toEqual(read.tokens.map((_, index) => index));
      expect(read.tokens.at(-1)).toMatchObject({ start: text.length, end: text.length });
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["a == 'x", 'TG2007', [5, 7], undefined],
  ["'it''s", 'TG2007', [0, 6], undefined],
  ["'Located at position 9", 'TG2007', [0, 22], undefined],
  ['a = b', 'TG2001', [2, 3], '=='],
  ['a === b', 'TG2001', [4, 5], undefined],
  ['a !== b', 'TG2001', [4, 5], undefined],
  ['a &b', 'TG2001', [2, 4], '&&'],
  ['a & b', 'TG2001', [2, 3], '&&'],
  ['a | upper', 'TG2001', [2, 3], undefined],
  ['a + 1', 'TG2001', [2, 3], undefined],
  ['a - b', 'TG2001', [2, 3], undefined],
  ['a / b', 'TG2001', [2, 3], undefined],
  ['a % b', 'TG2001', [2, 3], undefined],
  ['a ? b : c', 'TG2001', [2, 3], undefined],
  ['x == "it\'s"', 'TG2001', [5, 11], "'it''s'"],
  ['x == "two words"', 'TG2001', [5, 16], "'two words'"],
  ['x == "open', 'TG2001', [5, 10], undefined],
  ['1.2.3', 'TG2001', [0, 5], undefined],
  ['$HOME', 'TG2001', [0, 5], undefined],
  ['ä', 'TG2001', [0, 1], undefined],
])('%s → %s at %j', (text, code, at, replacement) => {
  const read = readTokens(text);
  expect(read).toMatchObject({ kind: 'problem', problem: { code, at } });
  if (read.kind === 'problem') expect(read.problem.replacement).toEqual(replacement === undefined ? undefined : { at, text: replacement });
});

test.each([
  ['a = b', 'equality is written =='],
  ['a === b', 'equality is written ==, inequality !=; they compare texts whatever their case'],
  ['a !== b', 'equality is written ==, inequality !=; they compare texts whatever their case'],
  ['a =! b', 'equality is written =='],
  ['a & b', 'and is written &&'],
  ['a | b', 'or is written ||; there are no filters behind a single |'],
  ['a + b', "numbers are added with add(a, b), texts are joined with format('{0}{1}', a, b)"],
  ['a - b', 'numbers are subtracted with sub(a, b)'],
  ['a / b', 'numbers are divided with div(a, b)'],
  ['a % b', 'the rest of a division is mod(a, b)'],
  ['a ? b', 'a choice is written case(condition, value, otherwise)'],
  ['a : b', 'a choice is written case(condition, value, otherwise)'],
  ['`a`', 'a text stands in single quotes'],
  ['$a', 'names are written without $; variables of the environment are env.NAME'],
  ['\\n', 'there are no backslash escapes; a quote inside a text is doubled'],
  ['a {b', 'braces do not nest: write what stands in them as it is, in parentheses where needed'],
  ['a }b', 'braces do not nest: write what stands in them as it is, in parentheses where needed'],
  ['x == "a"', "write 'a'"],
  ["'a", "a quote inside a text is doubled: 'it''s'"],
  ['ä', undefined],
])('%s is met with advice', (text, hint) => {
  const read = readTokens(text);
  expect(read.kind === 'problem' ? read.problem.hint : 'no problem').toBe(hint);
});

test('a long symbol is shortened in the message, not in the place', () => {
  const symbol = `ä${'b'.repeat(60)}`;
  expect(readTokens(symbol)).toMatchObject({ problem: { message: `'ä${'b'.repeat(38)}…' cannot stand here`, at: [0, 61] } });
  expect(readTokens(`ä${'b'.repeat(39)}`)).toMatchObject({ problem: { message: `'ä${'b'.repeat(39)}' cannot stand here` } });
});

test('21,000 characters are read, one more is a problem that points at the rest', () => {
  expect(readTokens('a'.repeat(21_000)).kind).toBe('tokens');
  expect(readTokens('a'.repeat(21_001))).toEqual({
    kind: 'problem',
    problem: {
      code: 'TG2005',
      message: 'this expression has 21001 characters; 21000 are the most an expression can have',
      at: [21_000, 21_001],
      hint: 'put parts of it into outputs of steps, or into vars',
    },
  });
});
