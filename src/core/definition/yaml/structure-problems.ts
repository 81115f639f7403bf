import type { CST } from 'yaml';
import type { Span } from '../../diagnostic/diagnostic.js';
import type { Composing } from './composing.js';
import { spanOf } from './node-properties.js';
import type { Problem } from './problem-list.js';
import type { ScalarNode } from './source-node.js';

export function duplicateKey(key: ScalarNode, first: Span): Problem {
  return {
    code: 'TG1030',
    message: `the key '${key.text}' is there twice`,
    span: key.at,
    hint: 'Keep one of the two, or put both values under one key.',
    related: [{ message: `'${key.text}' is first written here`, span: first }],
  };
}

export function keyIsCollection(span: Span): Problem {
  return { code: 'TG1035', message: 'a map or list cannot be a key', span, hint: 'Keys are text. If this is text with brackets, put it in quotes.' };
}

export function unknownTag(tag: CST.SourceToken): Problem {
  return { code: 'TG1036', message: `the tag '${tag.source}' means nothing here`, span: spanOf(tag), hint: 'Workflows have no tags. If it is text, put it in quotes.' };
}

export function oddColumn(composing: Composing, offset: number): Problem {
  return { code: 'TG1011', message: 'bad indentation', span: [offset, offset + 1] };
}
export function oddListColumn(composing: Composing, offset: number): Problem {
  return { code: 'TG1011', message: 'bad indentation', span: [offset, offset + 1] };
}
export function missingDash(composing: Composing, offset: number): Problem {
  return { code: 'TG1011', message: 'bad indentation', span: [offset, offset + 1] };
}
export function missingColon(text: string, span: Span): Problem {
  return { code: 'TG1015', message: 'missing colon', span };
}
export function strayComma(span: Span): Problem {
  return { code: 'TG1020', message: 'a comma with nothing before it', span };
}
export function missingComma(text: string, end: number, next: number): Problem {
  return { code: 'TG1020', message: 'missing comma', span: [end, Math.max(next, end)] };
}
export function unclosedBracket(text: string, token: CST.FlowCollection, place: { readonly end: number; readonly close: CST.SourceToken | undefined }): Problem {
  return { code: 'TG1014', message: `'${token.start.source}' is not closed`, span: [token.offset, token.offset + 1] };
}
