import type { Span } from '../../diagnostic/diagnostic.js';
import type { Composing } from './composing.js';
import { readEscape } from './scalar-pieces.js';

/** Reports the escapes of a text in double quotes that do not exist, such as the `\\d` of a pattern. */
export function reportEscapes(composing: Composing, [start, end]: Span): void {
  const { text } = composing;
  for (let at = text.indexOf('\\', start); at !== -1 && at < end - 1; at = text.indexOf('\\', at)) {
    const escape = readEscape(text, at, end - 1);
    if (!escape.known) {
      composing.problems.add({
        code: 'TG1021',
        message: `'${text.slice(at, escape.end)}' is no escape that double quotes know`,
        span: [at, escape.end],
        hint: 'A backslash as such is written \\\\ in double quotes; in single quotes it needs nothing.',
        fix: { title: 'Double the backslash', edits: [{ span: [at, at], text: '\\' }], safe: true },
      });
    }
    at = escape.end;
  }
}
