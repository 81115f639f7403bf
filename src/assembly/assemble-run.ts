import { availableParallelism, hostname } from 'node:os';
import { relative, resolve } from 'node:path';
import { createFetchAddressProbe } from '../adapters/local/fetch-address-probe.js';
import { createFileWorkspaceReader } from '../adapters/local/file-workspace-reader.js';
import { createProcessRunner } from '../adapters/local/processes/process-runner.js';
import type { RunFolder } from '../adapters/local/run-folder/run-folder-store.js';
import { openRunFolder } from '../adapters/local/run-folder/run-folder-store.js';
import { createSystemClock } from '../adapters/local/system-clock.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import { writtenText } from '../core/definition/shape/setting.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import { digest } from '../core/expression/digest.js';
import type { Value } from '../core/expression/expression.js';
import type { FunctionLibrary } from '../core/expression/function-library.js';
import { importValue } from '../core/expression/import-value.js';
import type { PartialValue } from '../core/expression/unknown.js';
import { unknownValue } from '../core/expression/unknown.js';
import type { Secret } from '../core/redaction/choose-texts.js';
import type { Redactor } from '../core/redaction/redactor.js';
import { blindRedactor } from '../core/redaction/redactor.js';
import type { FailureSummary, RunSummary, StepSummary } from '../core/report/run-summary.js';
import type { SummaryParts } from '../core/report/summarize-run.js';
import { locate, summarizeRun, summarizeStep } from '../core/report/summarize-run.js';
import { isRunnerToken, looksSecret } from '../core/run/environment/choose-environment.js';
import { asText, readSetting } from '../core/run/opening/read-setting.js';
import { findRecovery } from '../core/run/recovery.js';
import type { JournalReading } from '../core/journal/join-epochs.js';
import type { KnownCheck } from '../core/preflight/known-checks.js';
import type { RunPlan } from '../core/run/run-plan.js';
import type { RunState } from '../core/run/run-state.js';
import type { Selected } from '../core/run/selection/select-parts.js';
import { createRunValues } from '../core/run/values/run-values.js';
import type { CallRecord } from '../core/run/run-event.js';
import type { ContinuedRun } from './continue-run.js';
import type { ReuseWish } from './open-reuse.js';
import { openLeases, openRunLease } from './open-leases.js';
import type { CachePolicy, RunJob, RunPorts } from '../engine/run-job.js';
import { asksForArtifacts } from '../core/run/artifacts/describe-artifact.js';
import { asksForKeys } from '../core/run/keys/describe-step.js';
import type { ArtifactStore } from '../ports/artifact-store.js';
import type { Lease, Leases } from '../ports/lease.js';
import type { RunReporter } from '../ports/run-reporter.js';
import { stepTypes } from '../steps/index.js';

/** What a front door knows of the run that it wants. */
export interface RunWish {
  /** Of the run that another process left and that is gone on with. */
  readonly runId?: string;
  /** What its journal says. */
  readonly past?: JournalReading;
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly source: SourceText;
  readonly selected: Selected;
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workspace: string;
  readonly stateFolder: string;
  readonly tollgateVersion: string;
  readonly trigger: string;
  readonly actor: string | null;
  readonly commit: string | null;
  readonly github: () => PartialValue;
  readonly maxParallel: number | undefined;
  readonly allowCostly: boolean;
  /** What has to be there without being written, where that is known already. */
  readonly known?: readonly KnownCheck[] | undefined;
  readonly killAfterStopMs: number;
  readonly finallyOnStop?: 'now' | 'later';
  readonly cache: CachePolicy;
  /** The most that kept results take. */
  readonly mostCacheBytes?: number | undefined;
  readonly call?: CallRecord | undefined;
  /** The run that is gone on with. */
  readonly continued?: ContinuedRun | undefined;
  /** Values of the matrix of the job that it runs in. */
  readonly variant?: Readonly<Record<string, string>> | undefined;
  /** Which of several equal jobs it runs in, for people. */
  readonly cell?: string | undefined;
  /** A store of results that lies behind the one of this machine. */
  readonly behindResults?: ReuseWish['behind'];
  /** Where artifacts go besides the folder of the run. */
  readonly behindArtifacts?: ((local: ArtifactStore) => ArtifactStore) | undefined;
  readonly reporter: RunReporter;
  /** How a person goes on after a failure. */
  readonly nextCommand: (state: RunState) => string | null;
}

/** A run ready to start, and the way to tell of it. */
export interface AssembledRun {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly folder: RunFolder;
  readonly stateFolder: string;
  readonly leases: Leases;
  readonly runLease: Leases;
  /** From now on the run is written with this right. */
  readonly hold: (lease: Lease) => void;
  /** Writes down what was learnt of files and results. */
  readonly keep: () => void;
  /** What is masked wherever the run speaks. */
  readonly secrets: readonly Secret[];
  readonly known: readonly KnownCheck[] | undefined;
  readonly summarize: (state: RunState, messages?: readonly FailureSummary[]) => RunSummary;
  readonly summarizeStep: (id: string, state: RunState) => StepSummary;
}

/** Puts a run together from the adapters of this machine. */
export async function assembleRun(wish: RunWish): Promise<AssembledRun> {
  const { parsed, plan, source, env, workspace } = wish;
  const runId = wish.runId ?? wish.continued?.runId ?? nameRun(new Date());
  const attempt = wish.continued?.attempt ?? 1;
  const clock = createSystemClock();
  let lease: Lease | undefined;
  const past = wish.past ?? wish.continued?.past;
  const folder = openRunFolder(wish.stateFolder, runId, {
    tollgateVersion: wish.tollgateVersion,
    get lease() {
      return lease;
    },
    ...(past === undefined ? {} : { past }),
  });
  const secrets = readSecrets(parsed, env);
  const masked = [...Object.entries(secrets), ...findLikelySecrets(env, source.text)].map(([name, value]) => ({ name, value }));
  const redactor = await openRedactor(masked);
  const inputs = toValues(wish.inputs);
  const startedAt = new Date(clock.now()).toISOString();
  const url = env['GITHUB_RUN_ID'] === undefined ? null : `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs/${env['GITHUB_RUN_ID']}`;
  const reuse = asksForKeys(parsed.outline) ? (await import('./open-reuse.js')).openReuse({ stateFolder: wish.stateFolder, workspace, env, now: clock.now, mostBytes: wish.mostCacheBytes, behind: wish.behindResults }) : undefined;
  const artifacts = parsed.outline.steps.some(({ step }) => asksForArtifacts(step)) ? (await import('../adapters/local/run-artifacts/open-run-artifacts.js')).openRunArtifacts(wish.stateFolder, workspace) : undefined;
  const job: RunJob = {
    parsed,
    plan,
    stepTypes,
    facts: {
      runId, workflow: parsed.outline.workflow.name.value, workflowVersion: writtenText(parsed.outline.workflow.version) ?? null, file: source.file, attempt,
      tollgateVersion: wish.tollgateVersion, trigger: wish.trigger, actor: wish.actor, commit: wish.commit, inputs: redactor.value(inputs) as Readonly<Record<string, Value>>,
      partial: wish.selected.partial, os: process.platform, arch: process.arch, node: process.version, tree: nameTree(workspace), ...(wish.cell === undefined || wish.cell === '' ? {} : { cell: redactor.text(wish.cell) }), ...(wish.call === undefined ? {} : { call: maskCall(wish.call, redactor) }),
    },
    given: {
      inputs,
      env: Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined || isRunnerToken(name) ? [] : [[name, value]]))),
      secrets,
      github: wish.github,
      run: { id: runId, attempt, url, actor: wish.actor, started_at: startedAt, workspace },
      set: wish.selected.set,
      functions: await openFunctions(source.text, workspace),
    },
    around: env,
    workspace: resolve(workspace),
    leftOut: wish.selected.leftOut,
    allowCostly: wish.allowCostly,
    maxParallel: wish.maxParallel ?? availableParallelism(),
    killAfterStopMs: wish.killAfterStopMs,
    finallyOnStop: wish.finallyOnStop ?? 'now',
    redactor,
    cache: wish.cache,
    ...(wish.variant === undefined ? {} : { variant: wish.variant }),
    earlier: wish.continued?.earlier ?? null,
    standIns: wish.selected.leftOut.size === 0 ? null : ((await import('./last-results.js')).collectLastResults(wish.stateFolder, parsed.outline.workflow.name.value) ?? null),
  };
  const ports: RunPorts = { clock, chance: Math.random, processes: createProcessRunner(), probe: createFetchAddressProbe(), store: folder, reporter: wish.reporter, reuse: reuse?.ports ?? null, artifacts: artifacts === undefined ? null : (wish.behindArtifacts?.(artifacts) ?? artifacts) };

  const partsFor = (state: RunState, messages: readonly FailureSummary[]): SummaryParts => {
    const values = createRunValues({ outline: parsed.outline, plan, given: job.given, state });
    const next = parsed.outline.workflow.next_steps;
    const nextSteps = next === undefined || state.status !== 'succeeded' ? undefined : readSetting(next, values.worldAt({ kind: 'end' }, 'no'), asText);
    return {
      parsed,
      plan,
      source,
      now: clock.now(),
      recoveryOf: (step, _failure, tail) => findRecovery(step, tail, values.worldAt({ kind: 'step', step }, 'no')).map((way) => redactor.text(way)),
      logOf: (name) => showFrom(workspace, folder.logOf(name)),
      artifactAt: (name) => showFrom(workspace, artifacts?.placeOf(runId, name) ?? null),
      nextSteps: nextSteps?.kind === 'value' ? redactor.text(nextSteps.value) : null,
      nextCommand: wish.nextCommand,
      messages: [...messages, ...redactor.unmasked.map((name) => locate({ kind: 'step-type:secret', code: 'TG3116', message: `the secret ${name} is too short to be masked`, hints: ['Use a longer one'] }, { source }, true)), ...folder.problems().map((problem) => locate({ kind: 'step-type:store', code: 'TG3118', message: problem, hints: ['Make room, or name another folder with --state-dir'] }, { source }, true))],
    };
  };
  return { job, ports, folder, stateFolder: wish.stateFolder, leases: openLeases(wish.stateFolder), runLease: openRunLease(wish.stateFolder, runId), hold: (held) => void (lease = held), keep: () => {
    reuse?.keep();
    artifacts?.sweep(clock.now());
  }, secrets: masked, known: wish.known, summarize: (state, messages = []) => summarizeRun(state, partsFor(state, messages)), summarizeStep: (id, state) => summarizeStep(id, state, partsFor(state, [])) };
}

/** The words of a call may hold what must not be written down. */
function maskCall(call: CallRecord, { text }: Redactor): CallRecord {
  const { selection, words } = call;
  return { ...call, words: words.map(text), selection: { ...selection, set: selection.set.map((pair) => ({ ...pair, value: text(pair.value) })) } };
}

function showFrom(workspace: string, path: string | null): string | null {
  return path === null ? null : relative(resolve(workspace), path);
}

/** Its patterns are loaded only where there is something to mask. */
async function openRedactor(secrets: readonly Secret[]): Promise<Redactor> {
  return secrets.length === 0 ? blindRedactor : (await import('../core/redaction/create-redactor.js')).createRedactor(secrets);
}

/** The same folder on the same machine. */
function nameTree(workspace: string): string {
  return digest([hostname(), resolve(workspace)].map((part) => `${part}\n`), 'utf8');
}

/** `20261121-063012-417-9f02`: sorts by time, and no two are alike. */
function nameRun(now: Date): string {
  const digits = now.toISOString().replaceAll(/\D/gu, '');
  const chance = Math.floor(Math.random() * 0x10000).toString(16).padStart(4, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14, 17)}-${chance}`;
}

function readSecrets({ outline }: ParsedWorkflow, env: RunWish['env']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (outline.workflow.secrets ?? []).flatMap(({ name }): [string, string][] => {
      const value = env[name.value];
      return value === undefined || value === '' ? [] : [[name.value, value]];
    }),
  );
}

/** Variables that are called like secrets and that the workflow speaks of, and the runner's own keys. */
function findLikelySecrets(env: RunWish['env'], text: string): readonly (readonly [string, string])[] {
  return Object.entries(env).flatMap(([name, value]): (readonly [string, string])[] => {
    if (value === undefined || value === '') return [];
    const isOwn = isRunnerToken(name) && /TOKEN|KEY/iu.test(name);
    return isOwn || (looksSecret(name) && (text.includes(name) || text.includes('pass_env'))) ? [[name, value]] : [];
  });
}

function toValues(inputs: ReadonlyMap<string, unknown>): Readonly<Record<string, Value>> {
  return Object.fromEntries([...inputs].map(([name, value]) => [name, importValue(value) ?? null]));
}

/** What is loaded only where the workflow speaks of it. */
async function openFunctions(text: string, workspace: string): Promise<RunJob['given']['functions']> {
  const speaksOf = (word: RegExp): boolean => word.test(text);
  const nothing = (): { readonly kind: 'unreadable'; readonly reason: string } => ({ kind: 'unreadable', reason: 'no report was expected' });
  const reports: FunctionLibrary['reports'] = speaksOf(/parse_/iu) ? (await import('../core/expression/report-readers.js')).reportReaders : { parse_coverage: nothing, parse_junit: nothing, parse_sarif: nothing };
  const matches = speaksOf(/matches/iu) ? (await import('../core/expression/create-matcher.js')).createMatcher() : () => ({ error: 'no regular expression was expected' });
  const readYaml = speaksOf(/read_yaml/iu) ? (await import('../core/definition/read-yaml-value.js')).readYamlValue : () => ({ error: 'no YAML was expected' });
  return { reader: createFileWorkspaceReader(workspace), matches, digest, reports, readYaml, changed: () => unknownValue, baseline: () => unknownValue };
}
