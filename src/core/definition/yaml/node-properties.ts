import type { CST } from 'yaml';
import type { Span } from '../../diagnostic/diagnostic.js';
import type { Problem, ProblemList } from './problem-list.js';

/** What stands before a key or value: its indicator, anchor and tag. */
export interface Properties {
  readonly indicator: CST.SourceToken | undefined;
  readonly comma: CST.SourceToken | undefined;
  readonly anchor: CST.SourceToken | undefined;
  readonly tag: CST.SourceToken | undefined;
  /** Where the last of them ends. */
  readonly end: number;
}

type Indicator = 'doc-start' | 'explicit-key-ind' | 'map-value-ind' | 'seq-item-ind';

interface Wanted {
  readonly indicator: Indicator;
  /** Where the tokens start, for when there are none. */
  readonly offset: number;
  readonly inFlow?: boolean;
}

export function readProperties(tokens: readonly CST.SourceToken[] | undefined, wanted: Wanted, problems: ProblemList): Properties {
  let indicator: CST.SourceToken | undefined;
  let comma: CST.SourceToken | undefined;
  let anchor: CST.SourceToken | undefined;
  let tag: CST.SourceToken | undefined;
  let end = wanted.offset;
  for (const token of tokens ?? []) {
    if (token.type === 'space' || token.type === 'newline' || token.type === 'comment') continue;
    end = token.offset + token.source.length;
    if (token.type === wanted.indicator && indicator === undefined) indicator = token;
    else if (token.type === 'comma' && wanted.inFlow === true && comma === undefined) comma = token;
    else if (token.type === 'anchor' && anchor === undefined && token.source !== '&') anchor = token;
    else if (token.type === 'tag' && tag === undefined) tag = token;
    else problems.add(unexpectedText(spanOf(token), token.source));
  }
  return { indicator, comma, anchor, tag, end };
}

/** Reports what the parser found behind the end of a node and could not place. */
export function reportTrailing(tokens: readonly CST.SourceToken[] | undefined, problems: ProblemList): void {
  for (const token of tokens ?? []) {
    if (token.type === 'space' || token.type === 'newline' || token.type === 'comment') continue;
    problems.add(unexpectedText(spanOf(token), token.source));
    return;
  }
}

export function spanOf(token: { readonly offset: number; readonly source: string }): Span {
  return [token.offset, token.offset + token.source.length];
}

export function unexpectedText(span: Span, written: string): Problem {
  const shown = written.length > 40 ? `${written.slice(0, 39)}…` : written;
  return {
    code: 'TG1019',
    message: `cannot read '${shown.replace(/\s+/g, ' ')}' here: it belongs to nothing before it`,
    span,
    hint: 'Put text with special characters in quotes, and check the indentation of this line.',
  };
}
