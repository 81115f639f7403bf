import type { PlacedStep } from '../../core/definition/check/outline.js';
import type { ShellText } from '../../core/definition/shape/setting.js';
import { makeKey } from '../../core/cache/make-key.js';
import type { InputFile, KeySheet } from '../../core/cache/key-sheet.js';
import type { EvaluationWorld } from '../../core/expression/evaluation-world.js';
import type { Value } from '../../core/expression/expression.js';
import { normalizePath } from '../../core/run/outputs/digest-outputs.js';
import type { ContentTokens } from '../../core/run/keys/content-tokens.js';
import type { StepDescription } from '../../core/run/keys/describe-step.js';
import { describeStep } from '../../core/run/keys/describe-step.js';
import type { Resolved } from '../../core/run/step-execution.js';
import type { RunValues } from '../../core/run/values/run-values.js';
import { prepareCommand, shellOf } from '../attempt/shell-command.js';
import type { StepEnvironments } from '../attempt/step-environment.js';
import type { ReusePorts, RunJob, RunPorts } from '../run-job.js';

/** What the result of a cell depends on, and the key that this makes. */
export interface StepKey {
  readonly description: StepDescription;
  readonly sheet: KeySheet;
  readonly key: string;
  /** Literal inputs that name no file. */
  readonly missing: readonly string[];
}

export interface KeyedCell {
  readonly step: string;
  readonly placed: PlacedStep;
  readonly matrix: Readonly<Record<string, Value>> | undefined;
}

/** Asked when all that the step needs is settled. Only tools have to be waited for. */
export interface StepKeys {
  readonly of: (cell: KeyedCell) => Resolved<StepKey> | Promise<Resolved<StepKey>>;
  /** The declared inputs as they are now. */
  readonly look: (description: StepDescription) => readonly InputFile[];
}

export interface StepKeysParts {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly values: RunValues;
  readonly environments: StepEnvironments;
  readonly tokens: ContentTokens;
}

const noFiles = { files: [], missing: [] };

export function createStepKeys({ job, ports, values, environments, tokens }: StepKeysParts): StepKeys {
  const { parsed, plan, redactor } = job;
  const answers = new Map<string, Promise<string>>();
  const everyOutput = writtenOutputs(job);
  const machine = { os: job.facts.os, arch: job.facts.arch, ...Object.fromEntries(Object.entries(job.variant ?? {}).map(([name, value]) => [`matrix.${name}`, redactor.text(value)])) };

  const worldOf = ({ placed, matrix }: KeyedCell): EvaluationWorld => values.worldAt({ kind: 'step', step: placed, matrix }, 'no');

  /** The step's own outputs do not count: it may find those of its last time. */
  const select = ({ inputs, outputs: own }: StepDescription, { files }: ReusePorts): { readonly files: readonly InputFile[]; readonly missing: readonly string[] } => {
    if (inputs === 'workspace') return { files: files.all([...everyOutput, ...own]), missing: [] };
    if (inputs.length === 0) return noFiles;
    return files.select(mayMeet(inputs, own) ? [...inputs, ...own.map((path) => `!${path}`)] : inputs);
  };

  const of = (cell: KeyedCell): Resolved<StepKey> | Promise<Resolved<StepKey>> => {
    const env = values.envAt({ kind: 'step', step: cell.placed, matrix: cell.matrix });
    if (env.kind === 'failed') return env;
    const world = worldOf(cell);
    const described = describeStep({ placed: cell.placed, parsed, world, env: env.value, around: job.around, redactor });
    if (described.kind === 'failed') return described;
    const description = described.value;
    const finish = (tools: Readonly<Record<string, string>>): Resolved<StepKey> => {
      const chosen = ports.reuse === null || !description.keyed ? noFiles : select(description, ports.reuse);
      const node = plan.steps.get(cell.step)?.node ?? -1;
      const texts = chosen.missing.map((path) => [`inputs: ${path}`, 'names no file'] as const);
      const sheet: KeySheet = {
        definition: texts.length === 0 ? description.definition : { ...description.definition, ...Object.fromEntries(texts) },
        env: description.env,
        files: chosen.files,
        tools,
        upstream: description.keyed ? tokens.before(node) : {},
        machine: description.keyed ? machine : {},
      };
      return { kind: 'value', value: { description, sheet, key: makeKey(sheet), missing: chosen.missing } };
    };
    if (description.tools.length === 0 || ports.reuse === null) return finish({});
    return askTools(cell, { tools: description.tools, world, env: env.value, reuse: ports.reuse }).then(finish);
  };

  interface Asking {
    readonly tools: readonly ShellText[];
    readonly world: EvaluationWorld;
    readonly env: Readonly<Record<string, string>>;
    readonly reuse: ReusePorts;
  }

  async function askTools(cell: KeyedCell, { tools, world, env, reuse }: Asking): Promise<Readonly<Record<string, string>>> {
    const whole = environments.of(cell.placed, { env, files: { output: '/dev/null', summary: '/dev/null' } }).env;
    const asked = tools.map(async (text): Promise<[string, string]> => [text.whole.trim(), await askTool(cell, text, { world, env: whole, reuse })]);
    return Object.fromEntries(await Promise.all(asked));
  }

  async function askTool(cell: KeyedCell, text: ShellText, { world, env, reuse }: Omit<Asking, 'tools'>): Promise<string> {
    const prepared = prepareCommand(text, shellOf(parsed, undefined), { parsed, world });
    if (prepared.kind === 'failed') return `failed: ${prepared.failure.message}`;
    const { file, args, env: carried } = prepared.command;
    const path = env['PATH'] ?? '';
    const script = args.at(-1) ?? '';
    const isPlain = Object.keys(carried).length === 0;
    const known = isPlain ? reuse.tools.recall(script, path) : undefined;
    if (known !== undefined) return known;
    const name = `${script}\n${path}\n${JSON.stringify(carried)}`;
    const running = answers.get(name) ?? run({ file, args, env: { ...env, ...carried }, mark: `${job.facts.runId}/${cell.step}/tools` });
    answers.set(name, running);
    const answer = await running;
    if (isPlain && !answer.startsWith('failed: ')) reuse.tools.keep(script, path, answer);
    return answer;
  }

  async function run(command: { readonly file: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>>; readonly mark: string }): Promise<string> {
    const pieces: Uint8Array[] = [];
    const started = ports.processes.start({ ...command, folder: job.workspace }, (_stream, bytes) => void pieces.push(Uint8Array.from(bytes)));
    const end = await started.ended;
    const said = redactor.text(Buffer.concat(pieces).toString('utf8').trim());
    return end.kind === 'exited' && end.code === 0 ? said : `failed: ${end.kind === 'exited' ? `exit code ${end.code}` : end.kind} ${said}`;
  }

  return { of, look: (description) => (ports.reuse === null ? [] : select(description, ports.reuse).files) };
}

/** Whether a pattern among the inputs could name one of the outputs; plain names are compared as they stand. */
function mayMeet(inputs: readonly string[], outputs: readonly string[]): boolean {
  if (outputs.length === 0) return false;
  return inputs.some((input) => {
    if (/[*?[{!\\]/u.test(input)) return true;
    const path = normalizePath(input);
    return outputs.some((output) => /[*?[{\\]/u.test(output) || path === '' || path === output || output.startsWith(`${path}/`) || path.startsWith(`${output}/`));
  });
}

/** What all steps of a workflow make, as far as it stands in the file. */
function writtenOutputs({ parsed }: RunJob): readonly string[] {
  return parsed.outline.steps.flatMap(({ step }) => (step.outputs ?? []).flatMap(({ value }) => (value.form === 'path' && value.path.kind === 'written' ? [normalizePath(value.path.value)] : [])));
}
