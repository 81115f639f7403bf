import { anyValue } from '../shape/any-value.js';
import { either, isList, isScalar, list, mapOf, optional, record } from '../shape/collection.js';
import { number } from '../shape/scalar.js';
import { text } from '../shape/text.js';
import { anyKey } from './names.js';

const status = number('a status from 100 to 599', { min: 100, max: 599, integer: true });

/** What the answer of a server must be, whether it is called or waited for. */
export const response = () =>
  record('{ status, json, body, header }', {
    status: optional(
      either('a status, a list of them, or a class such as 2xx', [
        { looks: (node) => node.kind === 'scalar' && typeof node.value === 'number', shape: status },
        { looks: isScalar, shape: text('a status') },
        { looks: isList, shape: list(status, 1) },
      ]),
      'the status',
    ),
    json: optional(anyValue(), 'what the JSON body must hold'),
    body: optional(text(), 'a regular expression for the body'),
    header: optional(mapOf(text(), anyKey), 'headers that must be there'),
  });
