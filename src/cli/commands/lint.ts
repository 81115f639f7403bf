import { workflowFolders } from '../../adapters/local/find-workflows.js';
import type { Call, ExitCode } from '../command.js';
import type { LintedFile } from '../lint/lint-file.js';
import { createLintWorld, lintFile } from '../lint/lint-file.js';
import { renderLinting, renderLintingForGithub, renderLintingJson } from '../lint/render-linting.js';
import { loadAllWorkflows, loadWorkflow } from '../load-workflow.js';
import { refuseCall } from '../refuse-call.js';

/** `tollgate lint`: what is allowed but doubtful; `--fix` mends what is safe to mend. */
export function lint(call: Call): ExitCode {
  const { options, terminal, workspace } = call;
  const github = options.format.value === 'github';
  const shownFrom = github ? workspace : call.folder;
  const loadings = call.arguments.length === 0 ? loadAllWorkflows(call, shownFrom) : call.arguments.map((given) => loadWorkflow(given, call, { command: 'lint', shownFrom }));
  if (loadings.length === 0) {
    return refuseCall([{ message: 'there is no workflow here', hint: `workflows lie in ${workflowFolders.join(', ')} of ${workspace}`, next: [{ call: 'init', says: 'write a first workflow' }] }], call);
  }
  const problems = loadings.flatMap((loading) => (loading.kind === 'problem' ? [loading.problem] : []));
  const world = createLintWorld(workspace);
  const files = loadings.flatMap((loading) => (loading.kind === 'loaded' ? [lintFile(loading.workflow, { world, fix: options.fix.value })] : []));
  terminal.out(options.json.value ? renderLintingJson(files) : github ? renderLintingForGithub(files, call) : renderLinting(files, call));
  return problems.length > 0 ? refuseCall(problems, call) : judge(files, options.strict.value);
}

/** 2 when a file is wrong, 1 when there is a warning left, or anything at all with `--strict`. */
function judge(files: readonly LintedFile[], strict: boolean): ExitCode {
  if (files.some(({ valid }) => !valid)) return 2;
  const left = files.flatMap(({ diagnostics }) => diagnostics);
  return left.some(({ severity }) => strict || severity === 'warning') ? 1 : 0;
}
