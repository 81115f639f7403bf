import type { CST } from 'yaml';
import type { Span } from '../../diagnostic/diagnostic.js';
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
  const span: Span = [tag.offset, tag.offset + tag.source.length];
  return {
    code: 'TG1036',
    message: `the tag '${tag.source}' means nothing here`,
    span,
    hint: 'Workflows know no tags but !!str before a single value. If it is text, put it in quotes.',
    fix: { title: 'Take the tag out', edits: [{ span, text: '' }], safe: false },
  };
}
