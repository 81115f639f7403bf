import type { Outline } from '../../core/definition/check/outline.js';
import { preflightKinds } from '../../core/definition/language/preflight-shape.js';
import type { ShellText } from '../../core/definition/shape/setting.js';
import { explainCondition } from '../../core/expression/explain-condition.js';
import type { EvaluationWorld } from '../../core/expression/evaluation-world.js';
import { findVersion } from '../../core/preflight/find-version.js';
import type { KnownCheck } from '../../core/preflight/known-checks.js';
import type { CheckResult } from '../../core/preflight/preflight-report.js';
import { versionArguments } from '../../core/preflight/version-arguments.js';
import { parseRange, satisfies } from '../../core/preflight/version-range.js';
import { chooseEnvironment } from '../../core/run/environment/choose-environment.js';
import { asDuration, asText, readSetting } from '../../core/run/opening/read-setting.js';
import { writeCommand } from '../../core/run/recovery.js';
import type { RunValues } from '../../core/run/values/run-values.js';
import type { Machine } from '../../ports/machine.js';
import { prepareCommand, shellOf } from '../attempt/shell-command.js';
import { openStepOutput } from '../attempt/step-output.js';
import type { RunJob, RunPorts } from '../run-job.js';

type WrittenCheck = NonNullable<Outline['workflow']['preflight']>[number];

export interface PreflightParts {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly machine: Machine;
  readonly values: RunValues;
  readonly known: readonly KnownCheck[];
  /** Run the fixes of what does not hold, and look again. */
  readonly fix: boolean;
}

/** Less than this is left when logs and outputs are written: a run would stop half-way. */
const leastFreeBytes = 64 * 1024 * 1024;

/** Everything that has to hold before anything starts, looked at side by side. */
export async function runPreflight(parts: PreflightParts): Promise<readonly CheckResult[]> {
  const written = parts.job.parsed.outline.workflow.preflight ?? [];
  return await Promise.all([
    ...checkUnwritten(parts).map((result) => Promise.resolve(result)),
    ...written.map((check) => lookAndMend(check, parts)),
  ]);
}

async function lookAndMend(check: WrittenCheck, parts: PreflightParts): Promise<CheckResult> {
  const first = await look(check, parts);
  if (!parts.fix || check.fix === undefined || first.status !== 'fails') return first;
  await runText(check.fix, check, parts);
  const second = await look(check, parts);
  return { ...second, fixed: second.status === 'holds' };
}

/** What follows from the workflow: its secrets, the commands of its steps, room on the disk. */
function checkUnwritten({ job, machine, known }: PreflightParts): readonly CheckResult[] {
  const { outline } = job.parsed;
  const path = job.around['PATH'] ?? '';
  const nobody = { id: null, status: 'fails', level: 'blocking', fix: null, fixed: false, durationMs: 0 } as const;
  const secrets = (outline.workflow.secrets ?? []).flatMap(({ name, required }): CheckResult[] => {
    const isOptional = required?.kind === 'written' && !required.value;
    if (isOptional || job.given.secrets[name.value] !== undefined) return [];
    return [{ ...nobody, kind: 'secret', label: `secret ${name.value}`, message: `the secret ${name.value} is not set`, hint: `Set it where you call Tollgate: export ${name.value}=…; on GitHub: env: { ${name.value}: \${{ secrets.${name.value} }} }`, at: name.at }];
  });
  const tools = known.filter(({ steps }) => !steps.every((step) => job.leftOut.has(step))).flatMap(({ kind, name, at }): CheckResult[] => {
    if (machine.findProgram(name, path) !== undefined) return [];
    const hint = kind === 'bash' ? 'Install bash, or say defaults: { shell: sh }' : `Install ${name}`;
    return [{ ...nobody, kind, label: name, message: `${name} is not on the PATH`, hint, at }];
  });
  const free = machine.freeBytes(job.workspace);
  const disk: CheckResult[] = free === undefined || free >= leastFreeBytes ? [] : [{ ...nobody, kind: 'disk', label: 'room on the disk', message: `${Math.floor(free / 1024 / 1024)} MiB are free on the disk of ${job.workspace}; a run needs 64`, hint: 'Make room', at: null }];
  return [...secrets, ...tools, ...disk];
}

interface Finding {
  readonly holds: boolean;
  readonly message: string;
  readonly hint?: string;
}

async function look(check: WrittenCheck, parts: PreflightParts): Promise<CheckResult> {
  const { job, ports, values } = parts;
  const world = values.worldAt({ kind: 'run' }, 'no');
  const kind = preflightKinds.find((each) => check[each] !== undefined) ?? 'check';
  const began = ports.clock.steady();
  const found = await ask(check, { parts, world });
  const text = (setting: WrittenCheck['message']): string | undefined => {
    const resolved = setting === undefined ? undefined : readSetting(setting, world, asText);
    return resolved?.kind === 'value' ? resolved.value : undefined;
  };
  const message = found.holds ? found.message : (text(check.message) ?? found.message);
  return {
    id: check.id?.value ?? null,
    label: labelOf(check),
    kind,
    level: check.level?.value ?? 'blocking',
    status: found.holds ? 'holds' : 'fails',
    message: job.redactor.text(message),
    hint: text(check.hint) ?? found.hint ?? null,
    fix: check.fix === undefined ? null : { command: writeCommand(check.fix, world) },
    fixed: false,
    at: check.at,
    durationMs: ports.clock.steady() - began,
  };
}

function labelOf(check: WrittenCheck): string {
  if (check.tool !== undefined) return check.version === undefined ? check.tool.value : `${check.tool.value} ${check.version.value}`;
  if (check.env !== undefined) return `env ${check.env.value}`;
  const setting = check.file ?? check.url ?? check.run;
  if (setting !== undefined) return setting.kind === 'written' ? setting.value : setting.whole.trim();
  return check.check?.text ?? '';
}

interface Asking {
  readonly parts: PreflightParts;
  readonly world: EvaluationWorld;
}

async function ask(check: WrittenCheck, { parts, world }: Asking): Promise<Finding> {
  const { job, ports } = parts;
  if (check.tool !== undefined) return await askTool(check.tool.value, check.version?.value, parts);
  if (check.env !== undefined) {
    const value = job.around[check.env.value];
    return value === undefined || value === '' ? { holds: false, message: `${check.env.value} is not set`, hint: `Set it where you call Tollgate: export ${check.env.value}=…` } : { holds: true, message: 'set' };
  }
  if (check.file !== undefined) {
    const path = readSetting(check.file, world, asText);
    if (path.kind === 'failed') return { holds: false, message: path.failure.message };
    const { reader } = job.given.functions;
    const there = typeof reader !== 'symbol' && (reader.kindOf(path.value) === 'file' || reader.kindOf(path.value) === 'folder');
    return { holds: there, message: there ? 'there' : `${path.value} is not there` };
  }
  if (check.url !== undefined) {
    const url = readSetting(check.url, world, asText);
    if (url.kind === 'failed') return { holds: false, message: url.failure.message };
    const limit = check.timeout === undefined ? undefined : readSetting(check.timeout, world, asDuration);
    const answer = await ports.probe.ask(url.value, limit?.kind === 'value' && typeof limit.value === 'number' ? limit.value : 10_000);
    if (answer.kind === 'silent') return { holds: false, message: `${url.value} does not answer: ${answer.reason}` };
    return { holds: answer.status < 400, message: `${url.value} answers ${answer.status}` };
  }
  if (check.check !== undefined) {
    const { holds, because } = explainCondition(check.check.expression, { ...world, strict: check.check.strict });
    return { holds: holds === true, message: holds === true ? because : `${check.check.text} does not hold: ${because}` };
  }
  if (check.run === undefined) return { holds: false, message: 'there is nothing to check' };
  const end = await runText(check.run, check, parts);
  return { holds: end.code === 0, message: end.code === 0 ? 'exits 0' : describeRun(end) };
}

function describeRun({ code, problem, tail }: CommandResult): string {
  if (problem !== undefined) return problem;
  const last = tail.filter((line) => line.trim() !== '').at(-1);
  return `the command exits ${code ?? 'by a signal'}${last === undefined ? '' : `: ${last.trim()}`}`;
}

async function askTool(name: string, wanted: string | undefined, parts: PreflightParts): Promise<Finding> {
  const { job, machine } = parts;
  if (machine.findProgram(name, job.around['PATH'] ?? '') === undefined) return { holds: false, message: `${name} is not on the PATH`, hint: `Install ${name}` };
  if (wanted === undefined) return { holds: true, message: 'there' };
  const range = parseRange(wanted);
  if (range.kind === 'wrong') return { holds: false, message: `'${wanted}' is no range of versions: ${range.problem}` };
  const { env } = chooseEnvironment(job.around, []);
  const end = await runCommand({ file: name, args: versionArguments(name), env }, parts, 10_000);
  const version = findVersion(end.tail.join('\n'), name);
  if (version === undefined) return { holds: false, message: `${name} does not tell its version` };
  return satisfies(version, range) ? { holds: true, message: version } : { holds: false, message: `${name} is ${version}, and the workflow needs ${wanted}`, hint: `Install ${name} ${wanted}` };
}

interface CommandResult {
  readonly code: number | null;
  readonly tail: readonly string[];
  readonly problem?: string;
}

/** Shell text of a check, with the variables of the workflow. */
async function runText(text: ShellText, check: WrittenCheck, parts: PreflightParts): Promise<CommandResult> {
  const { job, values } = parts;
  const world = values.worldAt({ kind: 'run' }, 'no');
  const prepared = prepareCommand(text, shellOf(job.parsed, undefined), { parsed: job.parsed, world });
  if (prepared.kind === 'failed') return { code: null, tail: [], problem: prepared.failure.message };
  const declared = values.envAt({ kind: 'run' });
  const passed = (job.parsed.outline.workflow.pass_env ?? []).map(({ value }) => value);
  const env = { ...chooseEnvironment(job.around, passed).env, ...(declared.kind === 'value' ? declared.value : {}), TOLLGATE_WORKSPACE: job.workspace, ...prepared.command.env };
  const limit = check.timeout === undefined ? undefined : readSetting(check.timeout, world, asDuration);
  return await runCommand({ ...prepared.command, env }, parts, limit?.kind === 'value' && typeof limit.value === 'number' ? limit.value : 300_000);
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function runCommand({ file, args, env }: Command, { job, ports }: PreflightParts, limitMs: number): Promise<CommandResult> {
  const output = openStepOutput({ redactor: job.redactor, openLog: () => ({ path: null, write: () => undefined, close: () => undefined }), watch: () => undefined });
  const running = ports.processes.start({ file, args, env, folder: job.workspace, mark: `${job.facts.runId}/preflight` }, output.write);
  const limit = { isOver: false };
  const disarm = ports.clock.after(limitMs, () => {
    limit.isOver = true;
    void running.stop({ signal: 'SIGTERM', killAfterMs: 2_000 });
  });
  const end = await running.ended;
  disarm();
  output.close();
  if (limit.isOver) return { code: null, tail: output.tail(), problem: `it took longer than ${limitMs / 1000} s` };
  if (end.kind === 'not-started') return { code: null, tail: [], problem: `${file} could not be started: ${end.message}` };
  return { code: end.kind === 'exited' ? end.code : null, tail: output.tail() };
}
