import { isFolder } from '../adapters/local/file-kind.js';
import type { FoundWorkflow } from '../adapters/local/find-workflows.js';
import { findWorkflows, resolveWorkflow, showPath, workflowFolders } from '../adapters/local/find-workflows.js';
import type { LoadedWorkflow } from '../assembly/load-workflow.js';
import { loadWorkflowFile } from '../assembly/load-workflow.js';
import { resolve } from 'node:path';
import { quoteWord } from './called-as.js';
import type { CallProblem } from './call-problem.js';
import type { Call } from './command.js';

export type Loading = { readonly kind: 'loaded'; readonly workflow: LoadedWorkflow } | { readonly kind: 'problem'; readonly problem: CallProblem };

/** What a call wants to do with the workflow, for the commands that are printed when it is not there. */
export interface LoadingFor {
  readonly command: string;
  /** The folder that messages name the file from. */
  readonly shownFrom?: string;
}

/** A file or name of a call → the workflow, or what keeps it from being found. */
export function loadWorkflow(given: string, call: Call, wish: LoadingFor): Loading {
  const resolved = resolveWorkflow(given, call);
  switch (resolved.kind) {
    case 'found': return loadFile(resolved.path, showPath(resolved.path, wish.shownFrom ?? call.folder));
    case 'ambiguous': return { kind: 'problem', problem: describeAmbiguous(given, resolved.candidates, { call, wish }) };
    case 'unknown': return { kind: 'problem', problem: describeUnknown(given, resolved, { call, wish }) };
  }
}

/** Every workflow of the repository. */
export function loadAllWorkflows(call: Call, shownFrom = call.folder): readonly Loading[] {
  return findWorkflows(call.workspace).map(({ path }) => loadFile(path, showPath(path, shownFrom)));
}

function loadFile(path: string, shownAs: string): Loading {
  const loaded = loadWorkflowFile(path, shownAs);
  return loaded.kind === 'loaded' ? loaded : { kind: 'problem', problem: { message: loaded.message } };
}

interface Asking {
  readonly call: Call;
  readonly wish: LoadingFor;
}

function describeAmbiguous(given: string, candidates: readonly FoundWorkflow[], { call, wish }: Asking): CallProblem {
  const next = candidates.map(({ path }) => ({ call: `${wish.command} ${quoteWord(showPath(path, call.folder))}`, says: 'this one' }));
  return { message: `${candidates.length} workflows are called '${given}'`, hint: 'say which by its file', next };
}

function describeUnknown(given: string, { nearest, known }: { readonly nearest: string | undefined; readonly known: readonly FoundWorkflow[] }, { call, wish }: Asking): CallProblem {
  const next = [
    ...(nearest === undefined ? [] : [{ call: `${wish.command} ${quoteWord(nearest)}`, says: 'the nearest' }]),
    known.length === 0 ? { call: 'init', says: 'write a first workflow' } : { call: 'list', says: `the ${known.length === 1 ? 'workflow' : `${known.length} workflows`} of this repository` },
  ];
  const path = resolve(call.folder, given);
  if (isFolder(path)) return { message: `'${given}' is a folder`, hint: 'name a workflow file in it', next };
  const noun = given.includes('/') || /\.ya?ml$/iu.test(given) ? 'file' : 'workflow';
  const meant = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
  const places = noun === 'workflow' ? `workflows lie in ${workflowFolders.join(', ')} of ${call.workspace}` : undefined;
  return { message: `there is no ${noun} '${given}'${meant}`, hint: places, next };
}
