import { as, either, hasKey, isScalar, mapOf, optional, record, refine, required } from '../shape/collection.js';
import type { Setting } from '../shape/setting.js';
import type { Shape } from '../shape/shape.js';
import { refuse } from '../shape/shape.js';
import { flag, plainWord } from '../shape/scalar.js';
import { text } from '../shape/text.js';
import { isRegularExpression } from './input-shape.js';
import { idKey } from './names.js';

/** How a step's output comes about. */
export type StepOutput =
  | { readonly form: 'path'; readonly path: Setting<string>; readonly optional: boolean }
  | { readonly form: 'value'; readonly value: Setting<string> }
  | { readonly form: 'json'; readonly json: Setting<string>; readonly pointer?: string }
  | { readonly form: 'regex'; readonly regex: string }
  | { readonly form: 'written' };

const path = (): Shape<StepOutput> =>
  as(
    record('{ path, optional }', {
      path: required(text('a path'), 'a file, folder or glob'),
      optional: optional(flag(), 'true: it need not be produced'),
    }),
    (output) => ({ form: 'path', path: output.path, optional: output.optional?.kind === 'written' && output.optional.value }),
  );

const json = (): Shape<StepOutput> =>
  as(
    record('{ json, pointer }', {
      json: required(text('a path'), 'a JSON file'),
      pointer: optional(pointer(), 'the part of it, as /a/b'),
    }),
    (output) => ({ form: 'json', json: output.json, ...(output.pointer === undefined ? {} : { pointer: output.pointer.value }) }),
  );

const regex = (): Shape<StepOutput> =>
  as(
    record('{ regex }', {
      regex: required(
        refine(plainWord('a regular expression'), (word, _node, reading) => {
          if (isRegularExpression(word.value)) return true;
          refuse(reading, { code: 'TG1112', message: `'${word.value}' is not a regular expression`, span: word.at, hint: 'it is in the syntax of JavaScript; parentheses and brackets meant as text need a backslash' });
          return false;
        }),
        'found in stdout: the first group, else the match',
      ),
    }),
    (output) => ({ form: 'regex', regex: output.regex.value }),
  );

export const stepOutputs = () =>
  mapOf(
    either('a path, or { path }, { value }, { json }, { regex }, { written: true }', [
      { looks: isScalar, shape: as(text('a path'), (value): StepOutput => ({ form: 'path', path: value, optional: false })) },
      { looks: hasKey('path'), shape: path() },
      {
        looks: hasKey('value'),
        shape: as(record('{ value }', { value: required(text('a value'), 'an expression') }), ({ value }): StepOutput => ({ form: 'value', value })),
      },
      { looks: hasKey('json'), shape: json() },
      { looks: hasKey('regex'), shape: regex() },
      {
        looks: hasKey('written'),
        shape: as(record('{ written: true }', { written: required(flag(), 'written to $TOLLGATE_OUTPUT') }), (): StepOutput => ({ form: 'written' })),
      },
    ]),
    idKey,
  );

function pointer() {
  return refine(plainWord('a pointer such as /a/b'), (word, _node, reading) => {
    if (/^(?:\/(?:[^~/]|~[01])*)*$/u.test(word.value)) return true;
    refuse(reading, { code: 'TG1103', message: `'${word.value}' is not a JSON pointer`, span: word.at, hint: 'write it as /a/b' });
    return false;
  });
}
