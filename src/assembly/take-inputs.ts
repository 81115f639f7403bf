import type { GivenInput, InputFinding, ResolvedInputs } from '../core/definition/inputs/resolve-inputs.js';
import { resolveInputs } from '../core/definition/inputs/resolve-inputs.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import type { Diagnostic } from '../core/diagnostic/diagnostic.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import type { Message } from '../core/report/message.js';
import type { PlanningPlace } from './planning-place.js';

export interface GivenInputs {
  readonly given: readonly GivenInput[];
  /** What is wrong inside the files that they came from. */
  readonly files: readonly { readonly source: SourceText; readonly diagnostics: readonly Diagnostic[] }[];
  /** What is wrong with the files themselves. */
  readonly messages: readonly Message[];
}

export interface Planning {
  readonly place: PlanningPlace;
  readonly given: GivenInputs;
  readonly missing: 'error' | 'warning';
}

/** The values of a workflow's inputs, and what is wrong with those that were given. */
export async function takeInputs(parsed: ParsedWorkflow | undefined, { place, given, missing }: Planning): Promise<{ readonly values: ReadonlyMap<string, unknown>; readonly messages: readonly Message[] }> {
  const declared = parsed?.outline.workflow.inputs ?? [];
  const resolved = resolveInputs(declared, parsed === undefined ? [] : given.given, await checkFiles(parsed, place));
  const messages = describeInputs(resolved, missing);
  const artifacts = declared.filter(({ name, value }) => value.type.value === 'artifact' && !resolved.problems.some(({ input }) => input === name));
  if (artifacts.length === 0) return { values: resolved.values, messages };
  const { takeArtifacts } = await import('./take-artifacts.js');
  const taken = await takeArtifacts(artifacts, { place, given: resolved.values, missing });
  const own = new Set(artifacts.map(({ name }) => name));
  return { values: new Map([...[...resolved.values].filter(([name]) => !own.has(name)), ...taken.values]), messages: [...messages, ...taken.messages] };
}

/** Whether a path of the workspace leads to a file; asked only where there are inputs of type file. */
async function checkFiles(parsed: ParsedWorkflow | undefined, { workspace }: PlanningPlace): Promise<(path: string) => boolean> {
  const inputs = parsed?.outline.workflow.inputs ?? [];
  if (!inputs.some(({ value }) => value.type.value === 'file')) return () => false;
  const { createFileWorkspaceReader } = await import('../adapters/local/file-workspace-reader.js');
  const reader = createFileWorkspaceReader(workspace);
  return (path) => reader.kindOf(path) === 'file';
}

function describeInputs({ problems, missing }: ResolvedInputs, severity: 'error' | 'warning'): readonly Message[] {
  const unknownYet = severity === 'warning' ? '; the plan does without it' : '';
  return [
    ...problems.map((problem) => toMessage(problem, 'error', '')),
    ...missing.map((problem) => toMessage(problem, severity, unknownYet)),
  ];
}

function toMessage({ code, message, from, hint }: InputFinding, severity: 'error' | 'warning', more: string): Message {
  return { code, severity, message: `${message}${more}`, ...(from === '' ? {} : { at: from }), ways: [hint.charAt(0).toUpperCase() + hint.slice(1)] };
}
