import { Binary, ContextAccess, FunctionCall, Grouping, IndexAccess, Literal, Logical, Star, Unary } from '@actions/expressions/ast';
import type { Expr } from '@actions/expressions/ast';
import { TokenType } from '@actions/expressions/lexer';
import type { Token } from '@actions/expressions/lexer';
import type { Span } from '../diagnostic/diagnostic.js';
import type { Comparison, Expression } from './expression.js';
import type { ParseOptions } from './parse-options.js';
import type { PlacedToken } from './read-tokens.js';

/** An expression and the tokens it spans, parentheses around it included. */
interface Converted {
  readonly expression: Expression;
  readonly first: number;
  readonly last: number;
}

interface Conversion {
  readonly tokens: readonly PlacedToken[];
  readonly offset: number;
  readonly escapes: boolean;
}

/** The library's tree as plain data, with exact places; its depth is limited by the parser. */
export function convertTree(tree: Expr, tokens: readonly PlacedToken[], options: Required<ParseOptions>): Expression {
  return convert(tree, { ...options, tokens }).expression;
}

function convert(node: Expr, within: Conversion): Converted {
  if (node instanceof Literal) return convertLiteral(node, within);
  if (node instanceof ContextAccess) return convertContext(node, within);
  if (node instanceof IndexAccess) return convertAccess(node, within);
  if (node instanceof FunctionCall) return convertCall(node, within);
  if (node instanceof Binary) return convertComparison(node, within);
  if (node instanceof Logical) return convertLogic(node, within);
  if (node instanceof Unary) return convertNot(node, within);
  if (node instanceof Grouping) {
    const inner = convert(node.group, within);
    return { ...inner, first: inner.first - 1, last: inner.last + 1 };
  }
  throw new Error(`the expression library gave a node of an unknown kind: ${node.constructor.name}`);
}

function convertLiteral(node: Literal, within: Conversion): Converted {
  const { index } = node.token as PlacedToken;
  return leaf(index, within, (token, at) => ({ kind: 'literal', value: literalValue(token, within.escapes), at }));
}

/** Taken from the text: the library undoubles only the first quote of a text. */
function literalValue(token: PlacedToken, escapes: boolean): string | number | boolean | null {
  switch (token.type) {
    case TokenType.NUMBER:
      return Number(token.value);
    case TokenType.TRUE:
      return true;
    case TokenType.FALSE:
      return false;
    case TokenType.NULL:
      return null;
    case TokenType.STRING:
      return textOf(token.lexeme, escapes);
    default:
      return token.lexeme;
  }
}

function textOf(lexeme: string, escapes: boolean): string {
  const text = lexeme.slice(1, -1).replaceAll("''", "'");
  return escapes ? text.replaceAll('\\{{', '{{') : text;
}

function convertContext(node: ContextAccess, within: Conversion): Converted {
  const { index } = node.name as PlacedToken;
  return leaf(index, within, (token, at) => ({ kind: 'context', name: token.lexeme, at }));
}

function leaf(index: number, within: Conversion, build: (token: PlacedToken, at: Span) => Expression): Converted {
  return { expression: build(tokenAt(index, within), spanOf(index, index, within)), first: index, last: index };
}

function convertAccess(node: IndexAccess, within: Conversion): Converted {
  const of = convert(node.expr, within);
  const opening = of.last + 1;
  const last = within.tokens[opening]?.type === TokenType.DOT ? opening + 1 : closingOf(opening, within);
  const at = spanOf(of.first, last, within);
  if (node.index instanceof Star) {
    return { expression: { kind: 'every', of: of.expression, at }, first: of.first, last };
  }
  const key = convert(node.index, within);
  return { expression: { kind: 'access', of: of.expression, key: key.expression, at }, first: of.first, last };
}

function convertCall(node: FunctionCall, within: Conversion): Converted {
  const { index: first } = node.functionName as PlacedToken;
  const last = closingOf(first + 1, within);
  const args = node.args.map((arg) => convert(arg, within).expression);
  const name = tokenAt(first, within).lexeme;
  return { expression: { kind: 'call', name, args, at: spanOf(first, last, within) }, first, last };
}

function convertComparison(node: Binary, within: Conversion): Converted {
  const left = convert(node.left, within);
  const right = convert(node.right, within);
  const operator = operatorOf(node.operator);
  const at = spanOf(left.first, right.last, within);
  const expression: Expression = { kind: 'compare', operator, left: left.expression, right: right.expression, at };
  return { expression, first: left.first, last: right.last };
}

function operatorOf(token: Token): Comparison {
  switch (token.type) {
    case TokenType.EQUAL_EQUAL:
      return '==';
    case TokenType.BANG_EQUAL:
      return '!=';
    case TokenType.LESS:
      return '<';
    case TokenType.LESS_EQUAL:
      return '<=';
    case TokenType.GREATER:
      return '>';
    default:
      return '>=';
  }
}

function convertLogic(node: Logical, within: Conversion): Converted {
  const args = node.args.map((arg) => convert(arg, within));
  const first = args[0]?.first ?? 0;
  const last = args.at(-1)?.last ?? first;
  const operator = node.operator.type === TokenType.AND ? '&&' : '||';
  const at = spanOf(first, last, within);
  return { expression: { kind: 'logic', operator, args: args.map((arg) => arg.expression), at }, first, last };
}

function convertNot(node: Unary, within: Conversion): Converted {
  const { index: first } = node.operator as PlacedToken;
  const of = convert(node.expr, within);
  const at = spanOf(first, of.last, within);
  return { expression: { kind: 'not', of: of.expression, at }, first, last: of.last };
}

function spanOf(first: number, last: number, within: Conversion): Span {
  return [tokenAt(first, within).start + within.offset, tokenAt(last, within).end + within.offset];
}

function tokenAt(index: number, within: Conversion): PlacedToken {
  const token = within.tokens[index];
  if (token === undefined) throw new Error(`no token ${index}`);
  return token;
}

/** The token that closes the parenthesis or bracket at `opening`; nesting is limited, so looking for it is cheap. */
function closingOf(opening: number, { tokens }: Conversion): number {
  let depth = 0;
  for (let index = opening; index < tokens.length; index++) {
    const type = tokens[index]?.type;
    if (type === TokenType.LEFT_PAREN || type === TokenType.LEFT_BRACKET) depth++;
    else if (type === TokenType.RIGHT_PAREN || type === TokenType.RIGHT_BRACKET) depth--;
    if (depth === 0) return index;
  }
  return opening;
}
