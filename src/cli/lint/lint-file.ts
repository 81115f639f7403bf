import { createFileWorkspaceReader } from '../../adapters/local/file-workspace-reader.js';
import { arrange, hasErrors, parseWorkflow } from '../../core/definition/parse-workflow.js';
import type { Diagnostic, Fix } from '../../core/diagnostic/diagnostic.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import { createSourceText } from '../../core/diagnostic/source-text.js';
import type { LintWorld } from '../../core/lint/build-subject.js';
import { lintWorkflow } from '../../core/lint/lint-workflow.js';
import type { Linting } from '../../core/lint/mend-workflow.js';
import { mendWorkflow } from '../../core/lint/mend-workflow.js';
import type { JudgeWhen } from '../../core/plan/plan-workflow.js';
import { planWorkflow } from '../../core/plan/plan-workflow.js';
import { stepTypes } from '../../steps/index.js';
import type { LoadedWorkflow } from '../../assembly/load-workflow.js';
import { replaceFile } from './replace-file.js';

/** What lint says of a file, of its text as it is now. */
export interface LintedFile {
  readonly source: SourceText;
  readonly workflow: string | undefined;
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** What was mended in the file. */
  readonly fixed: readonly Fix[];
  /** What would have been mended, and why it was not. */
  readonly unwritten: { readonly fixes: readonly Fix[]; readonly reason: string } | undefined;
}

export function createLintWorld(workspace: string): LintWorld {
  const reader = createFileWorkspaceReader(workspace);
  return { fileExists: (path) => ['file', 'folder'].includes(reader.kindOf(path)) };
}

export function lintFile(loaded: LoadedWorkflow, how: { readonly world: LintWorld; readonly fix: boolean }): LintedFile {
  const { source, path } = loaded;
  const linted = lintLoaded(loaded, how.world);
  const file: LintedFile = { source, workflow: loaded.parsed?.outline.workflow.name.value, ...linted, fixed: [], unwritten: undefined };
  if (!how.fix || !linted.valid || !linted.diagnostics.some(({ fix }) => fix?.safe === true)) return file;
  const mending = mendWorkflow(source.text, (text) => (text === source.text ? linted : lintText(createSourceText(source.file, text), how.world)));
  if (mending.applied.length === 0) return { ...file, unwritten: { fixes: mending.refused, reason: 'the file would not be valid any more' } };
  const reason = replaceFile(path, source.text, mending.text);
  if (reason !== undefined) return { ...file, unwritten: { fixes: mending.applied, reason } };
  return { ...file, ...mending.linting, source: createSourceText(source.file, mending.text), fixed: mending.applied };
}

function lintText(source: SourceText, world: LintWorld): Linting {
  return lintLoaded({ source, ...parseWorkflow(source, stepTypes) }, world);
}

const judgeNothing: JudgeWhen = ({ text }) => ({ text, holds: 'unknown', because: '' });

/** What checking has to say comes first: with an error in the file, nothing is said beside it. */
function lintLoaded({ parsed, source, diagnostics }: Omit<LoadedWorkflow, 'path'>, world: LintWorld): Linting {
  if (parsed === undefined) return { valid: false, diagnostics };
  const planning = planWorkflow(parsed, source, judgeNothing);
  const checked = arrange([...diagnostics, ...planning.diagnostics]);
  if (hasErrors(checked)) return { valid: false, diagnostics: checked };
  return { valid: true, diagnostics: arrange([...checked, ...lintWorkflow(parsed, planning, source, world)]) };
}
