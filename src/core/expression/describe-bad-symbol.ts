import type { Span } from '../diagnostic/diagnostic.js';
import type { TextProblem } from './problem.js';

interface Advice {
  readonly hint: string;
  /** What to write in place of the symbol, where that alone mends it. */
  readonly instead?: string;
}

/** What people bring along from other languages, by the symbol it starts with. */
const adviceBySymbol: ReadonlyMap<string, Advice> = new Map([
  ['=', { hint: 'equality is written ==', instead: '==' }],
  ['&', { hint: 'and is written &&', instead: '&&' }],
  ['|', { hint: 'or is written ||; there are no filters behind a single |' }],
  ['+', { hint: 'numbers are added with add(a, b), texts are joined with format(\'{0}{1}\', a, b)' }],
  ['-', { hint: 'numbers are subtracted with sub(a, b)' }],
  ['*', { hint: 'numbers are multiplied with mul(a, b)' }],
  ['/', { hint: 'numbers are divided with div(a, b)' }],
  ['%', { hint: 'the rest of a division is mod(a, b)' }],
  ['?', { hint: 'a choice is written case(condition, value, otherwise)' }],
  [':', { hint: 'a choice is written case(condition, value, otherwise)' }],
  ['`', { hint: 'a text stands in single quotes' }],
  ['$', { hint: 'names are written without $; variables of the environment are env.NAME' }],
  ['{', { hint: 'braces do not nest: write what stands in them as it is, in parentheses where needed' }],
  ['}', { hint: 'braces do not nest: write what stands in them as it is, in parentheses where needed' }],
  ['\\', { hint: 'there are no backslash escapes; a quote inside a text is doubled' }],
]);

/** Words that are operators in other languages. */
const adviceByWord: ReadonlyMap<string, Advice> = new Map([
  ['and', { hint: 'and is written &&', instead: '&&' }],
  ['or', { hint: 'or is written ||', instead: '||' }],
  ['is', { hint: 'equality is written ==', instead: '==' }],
  ['eq', { hint: 'equality is written ==', instead: '==' }],
  ['ne', { hint: 'inequality is written !=', instead: '!=' }],
  ['in', { hint: 'whether a list or text holds something is contains(list, item)' }],
  ['if', { hint: 'a choice is written case(condition, value, otherwise)' }],
]);

/** The problem for a symbol that begins at `start` and that the language does not know. */
export function describeBadSymbol(text: string, start: number, symbol: string): TextProblem {
  if (symbol.startsWith("'")) return describeOpenText(text, start);
  if (symbol.startsWith('"')) return describeDoubleQuotes(text, start, symbol);
  return describeUnexpected(symbol, [start, Math.max(start + symbol.length, start + 1)], text);
}

/** The problem for something that is written well and stands where it cannot. */
export function describeUnexpected(symbol: string, at: Span, text: string): TextProblem {
  const advice = adviceFor(symbol, at[0], text);
  return {
    code: 'TG2001',
    message: `'${shorten(symbol)}' cannot stand here`,
    at,
    ...(advice && { hint: advice.hint }),
    ...(advice?.instead !== undefined && { replacement: { at, text: advice.instead } }),
  };
}

function adviceFor(symbol: string, start: number, text: string): Advice | undefined {
  const last = text[start - 1];
  if (symbol === '=' && (last === '=' || last === '!' || text[start + 1] === '=')) {
    return { hint: 'equality is written ==, inequality !=; they compare texts whatever their case' };
  }
  return adviceByWord.get(symbol.toLowerCase()) ?? adviceBySymbol.get(symbol.charAt(0));
}

function describeOpenText(text: string, start: number): TextProblem {
  return {
    code: 'TG2007',
    message: 'the text that begins here has no closing quote',
    at: [start, text.length],
    hint: "a quote inside a text is doubled: 'it''s'",
  };
}

/** Between double quotes anything may stand, so that the library's symbol may be only the first word of it. */
function describeDoubleQuotes(text: string, start: number, symbol: string): TextProblem {
  const close = text.indexOf('"', start + 1);
  const at: Span = [start, close === -1 ? start + symbol.length : close + 1];
  const problem: TextProblem = { code: 'TG2001', message: 'a text stands in single quotes', at };
  if (close === -1) return problem;
  const mended = `'${text.slice(start + 1, close).replaceAll("'", "''")}'`;
  return { ...problem, hint: `write ${shorten(mended)}`, replacement: { at, text: mended } };
}

function shorten(symbol: string): string {
  return symbol.length > 40 ? `${symbol.slice(0, 39)}…` : symbol;
}
