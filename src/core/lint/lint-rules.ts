import type { LintRule } from './lint-rule.js';
import { cacheWithoutInputs } from './rules/cache-without-inputs.js';
import { missingInputFile } from './rules/missing-input-file.js';
import { noProof } from './rules/no-proof.js';
import { openGate } from './rules/open-gate.js';
import { outputWithoutValue } from './rules/output-without-value.js';
import { personalKey } from './rules/personal-key.js';
import { retriedEffects } from './rules/retried-effects.js';
import { sharedPath } from './rules/shared-path.js';
import { staleCommand } from './rules/stale-command.js';
import { toleratedOutput } from './rules/tolerated-output.js';
import { unawaitedBackground } from './rules/unawaited-background.js';
import { undeclaredEffects } from './rules/undeclared-effects.js';
import { undeclaredSecret } from './rules/undeclared-secret.js';
import { unkeptWork } from './rules/unkept-work.js';
import { untrustedPrompt } from './rules/untrusted-prompt.js';
import { unusedDeclaration } from './rules/unused-declaration.js';
import { valueInProgram } from './rules/value-in-program.js';
import { volatileKey } from './rules/volatile-key.js';
import { withheldVariables } from './rules/withheld-variables.js';

/** Everything that lint looks for, one file each. */
export const lintRules: readonly LintRule[] = [
  noProof,
  openGate,
  undeclaredEffects,
  retriedEffects,
  volatileKey,
  staleCommand,
  personalKey,
  cacheWithoutInputs,
  unkeptWork,
  missingInputFile,
  sharedPath,
  undeclaredSecret,
  withheldVariables,
  valueInProgram,
  untrustedPrompt,
  outputWithoutValue,
  toleratedOutput,
  unawaitedBackground,
  unusedDeclaration,
];
