import { anyValue } from '../../core/definition/shape/any-value.js';
import { mapOf, optional, required } from '../../core/definition/shape/collection.js';
import { text } from '../../core/definition/shape/text.js';
import { defineStepType } from '../../core/definition/step-type.js';

/** Another workflow. */
export const workflowStep = defineStepType({
  name: 'workflow',
  summary: 'Runs another workflow.',
  succeedsWhen: 'the called workflow does',
  fields: {
    workflow: required(text('a file or name'), 'the workflow'),
    inputs: optional(mapOf(anyValue(), { expects: 'a name', form: /\S/u }), 'its inputs'),
  },
  ownOutputs: () => 'open',
});
