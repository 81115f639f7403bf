import type { SourceText } from '../diagnostic/source-text.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import { findSites } from '../definition/check/site.js';
import type { SharedPath } from '../plan/check-writers.js';
import type { LintSubject } from './lint-rule.js';
import { lintStep } from './linted-step.js';

/** What is known of the workspace; without it the rules that ask for it are silent. */
export interface LintWorld {
  readonly fileExists?: (path: string) => boolean;
}

export function buildSubject(parsed: ParsedWorkflow, from: { readonly source: SourceText; readonly sharedPaths: readonly SharedPath[]; readonly world: LintWorld }): LintSubject {
  const { outline } = parsed;
  return {
    source: from.source,
    outline,
    steps: outline.steps.map((placed) => lintStep(placed, outline, from.source)),
    sites: findSites(outline),
    sharedPaths: from.sharedPaths,
    fileExists: from.world.fileExists,
  };
}
