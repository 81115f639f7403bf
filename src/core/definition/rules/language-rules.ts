import type { StepTypes } from '../step-type.js';
import { contextRules, expressionRules } from './expression-rules.js';
import { listFieldRules } from './field-rules.js';
import { fileRules } from './file-rules.js';
import { functionRules } from './function-rules.js';
import { inputRules, nameRules } from './name-rules.js';
import { budgetRules, githubRules, phaseRules } from './phase-rules.js';
import type { Rule } from './rule.js';
import { shellTextRules } from './shell-text-rules.js';
import { matrixRules, outputRules, stepRules } from './step-rules.js';

/** Every rule of the language, in the order of the reference. Each has a folder of its own in test/conformance. */
export function listRules(types: StepTypes): readonly Rule[] {
  return [
    ...fileRules,
    ...nameRules,
    ...inputRules,
    ...expressionRules,
    ...contextRules,
    ...functionRules,
    ...shellTextRules,
    ...stepRules,
    ...outputRules,
    ...matrixRules,
    ...phaseRules,
    ...budgetRules,
    ...githubRules,
    ...listFieldRules(types),
  ];
}
