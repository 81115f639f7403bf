import type { Span } from '../../diagnostic/diagnostic.js';
import { nearestName } from '../../diagnostic/nearest-name.js';
import type { Problem } from './problem-list.js';

/** An alias that no anchor before it names, with the nearest one that does. */
export function deadAlias(name: string, span: Span, anchors: Iterable<string>): Problem {
  const near = nearestName(name, anchors);
  return {
    code: 'TG1031',
    message: `no anchor '&${name}' before this alias` + (near === undefined ? '' : `; did you mean '*${near}'?`),
    span,
    hint: `An unquoted '*' repeats what '&${name}' named further up. If it is text, put it in quotes.`,
    fix:
      near === undefined
        ? { title: 'Put it in quotes', edits: [{ span, text: `"*${name}"` }], safe: false }
        : { title: `Write *${near}`, edits: [{ span, text: `*${near}` }], safe: false },
  };
}
