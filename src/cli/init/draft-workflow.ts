import { draftGo, draftGradle, draftMake, draftMaven, draftRust, draftTerraform } from './draft-others.js';
import { draftNode } from './draft-node.js';
import { draftPython } from './draft-python.js';
import type { Draft } from './first-workflow.js';
import type { FolderView } from './folder-view.js';

/** The kinds of project that lie in the folder. A Makefile counts where nothing else does: beside others it mostly wraps them. */
export function draftWorkflow(folder: FolderView): readonly Draft[] {
  const found = [draftNode, draftPython, draftGo, draftRust, draftMaven, draftGradle, draftTerraform].flatMap((draft) => draft(folder) ?? []);
  return found.length > 0 ? found : [draftMake(folder) ?? []].flat();
}
