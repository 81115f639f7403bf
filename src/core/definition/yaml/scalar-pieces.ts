import type { ScalarStyle } from './source-node.js';
import { readEscape } from './read-escape.js';

/** A stretch of a scalar's value and the stretch of source that says it: equally long, or to be taken as a whole. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The part of a source that holds a scalar; `indent` is what block styles take off each line (left out: as the first line has it). */
export interface ScalarSource {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly indent?: number;
}

type Put = (text: string, start: number, end: number) => void;

/** Splits a scalar into its value's pieces, in order; joined, their texts are the value. */
export function readPieces(style: ScalarStyle, source: ScalarSource): readonly Piece[] {
  const pieces: Piece[] = [];
  putPieces(style, source, (text, start, end) => pieces.push({ text, start, end }));
  return pieces;
}

/** The value of a scalar. */
export function readValue(style: ScalarStyle, source: ScalarSource): string {
  let value = '';
  putPieces(style, source, (text) => (value += text));
  return value;
}

function putPieces(style: ScalarStyle, source: ScalarSource, put: Put): void {
  switch (style) {
    case 'plain':
      putFlowPieces(source, '', put);
      break;
    case 'single':
      putFlowPieces({ ...source, start: source.start + 1, end: innerEnd(source, "'") }, "'", put);
      break;
    case 'double':
      putFlowPieces({ ...source, start: source.start + 1, end: innerEnd(source, '"') }, '"', put);
      break;
    case 'literal':
    case 'folded':
      putBlockPieces(style, source, put);
  }
}

/** Where the text in quotes ends: before the closing one, if what is last is no `\\"` and no `''`. */
function innerEnd({ text, start, end }: ScalarSource, quote: string): number {
  if (end <= start + 1 || text[end - 1] !== quote) return end;
  const escape = quote === '"' ? '\\' : quote;
  let at = end - 1;
  while (at > start + 1 && text[at - 1] === escape) at--;
  return (end - 1 - at) % 2 === 0 ? end - 1 : end;
}

/** Plain and quoted text: line breaks fold, quotes and escapes are undone. */
function putFlowPieces({ text, start, end }: ScalarSource, quote: '' | "'" | '"', put: Put): void {
  let from = start;
  let at = start;
  const putBefore = (until: number, next: number): void => {
    if (until > from) put(text.slice(from, until), from, until);
    from = at = next;
  };
  while (at < end) {
    const char = text[at];
    if (char === '\n' || (char === '\r' && text[at + 1] === '\n')) {
      const blanks = beforeBlanks(text, at, from);
      const fold = readFold(text, at, end);
      putBefore(blanks, fold.end);
      put(fold.breaks === 1 ? ' ' : '\n'.repeat(fold.breaks - 1), blanks, fold.end);
    } else if (quote === "'" && char === "'" && text[at + 1] === "'") {
      putBefore(at, at + 2);
      put("'", from - 2, from);
    } else if (quote === '"' && char === '\\') {
      const escape = readEscape(text, at, end);
      const escapeStart = at;
      putBefore(at, escape.end);
      if (escape.text !== '') put(escape.text, escapeStart, escape.end);
    } else {
      at++;
    }
  }
  putBefore(end, end);
}

function beforeBlanks(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && isBlank(text[start - 1])) start--;
  return start;
}

function readFold(text: string, start: number, limit: number): { readonly breaks: number; readonly end: number } {
  let breaks = 0;
  let at = start;
  for (; at < limit; at++) {
    const char = text[at];
    if (char === '\n') breaks++;
    else if (!isBlank(char) && !(char === '\r' && text[at + 1] === '\n')) break;
  }
  return { breaks, end: at };
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

interface BlockLine {
  /** Where the line starts, where its content does, where it ends, and where the next one starts. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
  readonly next: number;
}

function readLine({ text, end }: ScalarSource, start: number): BlockLine {
  const newline = text.indexOf('\n', start);
  const hasBreak = newline !== -1 && newline < end;
  const next = hasBreak ? newline + 1 : end;
  let lineEnd = hasBreak ? newline : end;
  if (lineEnd > start && text[lineEnd - 1] === '\r') lineEnd--;
  let content = start;
  while (content < lineEnd && text[content] === ' ') content++;
  return { start, content, end: lineEnd, next };
}

/** `|` and `>`: the header says what happens to the last line breaks, the indentation says where lines start. */
function putBlockPieces(style: 'literal' | 'folded', source: ScalarSource, put: Put): void {
  const { text, start, end } = source;
  const headerBreak = text.indexOf('\n', start);
  if (headerBreak === -1 || headerBreak >= end) return;
  const header = /^[|>][-+0-9]*/.exec(text.slice(start, Math.min(start + 8, headerBreak)))?.[0] ?? '';
  const lines = { ...source, start: headerBreak + 1 };
  const indent = source.indent ?? findIndent(lines);
  const bodyEnd = findBodyEnd(lines, indent);
  if (bodyEnd > lines.start) {
    const putBody = style === 'literal' ? putLiteral : putFolded;
    const last = putBody({ ...lines, end: bodyEnd, indent }, put);
    if (!header.includes('-')) putBreak(last, put);
  }
  if (header.includes('+')) putKept(lines, bodyEnd, put);
}

function putBreak(line: BlockLine, put: Put): void {
  put('\n', line.end, line.next);
}

function findIndent(source: ScalarSource): number {
  let widest = 0;
  for (let at = source.start; at < source.end; ) {
    const line = readLine(source, at);
    const width = line.content - line.start;
    if (line.content < line.end) return width;
    widest = Math.max(widest, width);
    at = line.next;
  }
  return widest;
}

/** Where the last line ends that is not empty; the start if there is none with content. */
function findBodyEnd(source: ScalarSource, indent: number): number {
  let bodyEnd = source.start;
  let hasContent = false;
  for (let at = source.start; at < source.end; ) {
    const line = readLine(source, at);
    at = line.next;
    if (line.content < line.end) hasContent = true;
    if (line.content < line.end || line.end - line.start > indent) bodyEnd = at;
  }
  return hasContent ? bodyEnd : source.start;
}

/** The line breaks of the empty lines at the end; a last line without one counts only where nothing else does. */
function putKept(source: ScalarSource, bodyEnd: number, put: Put): void {
  for (let at = bodyEnd; at < source.end; ) {
    const line = readLine(source, at);
    if (line.next > line.end || at === source.start) putBreak(line, put);
    at = line.next;
  }
}

function putLineText({ text, indent = 0 }: ScalarSource, line: BlockLine, put: Put): void {
  const start = Math.min(line.start + indent, line.content);
  if (start < line.end) put(text.slice(start, line.end), start, line.end);
}

/** Puts the lines with the breaks between them; returns the last one. */
function putLiteral(source: ScalarSource, put: Put): BlockLine {
  let line = readLine(source, source.start);
  putLineText(source, line, put);
  while (line.next < source.end) {
    putBreak(line, put);
    line = readLine(source, line.next);
    putLineText(source, line, put);
  }
  return line;
}

/** Breaks between lines of text fold into a space; around more-indented lines and at the start they stay. */
function putFolded(source: ScalarSource, put: Put): BlockLine {
  const { text, indent = 0 } = source;
  let pending: BlockLine[] = [];
  let isText = false;
  let line = readLine(source, source.start);
  for (;;) {
    const start = Math.min(line.start + indent, line.content);
    if (start < line.end) {
      const first = text[start];
      const folds = isText && !isBlank(first);
      putFold(pending, folds, put);
      put(text.slice(start, line.end), start, line.end);
      isText = !isBlank(first);
      pending = [line];
    } else {
      pending.push(line);
    }
    if (line.next >= source.end) return line;
    line = readLine(source, line.next);
  }
}

function putFold(breaks: readonly BlockLine[], folds: boolean, put: Put): void {
  const first = breaks[0];
  if (folds && breaks.length === 1 && first !== undefined) put(' ', first.end, first.next);
  else for (const line of folds ? breaks.slice(1) : breaks) putBreak(line, put);
}
