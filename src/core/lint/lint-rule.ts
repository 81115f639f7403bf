import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import type { Outline, PlacedStep } from '../definition/check/outline.js';
import type { SitedExpressive } from '../definition/check/site.js';
import type { SharedPath } from '../plan/check-writers.js';
import type { LintCode } from './lint-codes.js';
import type { LintedStep } from './linted-step.js';

/** One thing that lint looks for. */
export interface LintRule {
  readonly name: string;
  readonly codes: readonly LintCode[];
  readonly find: (subject: LintSubject) => readonly LintFinding[];
}

/** A finding is a warning or an information; one about a step can be silenced at the step too. */
export interface LintFinding extends Omit<Diagnostic, 'code' | 'severity'> {
  readonly code: LintCode;
  readonly severity: 'warning' | 'info';
  readonly step?: PlacedStep;
}

/** What the rules look at: a workflow without errors, and what has been worked out about it once for all. */
export interface LintSubject {
  readonly source: SourceText;
  readonly outline: Outline;
  readonly steps: readonly LintedStep[];
  readonly sites: readonly SitedExpressive[];
  readonly sharedPaths: readonly SharedPath[];
  /** Whether a path of the workspace leads to something; missing where there is no workspace to look into. */
  readonly fileExists: ((path: string) => boolean) | undefined;
}
