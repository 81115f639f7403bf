import type { Span } from '../diagnostic/diagnostic.js';
import type { TextProblem } from './problem.js';

export function shiftSpan(span: Span, by: number): Span {
  return [span[0] + by, span[1] + by];
}

/** The same problem in a text that has `by` characters before it. */
export function shiftProblem(problem: TextProblem, by: number): TextProblem {
  if (by === 0) return problem;
  const { replacement } = problem;
  return {
    ...problem,
    at: shiftSpan(problem.at, by),
    ...(replacement && { replacement: { ...replacement, at: shiftSpan(replacement.at, by) } }),
  };
}
