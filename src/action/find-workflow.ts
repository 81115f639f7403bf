import { resolveWorkflow, showPath, workflowFolders } from '../adapters/local/find-workflows.js';
import type { LoadedWorkflow } from '../assembly/load-workflow.js';
import { cutText } from '../core/report/run/run-words.js';
import { loadWorkflowFile } from '../assembly/load-workflow.js';

/** A long line holds a runner up. */
const mostShown = 200;

export type FoundWorkflow = { readonly kind: 'loaded'; readonly workflow: LoadedWorkflow } | { readonly kind: 'problem'; readonly message: string };

/** The file or name of the input → the workflow, its file named from the workspace as annotations want it. */
export function findWorkflow(given: string, workspace: string): FoundWorkflow {
  const resolved = resolveWorkflow(given, { folder: workspace, workspace });
  const named = cutText(given, mostShown);
  if (resolved.kind === 'ambiguous') return { kind: 'problem', message: `${resolved.candidates.length} workflows are called '${named}'; name the file: ${resolved.candidates.map(({ file }) => file).join(' or ')}` };
  if (resolved.kind === 'unknown') {
    const meant = resolved.nearest === undefined ? '' : `; did you mean '${resolved.nearest}'?`;
    const known = resolved.known.length === 0 ? `There is none in ${workflowFolders.join(', ')}: is the repository checked out?` : `Those of this repository are ${resolved.known.map(({ file }) => file).join(', ')}`;
    return { kind: 'problem', message: `there is no workflow '${named}'${meant}\n${known}` };
  }
  const loading = loadWorkflowFile(resolved.path, showPath(resolved.path, workspace));
  return loading.kind === 'loaded' ? loading : { kind: 'problem', message: loading.message };
}
