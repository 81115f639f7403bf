import { list, optional, record, required } from '../../core/definition/shape/collection.js';
import { choice } from '../../core/definition/shape/scalar.js';
import { refuse } from '../../core/definition/shape/shape.js';
import { condition, text } from '../../core/definition/shape/text.js';
import { defineStepType } from '../../core/definition/step-type.js';

/** Something that has to be true. */
export const assertStep = defineStepType({
  name: 'assert',
  summary: 'Checks that something is true.',
  succeedsWhen: 'every condition is true',
  fields: {
    condition: optional(condition('check'), 'an expression that must be true'),
    conditions: optional(
      list(
        record('{ check, message }', {
          check: required(condition('check'), 'an expression that must be true'),
          message: optional(text(), 'what is wrong when it is not'),
        }),
        1,
      ),
      'several of them',
    ),
    message: optional(text(), 'what is wrong when it does not hold'),
    on_false: optional(choice(['fail', 'end']), 'fail (default), or end: the run ends here, succeeded'),
  },
  check: ({ condition: one, conditions: several, at }, reading) => {
    if ((one === undefined) !== (several === undefined)) return;
    const [message, hint] =
      one === undefined
        ? ["an assert needs a 'condition' or 'conditions'", 'write condition: inputs.count > 0']
        : ["an assert has 'condition' or 'conditions', not both", 'add the condition to the list of conditions'];
    refuse(reading, { code: 'TG1108', message, span: one?.at ?? at ?? [0, 0], hint });
  },
  execute: ({ condition: one, conditions: several, message, on_false: onFalse }, tools) => {
    const checks = one === undefined ? (several ?? []) : [{ check: one, message: undefined }];
    const broken: string[] = [];
    for (const { check, message: own } of checks) {
      const found = tools.check(check);
      if (found.kind === 'failed') return { failure: found.failure, exitCode: null };
      tools.say(`${found.holds ? 'holds' : 'does not hold'}: ${check.text}${found.because === '' || found.because.startsWith(check.text) ? '' : ` (${found.because})`}`);
      if (found.holds) continue;
      const said = own === undefined ? undefined : tools.text(own);
      broken.push(said?.kind === 'value' ? said.value : `${check.text} does not hold: ${found.because}`);
    }
    if (broken.length === 0) return { failure: null, exitCode: null };
    const said = message === undefined ? undefined : tools.text(message);
    const text = said?.kind === 'value' ? said.value : broken.join('; ');
    if (onFalse?.value === 'end') return { failure: null, exitCode: null, endsRun: text };
    const reasons = said?.kind === 'value' ? broken : [];
    const at = (one ?? several?.[0]?.check)?.at;
    return { failure: { kind: 'assertion', code: 'TG3106', message: text, hints: reasons, ...(at === undefined ? {} : { at }) }, exitCode: null };
  },
});
