import { hasErrors } from '../core/definition/parse-workflow.js';
import type { Matcher } from '../core/expression/function-library.js';
import type { FileFunctions } from '../core/plan/known-before.js';
import { createPlanJudge, filesLater } from '../core/plan/known-before.js';
import type { JudgeWhen } from '../core/plan/plan-workflow.js';
import type { Plan } from '../core/plan/plan.js';
import type { FileFindings } from '../core/report/diagnostics-text.js';
import type { Message } from '../core/report/message.js';
import { checkWorkflow } from './check-workflow.js';
import { readGithubContext } from './github-context.js';
import type { Planning } from './take-inputs.js';
import type { PlanningPlace } from './planning-place.js';
import { takeInputs } from './take-inputs.js';

export type { PlanningPlace } from './planning-place.js';
export type { GivenInputs, Planning } from './take-inputs.js';
import type { LoadedWorkflow } from './load-workflow.js';

/** A workflow with this call's inputs; there is a plan when nothing blocks it. */
export interface PreparedPlan {
  readonly plan: Plan | undefined;
  /** By file: the workflow's first, then those of the inputs. */
  readonly findings: readonly FileFindings[];
  /** What is wrong with the inputs that were given. */
  readonly messages: readonly Message[];
  readonly inputs: ReadonlyMap<string, unknown>;
  /** What conditions come to, as far as it is known before a run. */
  readonly judge: JudgeWhen | undefined;
}

/** `missing`: what a required input that nobody gave is; a run cannot do without, a plan can. */
export async function preparePlan(workflow: LoadedWorkflow, { place, given, missing }: Planning): Promise<PreparedPlan> {
  const { parsed, source } = workflow;
  const world = await openWorld(workflow, place);
  const { values, messages: wrong } = await takeInputs(parsed, { place, given, missing });
  const judge: JudgeWhen | undefined = parsed === undefined ? undefined : createPlanJudge(parsed, { ...world, inputs: values });
  const { plan, diagnostics } = checkWorkflow(workflow, judge);
  const messages = [...given.messages, ...wrong];
  const blocked = [...given.files.flatMap((file) => file.diagnostics), ...messages].some(({ severity }) => severity === 'error') || hasErrors(diagnostics);
  return { plan: blocked ? undefined : plan, findings: [{ source, diagnostics }, ...given.files], messages, inputs: values, judge };
}

interface World {
  readonly env: PlanningPlace['env'];
  readonly github: () => ReturnType<typeof readGithubContext>;
  readonly workspace: string;
  readonly files: FileFunctions;
  readonly matches: Matcher;
}

/** What is loaded only where the file speaks of it: most plans need neither reports nor regular expressions. */
async function openWorld({ source: { text } }: LoadedWorkflow, { env, workspace }: PlanningPlace): Promise<World> {
  const speaksOf = (words: RegExp): boolean => words.test(text);
  const matches = speaksOf(/matches/iu) ? (await import('../core/expression/create-matcher.js')).createMatcher() : noPatterns;
  const files = speaksOf(/when:/u) && speaksOf(/exists|glob|hash|read_|parse_|file_size/iu) ? await openFiles(workspace) : filesLater;
  return { env, workspace, files, matches, github: () => readGithubContext({ workspace, env }) };
}

async function openFiles(workspace: string): Promise<FileFunctions> {
  const { createFileWorkspaceReader } = await import('../adapters/local/file-workspace-reader.js');
  const { digest } = await import('../core/expression/digest.js');
  const { reportReaders } = await import('../core/expression/report-readers.js');
  const { readYamlValue } = await import('../core/definition/read-yaml-value.js');
  return { reader: createFileWorkspaceReader(workspace), digest, reports: reportReaders, readYaml: readYamlValue };
}

const noPatterns: Matcher = () => ({ error: 'no regular expression was expected' });
