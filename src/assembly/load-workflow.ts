import { readWorkflowFile } from '../adapters/local/read-workflow-file.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import { parseWorkflow } from '../core/definition/parse-workflow.js';
import type { Diagnostic } from '../core/diagnostic/diagnostic.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import { stepTypes } from '../steps/index.js';

/** A workflow file that was there; without `parsed`, what is wrong is in the diagnostics. */
export interface LoadedWorkflow {
  readonly path: string;
  readonly source: SourceText;
  readonly parsed: ParsedWorkflow | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type WorkflowLoading = { readonly kind: 'loaded'; readonly workflow: LoadedWorkflow } | { readonly kind: 'unreadable'; readonly message: string };

export function loadWorkflowFile(path: string, shownAs: string): WorkflowLoading {
  const file = readWorkflowFile(path, shownAs);
  switch (file.kind) {
    case 'unreadable': return { kind: 'unreadable', message: `${shownAs} cannot be read: ${file.reason}` };
    case 'refused': return { kind: 'loaded', workflow: { path, source: file.source, parsed: undefined, diagnostics: [file.diagnostic] } };
    case 'read': return { kind: 'loaded', workflow: { path, source: file.source, ...parseWorkflow(file.source, stepTypes) } };
  }
}
