import { MAX_EXPRESSION_LENGTH } from '@actions/expressions/errors';
import { findBracesInText } from './find-braces-in-text.js';
import { findOpening } from './find-braces.js';
import { describeEmpty, parseExpression } from './parse-expression.js';
import type { ParsedExpression } from './parse-expression.js';
import type { TextProblem } from './problem.js';

/** Parses what stands under `when`, `condition`, `check` and `resume_when`: with or without braces. */
export function parseCondition(text: string): ParsedExpression {
  if (!text.includes('{{') || text.length > MAX_EXPRESSION_LENGTH) return parseExpression(text);
  const { plain, problems } = takeOffBraces(text);
  return problems.length > 0 ? { expression: undefined, problems } : parseExpression(plain, { escapes: true });
}

/** So many are told at once. */
const mostProblems = 20;

/** Each `{{ … }}` as `( … )`, padded with white space so that every place stays where it was. */
function takeOffBraces(text: string): { readonly plain: string; readonly problems: readonly TextProblem[] } {
  const problems: TextProblem[] = [];
  let plain = '';
  let open: { readonly start: number; readonly inner: number } | undefined;
  while (plain.length < text.length && problems.length < mostProblems) {
    const at = plain.length;
    const opening = open === undefined ? openingAt(text, at) : undefined;
    if (text[at] === "'") {
      const end = endOfText(text, at);
      const problem = findBracesInText(text, [at, end]);
      if (problem !== undefined) problems.push(problem);
      plain += text.slice(at, end);
    } else if (opening !== undefined) {
      open = opening;
      plain += '('.padStart(opening.inner - at);
    } else if (open !== undefined && text.startsWith('}}', at)) {
      if (text.slice(open.inner, at).trim() === '') problems.push({ ...describeEmpty(text), at: [open.start, at + 2] });
      open = undefined;
      plain += ') ';
    } else {
      plain += text.charAt(at);
    }
  }
  if (open !== undefined) problems.push(describeUnclosed(open.start, open.inner));
  return { plain, problems };
}

function openingAt(text: string, at: number): { readonly start: number; readonly inner: number } | undefined {
  if (text[at] !== '{' && text[at] !== '$') return undefined;
  const opening = findOpening(text.slice(at, at + 3), 0);
  return opening?.start === 0 ? { start: at, inner: at + opening.inner } : undefined;
}

/** After the quote that closes the text beginning at `start`; a doubled quote does not. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] !== "'") at++;
    else if (text[at + 1] === "'") at += 2;
    else return at + 1;
  }
  return text.length;
}

function describeUnclosed(start: number, inner: number): TextProblem {
  return {
    code: 'TG2002',
    message: 'these braces are never closed',
    at: [start, inner],
    hint: 'close them with }}, or leave them out: a condition needs none',
  };
}
