import type { Span, TextEdit } from '../diagnostic/diagnostic.js';

/** The edit that takes an item out of a YAML list, with the comma or the line that came with it. */
export function cutListItem(text: string, item: Span): TextEdit {
  const [start, end] = widenToQuotes(text, item);
  const before = text.slice(0, start);
  const dash = /(^|\n)[ \t]*- *$/u.exec(before);
  if (dash !== null) {
    const lineStart = dash.index + (dash[1] ?? '').length;
    const newline = text.indexOf('\n', end);
    const lineEnd = newline === -1 ? text.length : newline;
    if (isOnlyItem(text, lineStart, lineEnd)) return { span: [lineStart, lineEnd], text: `${' '.repeat(start - lineStart)}[]` };
    return { span: [lineStart, Math.min(lineEnd + 1, text.length)], text: '' };
  }
  const comma = /,\s*$/u.exec(before);
  if (comma !== null) return { span: [comma.index, end], text: '' };
  const after = /^\s*,\s*/u.exec(text.slice(end));
  return { span: [start, end + (after?.[0].length ?? 0)], text: '' };
}

function widenToQuotes(text: string, [start, end]: Span): Span {
  const quote = text[start - 1];
  return quote !== undefined && (quote === '"' || quote === "'") && text[end] === quote ? [start - 1, end + 1] : [start, end];
}

/** Whether no neighbouring line of the same indentation is an item too. */
function isOnlyItem(text: string, lineStart: number, lineEnd: number): boolean {
  const indent = /^[ \t]*/u.exec(text.slice(lineStart))?.[0] ?? '';
  const previous = text.slice(0, lineStart).trimEnd().split('\n').pop() ?? '';
  const next = text.slice(lineEnd + 1).split('\n', 1)[0] ?? '';
  return !previous.startsWith(`${indent}- `) && !next.startsWith(`${indent}- `);
}
