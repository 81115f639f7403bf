import { either, isList, isMap, list, optional, record, required } from '../shape/collection.js';
import { choice } from '../shape/scalar.js';
import { text } from '../shape/text.js';

/** Files that a run must not change. */
export const protectedFiles = () =>
  either('a list of globs, or { paths, exception: approval }', [
    { looks: isList, shape: list(text('a glob')) },
    {
      looks: isMap,
      shape: record('{ paths, exception: approval }', {
        paths: required(list(text('a glob'), 1), 'the files'),
        exception: optional(choice(['approval']), 'an approval may let a change through'),
      }),
    },
  ]);
