import { createHash } from 'node:crypto';
import type { PlanStore } from '../adapters/local/plan-store.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import type { Diagnostic } from '../core/diagnostic/diagnostic.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import type { KnownCheck } from '../core/preflight/known-checks.js';
import type { RunPlan } from '../core/run/run-plan.js';
import type { PreparedRun, RunAsked } from './select-for-run.js';
import { selectForRun } from './select-for-run.js';
import { takeInputs } from './take-inputs.js';
import { build, version } from './version.js';

/** A workflow that can be run, as it was checked before: it is not even parsed again. */
export interface KeptWorkflow {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly known: readonly KnownCheck[];
  /** Warnings: what is wrong is never kept. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a text is kept under: another version of Tollgate may read it in another way. */
function keyOf({ text }: SourceText): string {
  return createHash('sha256').update(`${version}\0${build ?? ''}\0${process.version}\0${text}`).digest('hex');
}

export function findKept(store: PlanStore, source: SourceText): KeptWorkflow | undefined {
  return build === undefined ? undefined : (store.read(keyOf(source)) as KeptWorkflow | undefined);
}

export function keepWorkflow(store: PlanStore, source: SourceText, kept: KeptWorkflow): void {
  if (build !== undefined) store.write(keyOf(source), kept);
}

/** The same as preparing it from its text, without doing over what depends on nothing but the text. */
export async function prepareKeptRun({ parsed, plan, diagnostics }: KeptWorkflow, source: SourceText, asked: RunAsked): Promise<PreparedRun> {
  const { values, messages } = await takeInputs(parsed, { ...asked, missing: 'error' });
  const prepared = { findings: [{ source, diagnostics }, ...asked.given.files], messages: [...asked.given.messages, ...messages], inputs: values };
  const isWrong = [...prepared.messages, ...asked.given.files.flatMap((file) => file.diagnostics)].some(({ severity }) => severity === 'error');
  return isWrong ? { kind: 'refused', prepared } : selectForRun({ prepared, parsed, plan }, asked);
}
