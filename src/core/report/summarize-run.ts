import { nameArtifact } from '../artifact/artifact-reference.js';
import { cachesResult } from '../definition/language/caches-result.js';
import type { PlacedStep } from '../definition/check/outline.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { toText } from '../expression/coerce-value.js';
import type { Value } from '../expression/expression.js';
import type { Failure } from '../run/failure.js';
import type { RunPlan } from '../run/run-plan.js';
import type { CellState, RunState, StepState } from '../run/run-state.js';
import type { ArtifactSummary, CellSummary, FailureSummary, PartStatus, PhaseSummary, RunSummary, StepSummary } from './run-summary.js';

/** What a summary is made of besides the state of the run. */
export interface SummaryParts {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly source: SourceText;
  readonly now: number;
  /** What a person can try after a step failed. */
  readonly recoveryOf: (step: PlacedStep, failure: Failure, tail: readonly string[]) => readonly string[];
  readonly logOf: (name: string) => string | null;
  /** Where the files of an artifact of this run lie. */
  readonly artifactAt?: (name: string) => string | null;
  readonly nextSteps: string | null;
  readonly nextCommand: (state: RunState) => string | null;
  readonly messages: readonly FailureSummary[];
}

/** A run as it stands, for every report. */
export function summarizeRun(state: RunState, parts: SummaryParts): RunSummary {
  const { parsed: { outline }, plan } = parts;
  const { facts } = state;
  const steps = new Map([...plan.steps.keys()].map((id) => [id, summarizeStep(id, state, parts)]));
  const pick = (ids: readonly string[]): readonly StepSummary[] => ids.flatMap((id) => steps.get(id) ?? []);
  return {
    runId: facts?.runId ?? '',
    workflow: outline.workflow.name.value,
    workflowVersion: facts?.workflowVersion ?? null,
    file: parts.source.file,
    status: state.status === 'pending' ? 'running' : state.status,
    reason: state.paused ?? (state.stop?.failure?.kind === 'timeout' ? 'timeout' : null),
    verdict: state.verdict,
    attempt: facts?.attempt ?? 1,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    durationMs: (state.endedAt ?? parts.now) - state.startedAt,
    actor: facts?.actor ?? null,
    commit: facts?.commit ?? null,
    trigger: facts?.trigger ?? 'cli',
    inputs: facts?.inputs ?? {},
    phases: [...plan.phases].map(([id, place]) => summarizePhase(id, { state, parts, steps: pick(place.steps) })),
    finally: pick(plan.finallySteps),
    ...countResults(state, parts),
    costUsd: state.spentBefore.usd + spentNow(state, ({ costUsd }) => costUsd),
    tokens: state.spentBefore.tokens + spentNow(state, ({ tokens }) => tokens),
    outputs: state.outputs,
    partial: facts?.partial ?? [],
    endedEarly: state.endedEarly,
    failure: state.stop?.failure == null ? null : locate(state.stop.failure, parts, false),
    messages: parts.messages,
    nextSteps: parts.nextSteps,
    nextCommand: parts.nextCommand(state),
  };
}

/** Of each cell: whether its result was there already, and whether one was looked for in vain. */
function countResults(state: RunState, { parsed, plan }: SummaryParts): Pick<RunSummary, 'cacheHits' | 'cacheMisses' | 'kept'> {
  let cacheHits = 0;
  let cacheMisses = 0;
  let kept = 0;
  for (const [id, { cells }] of state.steps) {
    const step = parsed.outline.steps[plan.steps.get(id)?.index ?? -1]?.step;
    const isCached = step !== undefined && cachesResult(step);
    for (const { source, attempts } of cells) {
      if (source === 'cache') cacheHits++;
      else if (source === 'earlier') kept++;
      else if (isCached && attempts > 0) cacheMisses++;
    }
  }
  return { cacheHits, cacheMisses, kept };
}

/** What earlier attempts have spent is counted already. */
function spentNow({ steps }: RunState, read: (cell: CellState) => number): number {
  let sum = 0;
  for (const { cells } of steps.values()) for (const cell of cells) if (cell.source !== 'earlier') sum += read(cell);
  return sum;
}

function summarizePhase(id: string, { state, parts, steps }: { readonly state: RunState; readonly parts: SummaryParts; readonly steps: readonly StepSummary[] }): PhaseSummary {
  const phase = state.phases.get(id);
  const placed = parts.parsed.outline.phases[parts.plan.phases.get(id)?.index ?? -1];
  return {
    id,
    name: placed?.phase.name?.value ?? null,
    number: placed?.number ?? 0,
    needs: needsOfPhase(id, parts.plan),
    status: phase?.status ?? 'pending',
    verdict: phase?.verdict ?? null,
    because: phase?.skipped?.because ?? null,
    durationMs: phase?.startedAt == null ? 0 : (phase.endedAt ?? parts.now) - phase.startedAt,
    costUsd: steps.reduce((sum, { costUsd }) => sum + costUsd, 0),
    steps,
    failure: phase?.failure == null ? null : locate(phase.failure, parts, false),
  };
}

function needsOfPhase(id: string, plan: RunPlan): readonly string[] {
  return (plan.needs[plan.phases.get(id)?.start ?? -1] ?? []).flatMap(({ node }) => {
    const target = plan.nodes[node];
    return target?.kind === 'phase-end' ? [target.phase] : [];
  });
}

/** One step as it stands. */
export function summarizeStep(id: string, state: RunState, parts: SummaryParts): StepSummary {
  const place = parts.plan.steps.get(id);
  const placed = parts.parsed.outline.steps[place?.index ?? -1];
  const step = state.steps.get(id);
  if (place === undefined || placed === undefined || step === undefined) throw new Error(`no step '${id}'`);
  const sum = (read: (cell: CellState) => number): number => step.cells.reduce((total, cell) => total + read(cell), 0);
  const failing = step.cells.findIndex(({ status }) => status === 'failed');
  const tail = step.cells[failing]?.result?.tail ?? [];
  const undecided = step.cells.some(({ status }) => status === 'indeterminate');
  const cause = undecided ? describeUndecided(id, placed) : step.status === 'failed' ? step.failure : null;
  const running = step.cells.some(({ status }) => status === 'running' || status === 'waiting' || status === 'failing');
  return {
    id,
    name: placed.step.name?.value ?? null,
    number: place.number,
    phase: place.phase,
    needs: (parts.plan.needs[place.node] ?? []).flatMap(({ node }) => needNames(node, parts.plan)),
    type: placed.step.shortType ?? placed.step.type,
    component: placed.step.component?.kind === 'written' ? placed.step.component.value : null,
    status: undecided && !running ? 'indeterminate' : step.status === 'open' ? (running ? 'running' : 'pending') : step.status,
    because: step.skipped?.because ?? (comesFrom(step, 'earlier') ? 'kept: it was done before' : null),
    cached: comesFrom(step, 'cache'),
    key: step.cells[0]?.key ?? null,
    attempts: step.cells.reduce((most, { attempts }) => Math.max(most, attempts), 0),
    startedAt: step.cells[0]?.startedAt ?? null,
    durationMs: step.status === 'open' && step.startedAt !== null ? parts.now - step.startedAt : step.terms?.isMatrix === true && step.startedAt !== null ? (step.endedAt ?? parts.now) - step.startedAt : sum(({ durationMs }) => durationMs),
    costUsd: sum(({ costUsd }) => costUsd),
    tokens: sum(({ tokens }) => tokens),
    outputs: outputsOf(step),
    artifacts: summarizeArtifacts(step, state, parts),
    failure: cause === null ? null : locate(cause, parts, step.tolerated),
    recovery: cause === null ? [] : parts.recoveryOf(placed, cause, tail),
    warnings: step.cells.flatMap(({ result }) => result?.warnings ?? []).map((warning) => ({ ...locate(warning, parts, true), tolerated: false })),
    tail,
    cells: step.terms?.isMatrix === true ? step.cells.map((cell, index) => summarizeCell(cell, { label: labelOf(step.terms?.cells[index] ?? {}), step, parts })) : null,
    background: step.terms?.background != null,
    log: parts.logOf(step.terms?.isMatrix === true ? `${id}.${Math.max(0, failing) + 1}` : id),
  };
}

function summarizeArtifacts({ cells }: StepState, { facts }: RunState, { artifactAt }: SummaryParts): readonly ArtifactSummary[] {
  if (facts === null) return [];
  return cells.flatMap(({ result }) => result?.artifacts ?? []).map((ref) => ({ ...ref, reference: nameArtifact({ workflow: facts.workflow, name: ref.name, run: facts.runId }), path: artifactAt?.(ref.name) ?? null }));
}

function comesFrom({ cells }: StepState, source: CellState['source']): boolean {
  return cells.length > 0 && cells.every((cell) => cell.source === source);
}

function describeUndecided(id: string, { step }: PlacedStep): Failure {
  return {
    kind: 'indeterminate',
    code: 'TG3406',
    message: `${id} was cut short, and nobody knows whether it has had its effect`,
    at: step.effects?.at ?? step.id.at,
    hints: [`Look at what it was to do. If it is done: resume with --mark-done ${id} --reason "…"`, `If it is not: resume with --rerun ${id}`],
  };
}

function needNames(node: number, plan: RunPlan): readonly string[] {
  const target = plan.nodes[node];
  if (target?.kind === 'step') return [target.step];
  return target?.kind === 'group-end' ? (plan.groups.get(target.group)?.members ?? []) : target?.kind === 'group-start' ? (plan.needs[node] ?? []).flatMap((need) => needNames(need.node, plan)) : [];
}

function outputsOf(step: StepState): Readonly<Record<string, Value>> {
  if (step.terms?.isMatrix !== true) return step.cells[0]?.result?.outputs ?? {};
  const names = new Set(step.cells.flatMap(({ result }) => Object.keys(result?.outputs ?? {})));
  return Object.fromEntries([...names].map((name) => [name, step.cells.map(({ result }) => result?.outputs[name] ?? null)]));
}

function summarizeCell(cell: CellState, { label, step, parts }: { readonly label: string; readonly step: StepState; readonly parts: SummaryParts }): CellSummary {
  const status: PartStatus = cell.status === 'waiting' || cell.status === 'failing' ? 'running' : cell.status;
  const failure = cell.status === 'failed' ? cell.result?.failure : undefined;
  return { label, status, cached: cell.source === 'cache', attempts: cell.attempts, durationMs: cell.durationMs, failure: failure == null ? null : locate(failure, parts, step.tolerated), tail: cell.result?.tail ?? [] };
}

/** `node=20, os=linux`. */
export function labelOf(values: Readonly<Record<string, Value>>): string {
  return Object.entries(values).map(([name, value]) => `${name}=${value !== null && typeof value === 'object' ? JSON.stringify(value) : toText(value)}`).join(', ');
}

/** A failure with its place in the workflow's file. */
export function locate(failure: Failure, { source }: Pick<SummaryParts, 'source'>, tolerated: boolean): FailureSummary {
  const position = failure.at === undefined ? undefined : source.positionAt(failure.at[0]);
  return {
    severity: tolerated ? (failure.level ?? 'warning') : 'blocking',
    kind: failure.kind,
    code: failure.code,
    message: failure.message,
    file: source.file,
    line: position?.line ?? null,
    column: position?.column ?? null,
    hints: failure.hints,
    tolerated,
  };
}
