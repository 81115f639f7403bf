import { approvalFields } from '../../core/definition/language/approval-fields.js';
import { defineStepType } from '../../core/definition/step-type.js';

/** People who have to say yes. */
export const approvalStep = defineStepType({
  name: 'approval',
  summary: 'Pauses the run until enough people have approved this very state.',
  succeedsWhen: 'enough people approved; until then the run is paused and holds no machine',
  fields: approvalFields,
  ownOutputs: ({ inputs }) => (inputs ?? []).map((input) => input.name),
});
