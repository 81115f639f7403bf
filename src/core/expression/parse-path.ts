import type { Span } from '../diagnostic/diagnostic.js';
import type { Expression } from './expression.js';

/** Names and dots alone; fewer than the parser's limit of nesting. */
const path = /^[ \t\r\n]*([A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*){0,30})[ \t\r\n]*$/;

const keywords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'NaN', 'Infinity']);

/**
 * The expression of `a.b.c`, the form that nearly all have, without the parser: in a file of ten thousand steps
 * that is most of the time that expressions take. Nothing when the text is not of this form.
 */
export function parsePath(text: string, offset: number): Expression | undefined {
  const found = path.exec(text)?.[1];
  if (found === undefined) return undefined;
  const [name = '', ...keys] = found.split('.');
  if (keywords.has(name)) return undefined;
  const start = offset + text.indexOf(found);
  let end = start + name.length;
  let expression: Expression = { kind: 'context', name, at: [start, end] };
  for (const value of keys) {
    const at: Span = [end + 1, end + 1 + value.length];
    end = at[1];
    expression = { kind: 'access', of: expression, key: { kind: 'literal', value, at }, at: [start, end] };
  }
  return expression;
}
