import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import { arrange } from '../definition/parse-workflow.js';
import type { Planning } from '../plan/plan-workflow.js';
import type { LintWorld } from './build-subject.js';
import { buildSubject } from './build-subject.js';
import type { LintFinding } from './lint-rule.js';
import { lintRules } from './lint-rules.js';
import { checkSilence, createSilencer, findSilences } from './silences.js';

/** What is allowed in a workflow and yet doubtful, in the order of the file. It expects one without errors, and bears others. */
export function lintWorkflow(parsed: ParsedWorkflow, planning: Planning, source: SourceText, world: LintWorld = {}): readonly Diagnostic[] {
  const sharedPaths = planning.kind === 'planned' ? planning.sharedPaths : [];
  const subject = buildSubject(parsed, { source, sharedPaths, world });
  const silences = findSilences(source);
  const isSilenced = createSilencer(silences, source);
  const findings = lintRules.flatMap((rule) => rule.find(subject)).filter((finding) => !isSilenced(finding));
  return arrange([...findings, ...silences.flatMap(checkSilence)].map(toDiagnostic));
}

function toDiagnostic({ step: _step, ...diagnostic }: LintFinding): Diagnostic {
  return diagnostic;
}
