import type { DiagnosticCode } from '../../diagnostic/codes.js';
import type { Value } from '../../expression/expression.js';
import type { DiagnosticJson } from '../diagnostics-json.js';
import type { MessageJson } from '../message-json.js';
import { addressOfPage } from '../page-address.js';
import type { CellSummary, FailureSummary, PartStatus, PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';
import { listRemarks } from './list-problems.js';
import { listSteps } from './run-words.js';

/** What `--json` prints on `run`, `resume` and `status`. Keys are added, never renamed, while `schema_version` stays. */
export interface RunJson {
  readonly schema_version: 1;
  readonly tollgate_version: string;
  /** Null where nothing was started. */
  readonly run_id: string | null;
  readonly workflow: string | null;
  readonly workflow_version: string | null;
  readonly status: RunSummary['status'];
  readonly reason: string | null;
  readonly verdict: 'go' | 'no-go' | null;
  readonly attempt: number;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  /** Ids of the steps that run; null where none does. */
  readonly current: readonly string[] | null;
  readonly actor: string | null;
  readonly commit: string | null;
  readonly trigger: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly phases: readonly RunPhaseJson[];
  readonly steps: readonly RunStepJson[];
  readonly cache: { readonly hits: number; readonly misses: number };
  readonly cost_usd: number;
  readonly tokens: number;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly partial: readonly string[];
  readonly diagnostics: readonly (DiagnosticJson | MessageJson | RunMessageJson)[];
  readonly next_command: string | null;
}

export interface RunPhaseJson {
  readonly id: string;
  readonly number: number;
  readonly status: PartStatus;
  readonly verdict: 'go' | 'no-go' | null;
  readonly duration_ms: number;
  readonly cost_usd: number;
}

export interface RunStepJson {
  readonly id: string;
  /** Null in `finally`. */
  readonly phase: string | null;
  readonly type: string;
  readonly status: PartStatus;
  readonly cached: boolean;
  readonly key: string | null;
  readonly attempts: number;
  readonly started_at: string | null;
  readonly duration_ms: number;
  readonly cost_usd: number;
  readonly tokens: number;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly artifacts: readonly RunArtifactJson[];
  readonly failure: FailureJson | null;
  readonly recovery: readonly string[];
  /** Of a matrix step alone. */
  readonly cells?: readonly RunCellJson[];
}

export interface RunArtifactJson {
  readonly name: string;
  /** What `artifacts get` takes. */
  readonly ref: string;
  readonly version: string;
  readonly files: number;
  readonly bytes: number;
  /** From the workspace; null where nobody knows. */
  readonly path: string | null;
}

export interface RunCellJson {
  readonly label: string;
  readonly status: PartStatus;
  readonly cached: boolean;
  readonly attempts: number;
  readonly duration_ms: number;
  readonly failure: FailureJson | null;
}

export interface FailureJson {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly hints: readonly string[];
  readonly tolerated: boolean;
}

/** What a run had to say apart from its steps' failures: its keys are those of every diagnostic. */
export interface RunMessageJson {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly hint: string | null;
  readonly url: string;
}

export interface RunJsonOptions {
  readonly tollgateVersion: string;
  /** What was found before the run started, such as warnings about the workflow. */
  readonly diagnostics?: readonly (DiagnosticJson | MessageJson)[];
}

export function toRunJson(summary: RunSummary, { tollgateVersion, diagnostics = [] }: RunJsonOptions): RunJson {
  const steps = listSteps(summary);
  const running = steps.filter(({ status }) => status === 'running').map(({ id }) => id);
  return {
    schema_version: 1,
    tollgate_version: tollgateVersion,
    run_id: summary.runId,
    workflow: summary.workflow,
    workflow_version: summary.workflowVersion,
    status: summary.status,
    reason: summary.reason,
    verdict: summary.verdict,
    attempt: summary.attempt,
    started_at: toTime(summary.startedAt),
    ended_at: toTime(summary.endedAt),
    current: running.length === 0 ? null : running,
    actor: summary.actor,
    commit: summary.commit,
    trigger: summary.trigger,
    inputs: summary.inputs,
    phases: summary.phases.map(toPhase),
    steps: steps.map(toStep),
    cache: { hits: summary.cacheHits, misses: summary.cacheMisses },
    cost_usd: toUsd(summary.costUsd),
    tokens: summary.tokens,
    outputs: summary.outputs,
    partial: summary.partial,
    diagnostics: [...diagnostics, ...listMessages(summary).map(toMessage)],
    next_command: summary.nextCommand,
  };
}

export type RefusedRun = Pick<RunJson, 'tollgate_version' | 'workflow' | 'workflow_version' | 'inputs' | 'diagnostics' | 'next_command'>;

/** The same object where nothing was started: the diagnostics say why. */
export function toRefusedRunJson(refused: RefusedRun): RunJson {
  return {
    schema_version: 1,
    tollgate_version: refused.tollgate_version,
    run_id: null,
    workflow: refused.workflow,
    workflow_version: refused.workflow_version,
    status: 'failed',
    reason: null,
    verdict: null,
    attempt: 0,
    started_at: null,
    ended_at: null,
    current: null,
    actor: null,
    commit: null,
    trigger: 'cli',
    inputs: refused.inputs,
    phases: [],
    steps: [],
    cache: { hits: 0, misses: 0 },
    cost_usd: 0,
    tokens: 0,
    outputs: {},
    partial: [],
    diagnostics: refused.diagnostics,
    next_command: refused.next_command,
  };
}

function toPhase(phase: PhaseSummary): RunPhaseJson {
  return { id: phase.id, number: phase.number, status: phase.status, verdict: phase.verdict, duration_ms: Math.round(phase.durationMs), cost_usd: toUsd(phase.costUsd) };
}

function toStep(step: StepSummary): RunStepJson {
  return {
    id: step.id,
    phase: step.phase,
    type: step.type,
    status: step.status,
    cached: step.cached,
    key: step.key,
    attempts: step.attempts,
    started_at: toTime(step.startedAt),
    duration_ms: Math.round(step.durationMs),
    cost_usd: toUsd(step.costUsd),
    tokens: step.tokens,
    outputs: step.outputs,
    artifacts: step.artifacts.map(({ name, reference, version, files, size, path }) => ({ name, ref: reference, version, files, bytes: size, path })),
    failure: toFailure(step.failure),
    recovery: step.recovery,
    ...(step.cells === null ? {} : { cells: step.cells.map(toCell) }),
  };
}

function toCell(cell: CellSummary): RunCellJson {
  return { label: cell.label, status: cell.status, cached: cell.cached, attempts: cell.attempts, duration_ms: Math.round(cell.durationMs), failure: toFailure(cell.failure) };
}

function toFailure(failure: FailureSummary | null): FailureJson | null {
  if (failure === null) return null;
  const { kind, code, message, file, line, column, hints, tolerated } = failure;
  return { kind, code, message, file, line, column, hints, tolerated };
}

/** What no step's `failure` carries: failures of the run and of phases, warnings, notes. */
function listMessages(summary: RunSummary): readonly FailureSummary[] {
  const failures = [summary.failure, ...summary.phases.map(({ failure }) => failure)].filter((failure) => failure !== null);
  return [...failures, ...listRemarks(summary).map(({ remark }) => remark).filter(({ tolerated }) => !tolerated)];
}

function toMessage({ code, severity, message, file, line, column, hints }: FailureSummary): RunMessageJson {
  return {
    code,
    severity: severity === 'blocking' ? 'error' : severity,
    message,
    file,
    line,
    column,
    hint: hints.length === 0 ? null : hints.join('; '),
    url: addressOfPage(code as DiagnosticCode),
  };
}

function toTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

/** Sums of fractions without their dust: `0.3`, not `0.30000000000000004`. */
function toUsd(costUsd: number): number {
  return Math.round(costUsd * 1e6) / 1e6;
}
