import { Lexer } from '@actions/expressions/lexer';
import type { Token } from '@actions/expressions/lexer';
import { MAX_EXPRESSION_LENGTH } from '@actions/expressions/errors';
import { describeBadSymbol } from './describe-bad-symbol.js';
import type { TextProblem } from './problem.js';

/** A token of the library's, with its place in the text and among its kind. */
export interface PlacedToken extends Token {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

export type TokensOrProblem =
  | { readonly kind: 'tokens'; readonly tokens: readonly PlacedToken[] }
  | { readonly kind: 'problem'; readonly problem: TextProblem };

/** Cuts an expression into tokens; the last is the end of the text. */
export function readTokens(text: string): TokensOrProblem {
  if (text.length > MAX_EXPRESSION_LENGTH) return { kind: 'problem', problem: tooLong(text) };
  let tokens: readonly Token[];
  try {
    tokens = new Lexer(text).lex().tokens;
  } catch (error) {
    return { kind: 'problem', problem: locate(error, text) };
  }
  return { kind: 'tokens', tokens: placeTokens(tokens, text) };
}

/** The library counts columns, and loses count at a line break inside a text: only white space lies between tokens. */
function placeTokens(tokens: readonly Token[], text: string): readonly PlacedToken[] {
  let at = 0;
  // Field by field: spreading was two thirds of the time that parsing took.
  return tokens.map(({ type, lexeme, range, value = '' }, index) => {
    while (isSpace(text.charCodeAt(at))) at++;
    const start = at;
    at += lexeme.length;
    return { type, lexeme, range, value, start, end: at, index };
  });
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** «Unexpected symbol: '…'. Located at position N within expression: …», where both `…` may hold anything. */
function locate(error: unknown, text: string): TextProblem {
  const message = error instanceof Error ? error.message : '';
  const head = message.endsWith(text) ? message.slice(0, message.length - text.length) : message;
  const found = /^Unexpected symbol: '([^]*)'\. Located at position (\d+) within expression: $/.exec(head);
  const start = found === null ? 0 : Number(found[2]) - 1;
  return describeBadSymbol(text, start, found?.[1] ?? text);
}

function tooLong(text: string): TextProblem {
  return {
    code: 'TG2005',
    message: `this expression has ${text.length} characters; ${MAX_EXPRESSION_LENGTH} are the most an expression can have`,
    at: [MAX_EXPRESSION_LENGTH, text.length],
    hint: 'put parts of it into outputs of steps, or into vars',
  };
}
