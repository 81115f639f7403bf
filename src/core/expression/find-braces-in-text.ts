import type { Span } from '../diagnostic/diagnostic.js';
import { findOpening } from './find-braces.js';
import type { TextProblem } from './problem.js';

/** Braces with what stands between them, in offsets of the text they were found in. */
interface Braces {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
}

/**
 * In a condition nobody looks for braces inside a text: `'{{ x }}'` would be compared as it stands.
 * `\{{` says that it is meant so.
 */
export function findBracesInText(text: string, at: Span): TextProblem | undefined {
  const content = text.slice(at[0] + 1, at[1] - 1);
  const found = findAll(content);
  const [first] = found;
  if (first === undefined) return undefined;
  const mended = takeOut(content, found);
  const before = at[0] + 1;
  return {
    code: 'TG2008',
    message: 'between quotes braces are text: nothing is put in for them',
    at: [before + first.start, before + first.end],
    hint: `write ${mended}`,
    replacement: { at, text: mended },
  };
}

function findAll(content: string): readonly Braces[] {
  const found: Braces[] = [];
  let at = 0;
  for (let next = findOpening(content, at); next !== undefined; next = findOpening(content, at)) {
    const close = content.indexOf('}}', next.inner);
    if (close === -1) return found;
    at = next.escaped ? next.inner : close + 2;
    // Inside a text quotes are doubled; outside of it they are not.
    const expression = content.slice(next.inner, close).trim().replaceAll("''", "'");
    if (!next.escaped) found.push({ start: next.start, end: at, expression });
  }
  return found;
}

/** What says the same without braces in a text: the expression itself, or format() where there is text around it. */
function takeOut(content: string, found: readonly Braces[]): string {
  const [only] = found;
  if (only !== undefined && only.start === 0 && only.end === content.length) {
    return /[=!<>&|]/.test(only.expression) ? `(${only.expression})` : only.expression;
  }
  let pattern = '';
  let from = 0;
  for (const [index, { start, end }] of found.entries()) {
    pattern += `${doubleBraces(content.slice(from, start))}{${index}}`;
    from = end;
  }
  pattern += doubleBraces(content.slice(from));
  return `format('${pattern}', ${found.map(({ expression }) => expression).join(', ')})`;
}

/** As format() wants them. */
function doubleBraces(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}
