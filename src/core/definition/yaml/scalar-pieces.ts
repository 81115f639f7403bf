import type { ScalarStyle } from './source-node.js';

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

/** Splits a scalar into its value's pieces, in order; joined, their texts are the value. */
export function readPieces(style: ScalarStyle, source: ScalarSource): readonly Piece[] {
  switch (style) {
    case 'plain':
      return readFlowPieces(source, '');
    case 'single':
      return readFlowPieces({ ...source, start: source.start + 1, end: innerEnd(source, "'") }, "'");
    case 'double':
      return readFlowPieces({ ...source, start: source.start + 1, end: innerEnd(source, '"') }, '"');
    case 'literal':
    case 'folded':
      return readBlockPieces(style, source);
  }
}

export function joinPieces(pieces: readonly Piece[]): string {
  if (pieces.length === 1) return pieces[0]?.text ?? '';
  let text = '';
  for (const piece of pieces) text += piece.text;
  return text;
}

function innerEnd({ text, start, end }: ScalarSource, quote: string): number {
  return end > start + 1 && text[end - 1] === quote ? end - 1 : end;
}

/** Plain and quoted text: line breaks fold, quotes and escapes are undone. */
function readFlowPieces({ text, start, end }: ScalarSource, quote: '' | "'" | '"'): Piece[] {
  const pieces: Piece[] = [];
  let from = start;
  let at = start;
  const keepUntil = (until: number): void => {
    if (until > from) pieces.push({ text: text.slice(from, until), start: from, end: until });
  };
  const put = (value: string, pieceStart: number, pieceEnd: number): void => {
    keepUntil(pieceStart);
    if (value !== '') pieces.push({ text: value, start: pieceStart, end: pieceEnd });
    from = at = pieceEnd;
  };
  while (at < end) {
    const char = text[at];
    if (char === '\n' || (char === '\r' && text[at + 1] === '\n')) {
      const blanksFrom = beforeBlanks(text, at, from);
      const fold = readFold(text, at, end);
      put(fold.breaks === 1 ? ' ' : '\n'.repeat(fold.breaks - 1), blanksFrom, fold.end);
    } else if (quote === "'" && char === "'" && text[at + 1] === "'") {
      put("'", at, at + 2);
    } else if (quote === '"' && char === '\\') {
      const escape = readEscape(text, at, end);
      put(escape.text, at, escape.end);
    } else {
      at++;
    }
  }
  keepUntil(end);
  return pieces;
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

const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'], ['a', '\x07'], ['b', '\b'], ['e', '\x1b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'], ['v', '\v'],
  ['N', '\x85'], ['_', '\xa0'], ['L', '\u2028'], ['P', '\u2029'], [' ', ' '], ['"', '"'], ['/', '/'], ['\\', '\\'], ['\t', '\t'],
]);

const codeLengths: ReadonlyMap<string, number> = new Map([['x', 2], ['u', 4], ['U', 8]]);

/** Reads the escape that starts at a `\`; one that does not exist stands for itself and is `known: false`. */
export function readEscape(text: string, at: number, limit: number): { readonly text: string; readonly end: number; readonly known: boolean } {
  const letter = at + 1 < limit ? (text[at + 1] ?? '') : '';
  const named = namedEscapes.get(letter);
  if (named !== undefined) return { text: named, end: at + 2, known: true };
  if (letter === '\n' || (letter === '\r' && text[at + 2] === '\n')) {
    let end = at + (letter === '\n' ? 2 : 3);
    while (end < limit && isBlank(text[end])) end++;
    return { text: '', end, known: true };
  }
  const length = codeLengths.get(letter) ?? 0;
  const digits = text.slice(at + 2, Math.min(at + 2 + length, limit));
  const code = length > 0 && digits.length === length && /^[0-9a-fA-F]+$/.test(digits) ? parseInt(digits, 16) : NaN;
  if (code <= 0x10ffff) return { text: String.fromCodePoint(code), end: at + 2 + length, known: true };
  const end = Math.min(at + 2, limit);
  return { text: text.slice(at, end), end, known: false };
}

interface BlockLine {
  /** Where the line starts, where its content does, where it ends, and where the next one starts. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
  readonly next: number;
}

function readBlockLines({ text, start, end }: ScalarSource): BlockLine[] {
  const lines: BlockLine[] = [];
  for (let at = start; at < end; ) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 || newline >= end ? end : newline + 1;
    let lineEnd = next > at && text[next - 1] === '\n' ? next - 1 : next;
    if (lineEnd > at && text[lineEnd - 1] === '\r') lineEnd--;
    let content = at;
    while (content < lineEnd && text[content] === ' ') content++;
    lines.push({ start: at, content, end: lineEnd, next });
    at = next;
  }
  return lines;
}

/** `|` and `>`: the header says what happens to the last line breaks, the indentation says where lines start. */
function readBlockPieces(style: 'literal' | 'folded', source: ScalarSource): Piece[] {
  const { text, start, end } = source;
  const headerBreak = text.indexOf('\n', start);
  if (headerBreak === -1 || headerBreak >= end) return [];
  const header = /^[|>][-+0-9]*/.exec(text.slice(start, Math.min(start + 8, headerBreak)))?.[0] ?? '';
  const lines = readBlockLines({ text, start: headerBreak + 1, end });
  const indent = source.indent ?? findIndent(lines);
  const isEmpty = (line: BlockLine): boolean => line.content === line.end && line.end - line.start <= indent;
  let last = lines.length;
  while (last > 0 && isEmpty(lines[last - 1] as BlockLine)) last--;
  const hasContent = lines.some((line) => line.content < line.end);
  const body = hasContent ? lines.slice(0, last) : [];
  const pieces = style === 'literal' ? literalPieces(text, body, indent) : foldedPieces(text, body, indent);
  const rest = hasContent ? lines.slice(last) : lines;
  if (!header.includes('-') && hasContent) pieces.push(lineBreak(body.at(-1)));
  const breaks = header.includes('+') ? rest.filter((line) => line.next > line.end || !hasContent && rest.length === 1) : [];
  for (const line of breaks) pieces.push(lineBreak(line));
  return pieces;
}

function lineBreak(line: BlockLine | undefined): Piece {
  return { text: '\n', start: line?.end ?? 0, end: Math.max(line?.next ?? 0, line?.end ?? 0) };
}

function findIndent(lines: readonly BlockLine[]): number {
  const first = lines.find((line) => line.content < line.end);
  if (first !== undefined) return first.content - first.start;
  return lines.reduce((widest, line) => Math.max(widest, line.content - line.start), 0);
}

function linePiece(text: string, line: BlockLine, indent: number): Piece {
  const start = Math.min(line.start + indent, line.content);
  return { text: text.slice(start, line.end), start, end: line.end };
}

function literalPieces(text: string, lines: readonly BlockLine[], indent: number): Piece[] {
  const pieces: Piece[] = [];
  lines.forEach((line, index) => {
    if (index > 0) pieces.push(lineBreak(lines[index - 1]));
    const piece = linePiece(text, line, indent);
    if (piece.text !== '') pieces.push(piece);
  });
  return pieces;
}

/** Breaks between lines of text fold into a space; around more-indented lines and at the start they stay. */
function foldedPieces(text: string, lines: readonly BlockLine[], indent: number): Piece[] {
  const pieces: Piece[] = [];
  let pending: BlockLine[] = [];
  let before: 'nothing' | 'text' | 'indented' = 'nothing';
  for (const line of lines) {
    const piece = linePiece(text, line, indent);
    if (piece.text === '') {
      pending.push(line);
      continue;
    }
    const kind = piece.text.startsWith(' ') || piece.text.startsWith('\t') ? 'indented' : 'text';
    const folds = before === 'text' && kind === 'text';
    const first = pending[0];
    if (folds && pending.length === 1) pieces.push({ text: ' ', start: first?.end ?? 0, end: first?.next ?? 0 });
    else for (const empty of folds ? pending.slice(1) : pending) pieces.push(lineBreak(empty));
    pieces.push(piece);
    before = kind;
    pending = [line];
  }
  return pieces;
}
