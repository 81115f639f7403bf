import type { Span } from '../diagnostic/diagnostic.js';
import type { TextProblem } from './problem.js';

/** What can stand beside an operator without parentheses: a name, its properties, a call. */
const simple = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\[[^\][]*\])*(\([^()]*\))?(\.[A-Za-z_][\w-]*)*$/;

const braces = /(?<!\\)\$?\{\{([^]*?)\}\}/g;

/**
 * In a condition nobody looks for braces inside a text: `'{{ x }}'` would be compared as it stands.
 * `\{{` says that it is meant so.
 */
export function findBracesInText(text: string, at: Span): TextProblem | undefined {
  const content = text.slice(at[0] + 1, at[1] - 1);
  const found = [...content.matchAll(braces)];
  const first = found[0];
  if (first === undefined) return undefined;
  const start = at[0] + 1 + first.index;
  const mended = takeOut(content, found);
  return {
    code: 'TG2008',
    message: 'between quotes braces are text: nothing is put in for them',
    at: [start, start + first[0].length],
    hint: `write ${mended}`,
    replacement: { at, text: mended },
  };
}

function takeOut(content: string, found: readonly RegExpExecArray[]): string {
  const expressions = found.map((match) => (match[1] ?? '').trim().replaceAll("''", "'"));
  const [only = ''] = expressions;
  if (found.length === 1 && found[0]?.[0] === content) return simple.test(only) ? only : `(${only})`;
  const pattern = content.split(braces).map((piece, index) => (index % 2 === 0 ? doubleBraces(piece) : `{${(index - 1) / 2}}`));
  return `format('${pattern.join('')}', ${expressions.join(', ')})`;
}

/** As format() wants them. */
function doubleBraces(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}
