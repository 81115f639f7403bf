import type { Span } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import type { Paint } from './paint.js';
import { escapeHidden, widthOf } from './visible-text.js';

export interface ExcerptStyle {
  readonly paint: Paint;
  /** Columns that the whole excerpt may take. */
  readonly columns: number;
  /** Colour of the carets. */
  readonly mark: (text: string) => string;
}

const tabWidth = 4;
const indent = '  ';
/** More of a line than this around the span is never looked at: a file can be one line of megabytes. */
const reach = 400;

/** The line that a span begins in, with its number, and carets under the span. */
export function renderExcerpt(source: SourceText, span: Span, style: ExcerptStyle): readonly string[] {
  const start = source.positionAt(span[0]);
  const end = source.positionAt(Math.max(span[0], span[1]));
  const line = source.lineAt(start.line);
  const from = Math.min(start.column - 1, line.length);
  const goesOn = end.line > start.line && end.column > 1;
  const to = end.line > start.line ? line.trimEnd().length : Math.min(end.column - 1, line.length);
  const number = String(start.line);
  const gutter = (text: string): string => style.paint.faint(`${indent}${text.padStart(number.length)} | `);
  const room = Math.max(20, style.columns - indent.length - number.length - 3);
  const shown = showAround(line, [from, Math.max(to, from)], room);
  const carets = `${' '.repeat(shown.before)}${style.mark('^'.repeat(Math.max(1, shown.under)))}`;
  const note = goesOn ? style.paint.faint(` … to line ${end.line}`) : '';
  return [`${gutter(number)}${shown.text}`, `${gutter('')}${carets}${note}`];
}

interface ShownLine {
  readonly text: string;
  /** Columns before the carets. */
  readonly before: number;
  readonly under: number;
}

function showAround(line: string, [from, to]: Span, room: number): ShownLine {
  const first = Math.max(0, from - reach);
  const cut = Math.min(line.length, Math.min(to, from + reach) + reach);
  const cells = toCells(line.slice(first, cut).trimEnd());
  const startCell = cellAt(cells, from - first);
  const endCell = Math.max(startCell, cellAt(cells, to - first));
  const window = chooseWindow(cells, { from: startCell, to: endCell }, { room, whole: first === 0 && cut === line.length });
  const text = cells.slice(window.first, window.end).map((cell) => cell.text).join('');
  const [head, tail] = [first > 0 || window.first > 0 ? '…' : '', cut < line.length || window.end < cells.length ? '…' : ''];
  return {
    text: `${head}${text}${tail}`,
    before: head.length + widthBetween(cells, window.first, startCell),
    under: widthBetween(cells, startCell, Math.min(endCell, window.end)),
  };
}

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Offset in the text that the cells were made from. */
  readonly at: number;
}

function toCells(text: string): readonly Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  let column = 0;
  for (const character of text) {
    const shown = character === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : escapeHidden(character);
    const width = widthOf(shown);
    cells.push({ text: shown, width, at });
    at += character.length;
    column += width;
  }
  return cells;
}

function cellAt(cells: readonly Cell[], offset: number): number {
  const found = cells.findIndex((cell) => cell.at >= offset);
  return found === -1 ? cells.length : found;
}

function widthBetween(cells: readonly Cell[], from: number, to: number): number {
  let width = 0;
  for (let index = from; index < to; index++) width += cells[index]?.width ?? 0;
  return width;
}

/** The part of a line that fits: all of it, or the span with as much before it as after it. */
function chooseWindow(cells: readonly Cell[], span: { from: number; to: number }, line: { room: number; whole: boolean }): { first: number; end: number } {
  if (line.whole && widthBetween(cells, 0, cells.length) <= line.room) return { first: 0, end: cells.length };
  const room = line.room - 2;
  let first = Math.min(span.from, cells.length);
  let end = first;
  let used = 0;
  const take = (index: number): boolean => {
    const cell = cells[index];
    if (cell === undefined || used + cell.width > room) return false;
    used += cell.width;
    return true;
  };
  while (end < span.to && take(end)) end++;
  for (let grown = true; grown; ) {
    grown = false;
    if (take(first - 1)) {
      first--;
      grown = true;
    }
    if (take(end)) {
      end++;
      grown = true;
    }
  }
  return { first, end };
}
