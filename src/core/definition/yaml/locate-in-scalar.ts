import type { Span } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import { readPieces, type Piece } from './scalar-pieces.js';
import type { ScalarNode, ScalarStyle } from './source-node.js';

/** Where a part of a scalar's text (offsets in `scalar.text`) stands in the file. */
export function locateInScalar(source: SourceText, scalar: ScalarNode, part: Span): Span {
  const pieces = findPieces(source.text, scalar);
  if (pieces === undefined) return scalar.at;
  const start = Math.max(0, Math.min(part[0], scalar.text.length));
  const end = Math.max(start, Math.min(part[1], scalar.text.length));
  if (start === end) return locateBetween(pieces, start, scalar);
  return [locateStart(pieces, start), locateEnd(pieces, end)];
}

/** The pieces that make up exactly the scalar's text; block styles may name their indentation, relative to what is not known here. */
function findPieces(text: string, scalar: ScalarNode): readonly Piece[] | undefined {
  const [start, end] = scalar.at;
  const read = (indent?: number): readonly Piece[] | undefined => {
    const pieces = readPieces(scalar.style, { text, start, end, ...(indent === undefined ? {} : { indent }) });
    return pieces.map((piece) => piece.text).join('') === scalar.text ? pieces : undefined;
  };
  const pieces = read();
  if (pieces !== undefined) return pieces;
  if (scalar.style === 'literal' || scalar.style === 'folded') return readWithIndent(read);
  const verbatim = scalar.text === '' ? -1 : text.slice(start, end).indexOf(scalar.text);
  return verbatim === -1 ? undefined : [{ text: scalar.text, start: start + verbatim, end: start + verbatim + scalar.text.length }];
}

const widestIndent = 256;

function readWithIndent(read: (indent: number) => readonly Piece[] | undefined): readonly Piece[] | undefined {
  for (let indent = 0; indent <= widestIndent; indent++) {
    const pieces = read(indent);
    if (pieces !== undefined) return pieces;
  }
  return undefined;
}

function isVerbatim(piece: Piece): boolean {
  return piece.end - piece.start === piece.text.length;
}

function locateStart(pieces: readonly Piece[], offset: number): number {
  let before = 0;
  for (const piece of pieces) {
    if (offset < before + piece.text.length) return isVerbatim(piece) ? piece.start + offset - before : piece.start;
    before += piece.text.length;
  }
  return pieces.at(-1)?.end ?? 0;
}

function locateEnd(pieces: readonly Piece[], offset: number): number {
  let before = 0;
  for (const piece of pieces) {
    if (offset <= before + piece.text.length) return isVerbatim(piece) ? piece.start + offset - before : piece.end;
    before += piece.text.length;
  }
  return pieces.at(-1)?.end ?? 0;
}

/** An empty part stands before the character that follows it, or behind the last one. */
function locateBetween(pieces: readonly Piece[], offset: number, scalar: ScalarNode): Span {
  const first = pieces[0];
  if (first === undefined) {
    const inside = scalar.style === 'single' || scalar.style === 'double' ? scalar.at[0] + 1 : scalar.at[0];
    return [inside, inside];
  }
  const at = offset < scalar.text.length ? locateStart(pieces, offset) : locateEnd(pieces, offset);
  return [at, at];
}

/** A text as it is written inside a scalar of that style, quotes left aside; for a replacement within one line. */
export function writeInScalar(style: ScalarStyle, text: string): string {
  if (style === 'single') return text.replaceAll("'", "''");
  if (style === 'double') return text.replace(/["\\]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu, escapeCharacter);
  return text;
}

function escapeCharacter(char: string): string {
  switch (char) {
    case '"':
    case '\\':
      return `\\${char}`;
    case '\n':
      return '\\n';
    case '\t':
      return '\\t';
    case '\r':
      return '\\r';
    default:
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
}
