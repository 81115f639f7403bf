import type { StepTypes } from '../step-type.js';
import { listRecords } from './language-records.js';
import type { Rule } from './rule.js';

/** One rule for each key of each record: what it takes. They follow the shapes, so none can be forgotten. */
export function listFieldRules(types: StepTypes): readonly Rule[] {
  return listRecords(types).flatMap(({ id, fields }) =>
    Object.entries(fields).map(([key, field]): Rule => {
      const anything = Object.keys(field.shape.schema({ define: () => ({ type: 'object' }) })).length === 0;
      return {
        id: `${id}.${key}`,
        section: 'Fields',
        text: `\`${key}\`${field.required ? ' is required and' : ''} takes ${field.shape.expects}: ${field.summary}.`,
        canBeRefused: !anything || field.required,
      };
    }),
  );
}
