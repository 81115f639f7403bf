import { describeSignature, functionTable } from '../../expression/functions/function-table.js';
import type { Rule } from './rule.js';

/** One rule for each function: how it is called and what it answers. */
export const functionRules: readonly Rule[] = functionTable.map(
  (entry): Rule => ({ id: `function.${entry.name}`, section: 'Functions', text: `\`${describeSignature(entry)}\`: ${entry.summary}`, canBeRefused: true }),
);
