import type { Span } from '../../diagnostic/diagnostic.js';
import type { Composing } from './composing.js';
import { readEscape } from './read-escape.js';

/** Reports the escapes of a text in double quotes that do not exist, such as the `\\d` of a pattern. */
export function reportEscapes(composing: Composing, [start, end]: Span): void {
  const inner = composing.text.slice(start, end - 1);
  for (let found = inner.indexOf('\\'); found !== -1; found = inner.indexOf('\\', found)) {
    const at = start + found;
    const escape = readEscape(composing.text, at, end - 1);
    if (!escape.known) {
      composing.problems.add({
        code: 'TG1021',
        message: `'${composing.text.slice(at, escape.end)}' is no escape that double quotes know`,
        span: [at, escape.end],
        hint: 'A backslash as such is written \\\\ in double quotes; in single quotes it needs nothing.',
        fix: { title: 'Double the backslash', edits: [{ span: [at, at], text: '\\' }], safe: true },
      });
    }
    found = escape.end - start;
  }
}
