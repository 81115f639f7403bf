import type { Span } from '../diagnostic/diagnostic.js';
import type { Template, TemplatePart } from './expression.js';
import { findClosing, findOpening } from './find-braces.js';
import type { OpeningBraces } from './find-braces.js';
import { isForeign } from './foreign-braces.js';
import { parseExpression } from './parse-expression.js';
import type { TextProblem } from './problem.js';

export interface ParsedTemplate {
  readonly parts: Template;
  readonly problems: readonly TextProblem[];
}

const escapeHint = 'if these braces are not for Tollgate, write \\{{';

/** So many are told at once; the rest of the value is not read any further. */
const mostProblems = 20;

/** Cuts a string value at its `{{ … }}`; `\{{` is a literal `{{`. */
export function parseTemplate(text: string): ParsedTemplate {
  if (!text.includes('{{')) return { parts: [{ kind: 'text', text }], problems: [] };
  const parts: TemplatePart[] = [];
  const problems: TextProblem[] = [];
  let literal = '';
  let at = 0;
  for (let next = findOpening(text, at); next !== undefined && problems.length < mostProblems; next = findOpening(text, at)) {
    if (next.escaped) {
      literal += text.slice(at, next.start - 1) + text.slice(next.start, next.inner);
      at = next.inner;
      continue;
    }
    literal += text.slice(at, next.start);
    const piece = readPiece(text, next);
    problems.push(...piece.problems);
    if (piece.part !== undefined) {
      if (literal !== '') parts.push({ kind: 'text', text: literal });
      parts.push(piece.part);
      literal = '';
    }
    at = piece.end;
  }
  literal += text.slice(at);
  if (literal !== '') parts.push({ kind: 'text', text: literal });
  return { parts, problems };
}

interface Piece {
  readonly part?: TemplatePart;
  readonly problems: readonly TextProblem[];
  /** Where reading goes on. */
  readonly end: number;
}

function readPiece(text: string, opening: OpeningBraces): Piece {
  const closing = findClosing(text, opening.inner);
  const innerEnd = closing.kind === 'missing' ? text.length : closing.at;
  const inner = text.slice(opening.inner, innerEnd);
  const end = Math.min(innerEnd + 2, text.length);
  const at: Span = [opening.start, end];
  if (isForeign(inner)) return { problems: [foreign(at)], end };
  if (closing.kind === 'missing') return { problems: [unclosed(opening)], end };
  if (inner.trim() === '') return { problems: [empty(at)], end };
  const { expression, problems } = parseExpression(inner, { offset: opening.inner });
  if (expression === undefined) return { problems: problems.map(offerEscape), end };
  return { part: { kind: 'expression', expression, at }, problems, end };
}

/** Inserts, so that nothing else of the text has to be written anew. */
function escapeAt(start: number): NonNullable<TextProblem['replacement']> {
  return { at: [start, start], text: '\\' };
}

function foreign(at: Span): TextProblem {
  return {
    code: 'TG2004',
    message: 'these braces belong to another tool',
    at,
    hint: 'to pass them on as they are, write \\{{',
    replacement: escapeAt(at[0]),
  };
}

function unclosed(opening: OpeningBraces): TextProblem {
  return { code: 'TG2002', message: 'these braces are never closed', at: [opening.start, opening.inner], hint: `close them with }}; ${escapeHint}` };
}

function empty(at: Span): TextProblem {
  return { code: 'TG2003', message: 'there is no expression between these braces', at, hint: escapeHint, replacement: escapeAt(at[0]) };
}

/** Text that is not in our language may not be meant to be. */
function offerEscape(problem: TextProblem): TextProblem {
  return { ...problem, hint: problem.hint === undefined ? escapeHint : `${problem.hint}; ${escapeHint}` };
}
