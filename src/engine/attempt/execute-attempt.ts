import type { PlacedStep } from '../../core/definition/check/outline.js';
import type { Duration } from '../../core/definition/shape/duration.js';
import { explainCondition } from '../../core/expression/explain-condition.js';
import type { EvaluationWorld } from '../../core/expression/evaluation-world.js';
import type { Value } from '../../core/expression/expression.js';
import { describeSignal } from '../../core/run/describe-exit.js';
import { looksSecret } from '../../core/run/environment/choose-environment.js';
import type { Failure } from '../../core/run/failure.js';
import { nameMissingCommand } from '../../core/run/name-missing-command.js';
import { asDuration, asText, readSetting } from '../../core/run/opening/read-setting.js';
import { collectOutputs } from '../../core/run/outputs/collect-outputs.js';
import { blindRedactor } from '../../core/redaction/redactor.js';
import type { AttemptResult } from '../../core/run/run-event.js';
import type { CommandEnd, Resolved, StepOutcome, StepTools } from '../../core/run/step-execution.js';
import type { RunPlace, RunValues } from '../../core/run/values/run-values.js';
import type { ProcessEnd } from '../../ports/process-runner.js';
import type { StepFiles } from '../../ports/run-store.js';
import type { RunJob, RunPorts } from '../run-job.js';
import type { AttemptControl, EndCause } from './attempt-control.js';
import { prepareCommand, shellOf } from './shell-command.js';
import type { StepEnvironments } from './step-environment.js';
import type { StepOutputSink } from './step-output.js';

/** One attempt of a step, or of one of its cells, with everything that it needs. */
export interface Attempt {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly values: RunValues;
  readonly environments: StepEnvironments;
  readonly placed: PlacedStep;
  readonly matrix: Readonly<Record<string, Value>> | undefined;
  /** `<step>`, `<step>.<cell>`: the name of its log and its files. */
  readonly name: string;
  readonly mark: string;
  readonly control: AttemptControl;
  readonly output: StepOutputSink;
}

/** An attempt under way. */
export interface BegunAttempt {
  /** Never fails: a fault of our own is a failure of the step. */
  readonly outcome: Promise<StepOutcome>;
  readonly tools: StepTools;
  readonly world: EvaluationWorld;
  /** What it came to, with the outputs that it has left so far. */
  readonly settle: (outcome: StepOutcome) => SettledAttempt;
}

export interface SettledAttempt {
  readonly result: AttemptResult;
  /** Outputs of which something was masked: they are not what the step made. */
  readonly secretOutputs: readonly string[];
}

/** Does one attempt from its first expression to its outputs. */
export async function executeAttempt(attempt: Attempt): Promise<SettledAttempt> {
  const begun = beginAttempt(attempt, 'limited');
  const outcome = await begun.outcome;
  attempt.output.close();
  return begun.settle(outcome);
}

/** `limited`: by the time limit of the step. A server has none: it is stopped when nobody needs it any more. */
export function beginAttempt(attempt: Attempt, time: 'limited' | 'endless'): BegunAttempt {
  const files = attempt.ports.store.filesFor(attempt.name);
  const place: RunPlace = { kind: 'step', step: attempt.placed, matrix: attempt.matrix };
  const world = attempt.values.worldAt(place, 'no');
  const environment = attempt.values.envAt(place);
  const chosen = attempt.environments.of(attempt.placed, { env: environment.kind === 'value' ? environment.value : {}, files });
  const tools = createTools(attempt, { place, world, env: chosen.env });
  const run = async (): Promise<StepOutcome> => {
    if (environment.kind === 'failed') return { failure: environment.failure, exitCode: null };
    try {
      return await runWithin(attempt, { tools, world, withheld: chosen.withheld, time });
    } catch (error) {
      return { failure: describeCrash(error, attempt.placed), exitCode: null };
    }
  };
  return { outcome: run(), tools, world, settle: (outcome) => settle(attempt, outcome, files) };
}

interface Within {
  readonly tools: StepTools;
  readonly world: EvaluationWorld;
  readonly withheld: readonly string[];
  readonly time: 'limited' | 'endless';
}

/** The time limit of the attempt; what it has started is ended with it. */
async function runWithin(attempt: Attempt, { tools, world, withheld, time }: Within): Promise<StepOutcome> {
  const { job, placed, ports } = attempt;
  const defaults = job.parsed.outline.workflow.defaults;
  const limit = readLimit(time === 'endless' ? undefined : (placed.step.timeout ?? defaults?.timeout), world, 3_600_000);
  if (limit.kind === 'failed') return { failure: limit.failure, exitCode: null };
  const type = job.stepTypes.find(({ name }) => name === placed.step.type);
  if (type?.execute === undefined) throw new Error(`steps of type ${placed.step.type} cannot be run`);

  const order = { signal: 'SIGTERM', killAfterMs: readKillAfter(attempt) } as const;
  const disarm = limit.value === 'none' || time === 'endless' ? undefined : ports.clock.after(limit.value, () => void attempt.control.stop('timeout', order));
  try {
    const outcome = await type.execute(placed.step.own, tools);
    const cause = attempt.control.cause();
    if (cause !== undefined && cause !== 'cancelled') return { ...outcome, failure: describeTimeout(cause, limit.value, placed) };
    return outcome.failure?.kind === 'exit' ? { ...outcome, failure: explainExit(outcome.failure, attempt.output.tail(), withheld) } : outcome;
  } finally {
    disarm?.();
  }
}

/** How long after SIGTERM what the step has started is killed. */
export function readKillAfter({ job, placed, values, matrix }: Pick<Attempt, 'job' | 'placed' | 'values' | 'matrix'>): number {
  const limit = readLimit(placed.step.kill_after ?? job.parsed.outline.workflow.defaults?.kill_after, values.worldAt({ kind: 'step', step: placed, matrix }, 'no'), 10_000);
  return limit.kind === 'value' && limit.value !== 'none' ? limit.value : 10_000;
}

function readLimit(setting: PlacedStep['step']['timeout'], world: EvaluationWorld, otherwise: number): Resolved<Duration> {
  return setting === undefined ? { kind: 'value', value: otherwise } : readSetting(setting, world, asDuration);
}

interface Surroundings {
  readonly place: RunPlace;
  readonly world: EvaluationWorld;
  readonly env: Readonly<Record<string, string>>;
}

function createTools(attempt: Attempt, { place, world, env }: Surroundings): StepTools {
  const { job, placed, control, output } = attempt;
  return {
    say: output.say,
    text: (setting) => readSetting(setting, world, asText),
    check: (condition) => {
      const { holds, because } = explainCondition(condition.expression, attempt.values.worldAt(place, condition.strict));
      if (typeof holds === 'boolean') return { kind: 'value', holds, because };
      return { kind: 'failed', failure: { kind: 'expression', code: 'TG3107', message: because, at: condition.at, hints: [] } };
    },
    runShell: async (text, own) => {
      if (control.cause() !== undefined) return { kind: 'stopped' };
      const shell = shellOf(job.parsed, own);
      const prepared = prepareCommand(text, shell, { parsed: job.parsed, world });
      if (prepared.kind === 'failed') return { kind: 'failed', failure: prepared.failure, exitCode: null };
      const folder = resolveFolder(placed, { job, world });
      if (folder.kind === 'failed') return { kind: 'failed', failure: folder.failure, exitCode: null };
      const { file, args, env: carried } = prepared.command;
      const started = control.start({ file, args, env: { ...env, ...carried }, folder: folder.value, mark: attempt.mark }, output.write);
      return describeEnd(await started.ended, { text, shell, stopped: control.cause() !== undefined, folder: folder.value });
    },
  };
}

function resolveFolder(placed: PlacedStep, { job, world }: { readonly job: RunJob; readonly world: EvaluationWorld }): Resolved<string> {
  const setting = placed.step.working_directory ?? job.parsed.outline.workflow.defaults?.working_directory;
  if (setting === undefined) return { kind: 'value', value: job.workspace };
  const resolved = readSetting(setting, world, asText);
  if (resolved.kind === 'failed') return resolved;
  return { kind: 'value', value: resolved.value.startsWith('/') ? resolved.value : `${job.workspace}/${resolved.value}` };
}

interface Command {
  readonly text: Parameters<StepTools['runShell']>[0];
  readonly shell: string;
  readonly stopped: boolean;
  readonly folder: string;
}

function describeEnd(end: ProcessEnd, { text, shell, stopped, folder }: Command): CommandEnd {
  if (end.kind === 'not-started') {
    const words: Readonly<Record<typeof end.reason, readonly [string, string]>> = {
      'no-program': [`${shell} was not found`, shell === 'bash' ? 'Install bash, or say defaults: { shell: sh }' : 'Install a POSIX shell'],
      'no-folder': [`the folder ${folder} is not there`, 'Make it in an earlier step, or mend working_directory'],
      'not-executable': [`${shell} cannot be executed`, 'Look at its permissions'],
      'too-long': ['command and environment together are too long for the system', 'Put long values into files and hand over their paths'],
      other: [`the command could not be started: ${end.message}`, 'Run it in a terminal to see more'],
    };
    const [message, hint] = words[end.reason];
    return { kind: 'failed', exitCode: null, failure: { kind: 'not-started', code: end.reason === 'no-program' ? 'TG3103' : 'TG3114', message, at: text.at, hints: [hint] } };
  }
  if (stopped) return { kind: 'stopped' };
  if (end.kind === 'exited') return { kind: 'exited', code: end.code };
  return { kind: 'failed', exitCode: null, failure: describeSignal(end.signal, text) };
}

function describeTimeout(cause: Exclude<EndCause, 'cancelled'>, limit: Duration, placed: PlacedStep): Failure {
  if (cause !== 'timeout') {
    const [code, whose] = cause === 'phase-timeout' ? (['TG3113', 'its phase'] as const) : (['TG3112', 'the run'] as const);
    return { kind: 'timeout', code, message: `it was ended because the time of ${whose} was over`, at: placed.step.id.at, hints: [] };
  }
  const seconds = typeof limit === 'number' ? `${limit / 1000} s` : 'its limit';
  return { kind: 'timeout', code: 'TG3104', message: `it took longer than ${seconds} and was ended`, at: placed.step.timeout?.at ?? placed.step.id.at, hints: ['Give it more with timeout: 2h, or look at what it was doing'] };
}

/** A missing command is named; variables that were withheld may be why a command failed. */
function explainExit(failure: Failure, tail: readonly string[], withheld: readonly string[]): Failure {
  const named = failure.code === 'TG3103' ? nameMissingCommand(failure, tail) : failure;
  const mentioned = withheld.filter((name) => name.length > 3 && tail.some((line) => line.includes(name)));
  if (mentioned.length === 0) return named;
  const [first = ''] = mentioned;
  const way = looksSecret(first) ? `secrets: [${first}]` : `pass_env: [${first}]`;
  return { ...named, hints: [...named.hints, `${mentioned.join(', ')} ${mentioned.length === 1 ? 'is' : 'are'} set around Tollgate and withheld from the step: declare ${way}`] };
}

function describeCrash(error: unknown, placed: PlacedStep): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'crashed', code: 'TG3108', message: `a fault of Tollgate itself: ${message}`, at: placed.step.id.at, hints: ['Report it; TOLLGATE_VERBOSE=1 shows where it happened'] };
}

/** The outcome, with the outputs that the step left. */
function settle(attempt: Attempt, outcome: StepOutcome, files: StepFiles): SettledAttempt {
  const { job, ports, placed, output } = attempt;
  const mask = (values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> => job.redactor.value(values) as Readonly<Record<string, Value>>;
  const wasStopped = attempt.control.cause() === 'cancelled';
  const stdout = output.stdout();
  const note = ports.store.read(files.summary);
  if (note !== undefined) ports.store.keepNote(attempt.name, job.redactor.text(note));
  const collected = collectOutputs({
    declared: placed.step.outputs ?? [],
    world: attempt.values.worldAt({ kind: 'step', step: placed, matrix: attempt.matrix }, 'no'),
    reader: readerOf(job),
    stdout,
    written: ports.store.read(files.output),
  });
  const missing = outcome.endsRun === undefined ? collected.failures[0] : undefined;
  const failure = outcome.failure ?? (wasStopped ? null : (missing ?? null));
  const failed = failure !== null && !(wasStopped && outcome.failure === null);
  const raw = { ...collected.outputs, ...outcome.outputs };
  const outputs = mask(raw);
  const result: AttemptResult = {
    outcome: wasStopped ? 'cancelled' : failed ? 'failed' : 'succeeded',
    failure: failed ? { ...failure, message: job.redactor.text(failure.message) } : null,
    exitCode: outcome.exitCode,
    stdout,
    outputs,
    costUsd: collected.costUsd,
    tokens: collected.tokens,
    endsRun: outcome.endsRun === undefined ? null : job.redactor.text(outcome.endsRun),
    tail: failed ? output.tail() : [],
    warnings: [],
  };
  const secretOutputs = job.redactor === blindRedactor ? [] : Object.entries(raw).flatMap(([name, value]) => (job.redactor.holdsSecret(JSON.stringify(value)) ? [name] : []));
  return { result, secretOutputs };
}

function readerOf(job: RunJob) {
  const { reader } = job.given.functions;
  if (typeof reader === 'symbol') throw new Error('a run needs to see the files of its workspace');
  return reader;
}
