import type { PlanStore } from '../adapters/local/plan-store.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import { parseWorkflow } from '../core/definition/parse-workflow.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import type { KnownCheck } from '../core/preflight/known-checks.js';
import { findKnownChecks } from '../core/preflight/known-checks.js';
import { stepTypes } from '../steps/index.js';
import { keepWorkflow } from './kept-workflow.js';
import { prepareRun } from './prepare-run.js';
import type { PreparedRun, RunAsked } from './select-for-run.js';

/** Reads, checks and plans a workflow, and keeps what was learnt for the next run of the same text. */
export async function prepareFromText(store: PlanStore, source: SourceText, asked: RunAsked): Promise<{ readonly ready: PreparedRun; readonly known: readonly KnownCheck[] | undefined; readonly workflow: ParsedWorkflow | undefined }> {
  const parsing = parseWorkflow(source, stepTypes);
  const ready = await prepareRun({ path: source.file, source, ...parsing }, asked);
  if (ready.kind === 'refused') return { ready, known: undefined, workflow: parsing.parsed };
  const known = findKnownChecks(ready.parsed.outline);
  keepWorkflow(store, source, { parsed: ready.parsed, plan: ready.plan, known, diagnostics: ready.prepared.findings[0]?.diagnostics ?? [] });
  return { ready, known, workflow: parsing.parsed };
}
