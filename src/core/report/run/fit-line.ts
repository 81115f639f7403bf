import { cutToWidth, widthOf } from '../visible-text.js';

/** A part of a line and its colour. */
export type Piece = string | readonly [text: string, paint: (text: string) => string];

/** The pieces side by side, cut where the line is full: colours take no columns. */
export function fitLine(pieces: readonly Piece[], columns: number): string {
  let line = '';
  let left = columns;
  const last = pieces.findLastIndex((piece) => textOf(piece).trim() !== '');
  for (const piece of pieces.slice(0, last + 1)) {
    const [text, paint] = typeof piece === 'string' ? [piece, undefined] : piece;
    const shown = left <= 0 ? '' : cutToWidth(text, left);
    if (shown !== '') line += paint === undefined ? shown : paint(shown);
    if (shown !== text) break;
    left -= widthOf(text);
  }
  return line.trimEnd();
}

function textOf(piece: Piece): string {
  return typeof piece === 'string' ? piece : piece[0];
}

export function padTo(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - widthOf(text)))}`;
}

/** A text in lines of at most so many columns, broken wherever they are full: nothing of it is lost. */
export function wrapText(text: string, columns: number): readonly string[] {
  const room = Math.max(1, columns);
  if (widthOf(text) <= room) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const character of text) {
    const width = widthOf(character);
    if (used + width > room && line !== '') {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += character;
    used += width;
  }
  return [...lines, line];
}
