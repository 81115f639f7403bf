import { anyValue } from '../../core/definition/shape/any-value.js';
import { anyKey } from '../../core/definition/language/names.js';
import { response } from '../../core/definition/language/response-shape.js';
import { mapOf, optional } from '../../core/definition/shape/collection.js';
import type { Span } from '../../core/diagnostic/diagnostic.js';
import { refuse } from '../../core/definition/shape/shape.js';
import { text } from '../../core/definition/shape/text.js';
import { defineStepType } from '../../core/definition/step-type.js';

/** A request to a server. */
export const httpStep = defineStepType({
  name: 'http',
  summary: 'Calls a server.',
  succeedsWhen: 'the status is 2xx, or as expect says',
  fields: {
    url: optional(text('a URL'), 'where to'),
    service: optional(text(), 'a service, in place of the host'),
    path: optional(text('a path'), 'the path at the service'),
    method: optional(text('a method such as POST'), 'GET when nothing is said'),
    headers: optional(mapOf(text(), anyKey), 'headers'),
    query: optional(mapOf(text(), anyKey), 'the query'),
    json: optional(anyValue(), 'a body, sent as JSON'),
    body: optional(text(), 'a body'),
    expect: optional(response(), 'what the answer must be'),
  },
  check: ({ url, service, path, json, body, at }, reading) => {
    const contradict = (message: string, span: Span | undefined, hint: string): void => {
      refuse(reading, { code: 'TG1108', message, span: span ?? [0, 0], hint });
    };
    if (url === undefined && service === undefined) contradict("an http step needs a 'url', or a 'service' and a 'path'", at, 'write url: https://…');
    if (url !== undefined && service !== undefined) contradict("an http step has a 'url' or a 'service', not both", service.at, 'remove one of them');
    if (url !== undefined && service === undefined && path !== undefined) contradict("'path' belongs to a 'service'", path.at, 'write it at the end of the url');
    if (service !== undefined && url === undefined && path === undefined) contradict("a 'service' needs a 'path'", service.at, 'write path: /');
    if (json !== undefined && body !== undefined) contradict("an http step has 'json' or 'body', not both", body.at, 'remove one of them');
  },
  ownOutputs: () => ['status', 'body', 'json', 'headers'],
});
