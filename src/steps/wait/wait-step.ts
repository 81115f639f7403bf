import { response } from '../../core/definition/language/response-shape.js';
import { optional } from '../../core/definition/shape/collection.js';
import { duration } from '../../core/definition/shape/duration.js';
import { number } from '../../core/definition/shape/scalar.js';
import { refuse } from '../../core/definition/shape/shape.js';
import { text } from '../../core/definition/shape/text.js';
import { defineStepType } from '../../core/definition/step-type.js';

/** A pause, a moment, or an answer. */
export const waitStep = defineStepType({
  name: 'wait',
  summary: 'Waits for a time or for an address to answer.',
  succeedsWhen: 'the time came, or the check held',
  fields: {
    for: optional(duration(), 'how long'),
    until: optional(text('a time such as 2026-01-01T09:00:00Z'), 'until when'),
    url: optional(text('a URL'), 'an address that must answer'),
    expect: optional(response(), 'what the answer must be'),
    interval: optional(duration(), 'how often it is asked'),
    healthy: optional(number('a whole number from 1', { min: 1, integer: true }), 'how many good answers in a row'),
    unhealthy: optional(number('a whole number from 1', { min: 1, integer: true }), 'how many bad answers in a row are a failure'),
  },
  check: (fields, reading) => {
    const given = (['for', 'until', 'url'] as const).filter((key) => fields[key] !== undefined);
    if (given.length === 1) return;
    const found = given.length === 0 ? 'this has none' : `this has ${given.join(' and ')}`;
    const hint = given.length === 0 ? 'write for: 30s' : 'use a step for each';
    refuse(reading, { code: 'TG1108', message: `a wait has one of for, until and url; ${found}`, span: fields.at ?? [0, 0], hint });
  },
});
