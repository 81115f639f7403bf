import { artifactCodes } from '../artifact/artifact-codes.js';
import { definitionCodes } from '../definition/shape/definition-codes.js';
import { unbuiltCodes } from '../definition/unbuilt/unbuilt-codes.js';
import { yamlCodes } from '../definition/yaml/yaml-codes.js';
import { lintCodes } from '../lint/lint-codes.js';
import { planCodes } from '../plan/plan-codes.js';
import { expressionCodes } from '../expression/expression-codes.js';
import { reuseCodes } from '../run/reuse-codes.js';
import { runCodes } from '../run/run-codes.js';
import { scriptCodes } from '../script/script-codes.js';

/**
 * Every code a diagnostic can carry, with its title. The pages behind the codes are in the `*-pages.ts` beside them.
 * TG10 text and YAML · TG11 shape · TG12 names and meaning · TG13 inputs · TG20 expressions ·
 * TG21 values in shell text · TG22 the plan · TG29 accepted, but this version cannot run it ·
 * TG3 what a run reports · TG4 lint · TG5 the call itself.
 */
export const diagnosticTitles = {
  ...scriptCodes,
  ...planCodes,
  ...lintCodes,
  ...definitionCodes,
  ...unbuiltCodes,
  ...expressionCodes,
  ...yamlCodes,
  ...runCodes,
  ...reuseCodes,
  ...artifactCodes,
} as const;

export type DiagnosticCode = keyof typeof diagnosticTitles;
