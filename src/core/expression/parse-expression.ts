import { ExpressionError, MAX_PARSER_DEPTH } from '@actions/expressions/errors';
import { TokenType } from '@actions/expressions/lexer';
import { Parser } from '@actions/expressions/parser';
import { convertTree } from './convert-tree.js';
import { describeUnexpected } from './describe-bad-symbol.js';
import type { Expression } from './expression.js';
import type { ParseOptions } from './parse-options.js';
import { parsePath } from './parse-path.js';
import { shiftProblem } from './problem-place.js';
import type { TextProblem } from './problem.js';
import { readTokens } from './read-tokens.js';
import type { PlacedToken } from './read-tokens.js';

export interface ParsedExpression {
  readonly expression: Expression | undefined;
  readonly problems: readonly TextProblem[];
}

/** `a == b == c …`: the one nesting that the library's parser does not limit. */
const maxComparisonsInARow = 8;

/**
 * The parser must accept every name, since only the checker knows what stands where: all names of a kind are
 * shown to it as one, and read from our own tokens afterwards. So it costs nothing how many names there are.
 */
const anyName = 'name';
const anyFunction = { name: 'function', minArgs: 0, maxArgs: Infinity };

/** Parses an expression without its braces. Positions are offsets of `text`. */
export function parseExpression(text: string, options: ParseOptions = {}): ParsedExpression {
  const { offset = 0, escapes = false } = options;
  const path = parsePath(text, offset);
  return path === undefined ? parseAny(text, { offset, escapes }) : { expression: path, problems: [] };
}

/** Parses whatever is written, names and dots included. */
export function parseAny(text: string, { offset, escapes }: Required<ParseOptions>): ParsedExpression {
  if (text.trim() === '') return fail(describeEmpty(text), offset);
  const read = readTokens(text);
  if (read.kind === 'problem') return fail(read.problem, offset);
  const { tokens } = read;
  const tooLong = findLongComparison(tokens);
  if (tooLong !== undefined) return fail(tooLong, offset);
  try {
    const tree = new Parser([...hideNames(tokens)], [anyName], [anyFunction]).parse();
    return { expression: convertTree(tree, tokens, { offset, escapes }), problems: [] };
  } catch (error) {
    return fail(describeSyntax(error, tokens, text), offset);
  }
}

export function describeEmpty(text: string): TextProblem {
  return { code: 'TG2003', message: 'there is no expression here', at: [0, text.length] };
}

function fail(problem: TextProblem, offset: number): ParsedExpression {
  return { expression: undefined, problems: [shiftProblem(problem, offset)] };
}

function hideNames(tokens: readonly PlacedToken[]): readonly PlacedToken[] {
  return tokens.map((token, index) => {
    if (token.type !== TokenType.IDENTIFIER || tokens[index - 1]?.type === TokenType.DOT) return token;
    const isCall = tokens[index + 1]?.type === TokenType.LEFT_PAREN;
    const { type, range, start, end } = token;
    return { type, lexeme: isCall ? anyFunction.name : anyName, range, start, end, index };
  });
}

function findLongComparison(tokens: readonly PlacedToken[]): TextProblem | undefined {
  const outer: number[] = [];
  let inARow = 0;
  for (const token of tokens) {
    switch (token.type) {
      case TokenType.LEFT_PAREN:
      case TokenType.LEFT_BRACKET:
        outer.push(inARow);
        inARow = 0;
        break;
      case TokenType.RIGHT_PAREN:
      case TokenType.RIGHT_BRACKET:
        inARow = outer.pop() ?? 0;
        break;
      case TokenType.AND:
      case TokenType.OR:
      case TokenType.COMMA:
        inARow = 0;
        break;
      case TokenType.EQUAL_EQUAL:
      case TokenType.BANG_EQUAL:
      case TokenType.LESS:
      case TokenType.LESS_EQUAL:
      case TokenType.GREATER:
      case TokenType.GREATER_EQUAL:
        inARow++;
        if (inARow > maxComparisonsInARow) return tooManyComparisons(token);
        break;
      default:
    }
  }
  return undefined;
}

function tooManyComparisons(token: PlacedToken): TextProblem {
  return {
    code: 'TG2006',
    message: `more than ${maxComparisonsInARow} comparisons in a row`,
    at: [token.start, token.end],
    hint: 'a == b == c compares the answer of the first with c; join comparisons with &&',
  };
}

function describeSyntax(error: unknown, tokens: readonly PlacedToken[], text: string): TextProblem {
  if (!(error instanceof ExpressionError)) {
    return { code: 'TG2001', message: 'this expression cannot be read', at: [0, text.length] };
  }
  const token = tokens.find(({ range }) => range.start === error.pos);
  const start = token?.start ?? 0;
  const end = token?.end ?? text.length;
  if (error.message.startsWith('Exceeded max expression depth')) {
    return {
      code: 'TG2006',
      message: `this expression is nested more than ${MAX_PARSER_DEPTH} deep`,
      at: [start, Math.max(end, start + 1)],
      hint: 'put parts of it into vars or into outputs of steps',
    };
  }
  if (error.message.startsWith('Unexpected end') || start === end) return describeEnd(tokens, text);
  return describeUnexpected(text.slice(start, end), [start, end], text);
}

/** Points at the last thing that is there: what is missing has no place of its own. */
function describeEnd(tokens: readonly PlacedToken[], text: string): TextProblem {
  const last = tokens.at(-2);
  const missing = unclosed(tokens);
  const message = `the expression ends too early${missing === undefined ? '' : `: a ${missing} is missing`}`;
  return { code: 'TG2001', message, at: [last?.start ?? 0, last?.end ?? text.length] };
}

function unclosed(tokens: readonly PlacedToken[]): string | undefined {
  const open: string[] = [];
  for (const token of tokens) {
    if (token.type === TokenType.LEFT_PAREN) open.push(')');
    else if (token.type === TokenType.LEFT_BRACKET) open.push(']');
    else if (token.type === TokenType.RIGHT_PAREN || token.type === TokenType.RIGHT_BRACKET) open.pop();
  }
  return open.at(-1);
}
