import { nearestName } from '../diagnostic/nearest-name.js';
import type { Checked, Checking } from './checking.js';
import { asksForNothing } from './compare-sides.js';
import { describeShape } from './describe-shape.js';
import type { Expression } from './expression.js';
import { formatExpression } from './format-expression.js';
import type { TextProblem } from './problem.js';
import type { ValueShape } from './value-shape.js';

type ComparisonOfTwo = Extract<Expression, { kind: 'compare' }>;

interface Side {
  readonly expression: Expression;
  readonly shape: ValueShape;
}

/** Checks that the two sides of a comparison can ever meet. */
export function checkComparison(expression: ComparisonOfTwo, checking: Checking): Checked {
  const left: Side = { expression: expression.left, shape: checking.check(expression.left, checking).shape };
  const right: Side = { expression: expression.right, shape: checking.check(expression.right, checking).shape };
  const problem = asksForNothing(expression) ? undefined : (findMismatch(left, right, expression) ?? findMismatch(right, left, expression));
  if (problem !== undefined) checking.problems.push(problem);
  return { shape: { kind: 'boolean' } };
}

function findMismatch(side: Side, other: Side, comparison: ComparisonOfTwo): TextProblem | undefined {
  const { shape } = side;
  switch (shape.kind) {
    case 'word':
      return isOrdered(comparison) ? undefined : findImpossibleWord(shape.words, side, other);
    case 'list':
    case 'object':
      return isOrdered(comparison) || isPlain(other.shape) ? describeUnlike(side, other, comparison) : undefined;
    case 'boolean':
    case 'number':
      return isTextWithoutNumber(other.expression) ? describeUnlike(side, other, comparison) : undefined;
    default:
      return undefined;
  }
}

function isOrdered({ operator }: ComparisonOfTwo): boolean {
  return operator !== '==' && operator !== '!=';
}

function isPlain({ kind }: ValueShape): boolean {
  return kind === 'boolean' || kind === 'number' || kind === 'string' || kind === 'word';
}

function isTextWithoutNumber(side: Expression): side is Extract<Expression, { kind: 'literal' }> {
  return side.kind === 'literal' && typeof side.value === 'string' && Number.isNaN(Number(side.value));
}

function findImpossibleWord(words: readonly string[], side: Side, { expression: other, shape }: Side): TextProblem | undefined {
  if (shape.kind === 'boolean' || shape.kind === 'number') {
    return describeImpossible(`${formatExpression(side.expression)} is a word and never ${describeShape(shape)}`, words, other);
  }
  if (other.kind !== 'literal' || typeof other.value !== 'string') return undefined;
  const written = other.value;
  if (words.some((word) => word.toLowerCase() === written.toLowerCase())) return undefined;
  const nearest = nearestWord(written, words);
  const message = `${formatExpression(side.expression)} is never '${written}'`;
  if (nearest === undefined) return describeImpossible(message, words, other);
  return {
    code: 'TG2020',
    message: `${message}; did you mean '${nearest}'?`,
    at: other.at,
    replacement: { at: other.at, text: `'${nearest}'` },
  };
}

function describeImpossible(message: string, words: readonly string[], other: Expression): TextProblem {
  return { code: 'TG2020', message, at: other.at, hint: `it can be ${words.map((word) => `'${word}'`).join(', ')}` };
}

/** How others say it. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['ok', 'succeeded'],
  ['passed', 'succeeded'],
  ['pass', 'succeeded'],
  ['error', 'failed'],
  ['broken', 'failed'],
  ['aborted', 'cancelled'],
  ['nogo', 'no-go'],
  ['no go', 'no-go'],
  ['no_go', 'no-go'],
]);

/** GitHub says success where we say succeeded: so much alike at the beginning is near enough. */
const alike = 4;

function nearestWord(written: string, words: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const synonym = synonyms.get(lower);
  if (synonym !== undefined && words.includes(synonym)) return synonym;
  const begun = lower.length < alike ? undefined : words.find((word) => word.startsWith(lower.slice(0, alike)));
  return begun ?? nearestName(written, words);
}

function describeUnlike(side: Side, other: Side, comparison: ComparisonOfTwo): TextProblem {
  const text = formatExpression(side.expression);
  const otherText = formatExpression(other.expression);
  const relation = isOrdered(comparison) ? 'cannot be ordered' : comparison.operator === '==' ? 'are never equal' : 'always differ';
  const problem: TextProblem = {
    code: 'TG2021',
    message: `${describeShape(side.shape)} and ${describeShape(other.shape)} ${relation}`,
    at: comparison.at,
  };
  const literal = other.expression.kind === 'literal' ? String(other.expression.value).toLowerCase() : '';
  if (side.shape.kind === 'boolean' && (literal === 'true' || literal === 'false')) {
    return { ...problem, hint: `without the quotes: ${literal}`, replacement: { at: other.expression.at, text: literal } };
  }
  if (side.shape.kind === 'list') return { ...problem, hint: `whether it holds an item is contains(${text}, ${otherText}), how many it has count(${text})` };
  const names = side.shape.kind === 'object' ? [...side.shape.names()].slice(0, 8) : [];
  return names.length === 0 ? problem : { ...problem, hint: `compare one of its properties: ${names.map((name) => `.${name}`).join(' ')}` };
}
