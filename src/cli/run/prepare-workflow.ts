import { openPlanStore } from '../../adapters/local/plan-store.js';
import { findKept, prepareKeptRun } from '../../assembly/kept-workflow.js';
import type { PreparedRun, RunAsked } from '../../assembly/select-for-run.js';
import type { ParsedWorkflow } from '../../core/definition/parse-workflow.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import type { KnownCheck } from '../../core/preflight/known-checks.js';
import type { Call } from '../command.js';
import { stateFolderOf } from './state-folder-of.js';

export interface Preparation {
  readonly ready: PreparedRun;
  readonly known: readonly KnownCheck[] | undefined;
  readonly workflow: ParsedWorkflow | undefined;
}

/** From what was kept of the same text, else from the text itself: then the code for that is loaded too. */
export async function prepareWorkflow(source: SourceText, { call, asked }: { readonly call: Call; readonly asked: RunAsked }): Promise<Preparation> {
  const store = openPlanStore(stateFolderOf(call));
  const kept = findKept(store, source);
  if (kept !== undefined) return { ready: await prepareKeptRun(kept, source, asked), known: kept.known, workflow: kept.parsed };
  const { prepareFromText } = await import('../../assembly/prepare-from-text.js');
  return await prepareFromText(store, source, asked);
}
