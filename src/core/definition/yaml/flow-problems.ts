import type { CST } from 'yaml';
import type { Span } from '../../diagnostic/diagnostic.js';
import type { Problem } from './problem-list.js';

export function strayComma(at: number): Problem {
  const span: Span = [at, at + 1];
  return {
    code: 'TG1020',
    message: 'a comma with nothing before it',
    span,
    hint: 'Between brackets, a comma follows each item.',
    fix: { title: 'Take the comma out', edits: [{ span, text: '' }], safe: true },
  };
}

/** Between the end of one item and the start of the next. */
export function missingComma(end: number, next: number): Problem {
  return {
    code: 'TG1020',
    message: 'a comma is missing before this',
    span: [next, next + 1],
    hint: 'Between brackets, items are separated by commas.',
    fix: { title: 'Put a comma between', edits: [{ span: [end, end], text: ',' }], safe: false },
  };
}

export interface OpenBracket {
  /** The bracket, and where it stands. */
  readonly open: string;
  readonly at: number;
  /** Where its last item ends. */
  readonly end: number;
  readonly close?: CST.SourceToken | undefined;
}

/** A bracket that is closed by another kind, or not at all. */
export function unclosedBracket({ open, at: start, end, close }: OpenBracket): Problem {
  const wanted = open === '{' ? '}' : ']';
  const span: Span = [start, start + 1];
  if (close !== undefined && close.source.length === 1) {
    const at: Span = [close.offset, close.offset + 1];
    return {
      code: 'TG1014',
      message: `this '${open}' is closed by '${close.source}'`,
      span,
      hint: `Close it with '${wanted}'.`,
      fix: { title: `Close it with ${wanted}`, edits: [{ span: at, text: wanted }], safe: false },
      related: [{ message: `'${close.source}' stands here`, span: at }],
    };
  }
  return {
    code: 'TG1014',
    message: `this '${open}' is never closed`,
    span,
    hint: `Close it with '${wanted}'; the lines of what is inside are indented more than the line it starts on.`,
    fix: { title: `Close it with ${wanted}`, edits: [{ span: [end, end], text: wanted }], safe: false },
  };
}
