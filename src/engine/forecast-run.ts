import type { SheetDifference } from '../core/cache/compare-sheets.js';
import type { CellForecast } from '../core/run/forecast/cell-forecast.js';
import { compareSheets } from '../core/cache/compare-sheets.js';
import type { PlacedStep } from '../core/definition/check/outline.js';
import { cachesResult } from '../core/definition/language/caches-result.js';
import type { Decision } from '../core/run/decide.js';
import { decide } from '../core/run/decide.js';
import { evolve } from '../core/run/evolve.js';
import { createWaitNames } from '../core/run/forecast/name-waits.js';
import { createContentTokens } from '../core/run/keys/content-tokens.js';
import type { Opening } from '../core/run/opening/open-parts.js';
import { openGroup, openPhase, openStep } from '../core/run/opening/open-parts.js';
import { createUndoneParts } from '../core/run/resume/undone-parts.js';
import { nameStandIns } from '../core/run/selection/name-stand-ins.js';
import type { AttemptResult, RunProgress } from '../core/run/run-event.js';
import type { RunPlan } from '../core/run/run-plan.js';
import { cellKey, createRunState } from '../core/run/run-state.js';
import { createRunValues } from '../core/run/values/run-values.js';
import { createStepEnvironments } from './attempt/step-environment.js';
import type { EarlierRun } from '../core/run/resume/earlier-run.js';
import type { Finding } from './reuse/find-result.js';
import { createResultFinder } from './reuse/find-result.js';
import { createGivenDigests } from './reuse/given-digests.js';
import type { BeginningCell } from './reuse/result-reuse.js';
import { findStandIn } from './reuse/stand-in.js';
import { createPathWriters } from './reuse/path-writers.js';
import type { StepKey } from './reuse/step-keys.js';
import { createStepKeys } from './reuse/step-keys.js';
import type { RunJob, RunPorts } from './run-job.js';

export interface ForecastManner {
  /** Why the key of a step cannot be told here, though a run will know it. */
  readonly unknownYet?: (placed: PlacedStep) => string | undefined;
  /** Asserts that hold whatever the run does, with the words for why: nothing behind them waits. */
  readonly holding?: ReadonlyMap<string, string>;
}

/** Goes through the plan on the way that a run takes, and executes nothing: what it calls a hit or a miss, a run finds too. */
export async function forecastRun(job: RunJob, ports: RunPorts, { unknownYet = () => undefined, holding = new Map() }: ForecastManner = {}): Promise<readonly CellForecast[]> {
  const plan = withoutOrderOnly(job.plan);
  const state = createRunState(plan);
  const values = createRunValues({ outline: job.parsed.outline, plan, given: job.given, state });
  const opening: Opening = { parsed: job.parsed, plan, state, values, leftOut: job.leftOut, allowCostly: job.allowCostly, standIns: nameStandIns({ ...job, plan }) };
  const keys = createStepKeys({ job: { ...job, plan }, ports, values, environments: createStepEnvironments(job), tokens: createContentTokens(plan, state, createGivenDigests(job, ports)) });
  const finder = createResultFinder({ job: { ...job, plan }, ports, undone: createUndoneParts(plan), writers: createPathWriters(plan), dry: true });
  const answers = new Map<string, CellForecast>();
  const record = (progress: RunProgress): void => void evolve(plan, state, { ...progress, at: ports.clock.now() });

  const findEarlier = async (cell: BeginningCell, earlier: EarlierRun | null): Promise<Finding> => {
    const made = await keys.of(cell);
    const found: Finding = made.kind === 'failed' ? { kind: 'missed', warnings: [] } : await finder.find(cell, made.value, earlier);
    if (found.kind === 'reused') answers.set(cellKey(cell.step, cell.index), { step: cell.step, matrix: cell.matrix ?? null, answer: 'kept', key: found.event.key, because: null, differences: [], nearest: null });
    return found;
  };

  const answerCell = async ({ step, cell }: Extract<Decision, { kind: 'start-attempt' }>): Promise<void> => {
    const placed = job.parsed.outline.steps[plan.steps.get(step)?.index ?? -1];
    const terms = state.steps.get(step)?.terms;
    if (placed === undefined || terms == null) return;
    const matrix = terms.isMatrix ? (terms.cells[cell] ?? {}) : undefined;
    const at = { step, index: cell, placed, matrix };
    const base = { step, matrix: matrix ?? null, differences: [], nearest: null };
    const holds = holding.get(step);
    if (holds !== undefined) {
      answers.set(cellKey(step, cell), { ...base, answer: 'runs', key: null, because: holds });
      return record({ kind: 'result-reused', step, cell, source: 'cache', key: '', attempts: 0, durationMs: 0, result: passed });
    }
    const unknown = unknownYet(placed);
    if (unknown !== undefined) return void answers.set(cellKey(step, cell), { ...base, answer: 'depends', key: null, because: unknown });
    const made = await keys.of(at);
    if (made.kind === 'failed') return void answers.set(cellKey(step, cell), { ...base, answer: 'runs', key: null, because: made.failure.message });
    const found = await finder.find(at, made.value, job.earlier);
    if (found.kind === 'reused') {
      answers.set(cellKey(step, cell), { ...base, answer: found.event.source === 'cache' ? 'hit' : 'kept', key: found.event.key, because: null });
      return record(found.event);
    }
    answers.set(cellKey(step, cell), explainMiss(made.value, { base, reason: found.reason ?? found.warnings[0]?.message }));
  };

  const explainMiss = (key: StepKey, { base, reason }: { readonly base: Omit<CellForecast, 'answer' | 'key' | 'because'>; readonly reason: string | undefined }): CellForecast => {
    if (!key.description.cached) return { ...base, answer: 'runs', key: key.description.keyed ? key.key : null, because: 'it is not cached' };
    if (!job.cache.read) return { ...base, answer: 'runs', key: key.key, because: 'the cache is off' };
    const nearest = nearestSheet(key, base.step);
    const because = reason ?? (nearest === undefined ? 'there is no earlier result' : nearest.differences.length === 0 ? 'its result was never kept, or is not there any more' : null);
    return { ...base, answer: 'miss', key: key.key, because, differences: nearest?.differences ?? [], nearest: nearest?.key ?? null };
  };

  const nearestSheet = (key: StepKey, step: string): { readonly key: string; readonly differences: readonly SheetDifference[] } | undefined =>
    (ports.reuse?.sheets.list({ workflow: job.facts.workflow, step }) ?? [])
      .map((earlier) => ({ key: earlier.key, differences: compareSheets(earlier.sheet, key.sheet) }))
      // The newest of those that differ least.
      .sort((a, b) => a.differences.length - b.differences.length)[0];

  record({ kind: 'run-started', ...job.facts });
  for (;;) {
    const due = decide(plan, state, { maxParallel: Infinity }).filter((decision) => isNew(decision, answers));
    if (due.length === 0) break;
    for (const decision of due) {
      if (decision.kind === 'open-phase') record(openPhase(decision.phase, opening));
      else if (decision.kind === 'open-group') record(openGroup(decision.group, opening));
      else if (decision.kind === 'open-step') for (const progress of (await findStandIn(decision.step, { opening, standIns: job.standIns, find: findEarlier })) ?? [openStep(decision.step, opening)]) record(progress);
      else if (decision.kind === 'start-attempt') await answerCell(decision);
      else if (decision.kind === 'close-phase') record({ kind: 'phase-ended', phase: decision.phase, status: decision.status, verdict: decision.verdict });
      else return collect();
    }
  }
  return collect();

  function collect(): readonly CellForecast[] {
    const nameWaits = createWaitNames(plan, state);
    return [...plan.steps.keys()].flatMap((id): readonly CellForecast[] => {
      const step = state.steps.get(id);
      const cells = step?.cells.flatMap((_, index) => answers.get(cellKey(id, index)) ?? []) ?? [];
      if (cells.length > 0) return cells;
      const base = { step: id, matrix: null, key: null, differences: [], nearest: null };
      if (step?.skipped != null) return [{ ...base, answer: 'skipped', because: step.skipped.because }];
      const leftOut = job.leftOut.get(id);
      if (leftOut !== undefined) return [{ ...base, answer: 'skipped', because: leftOut }];
      if (step?.failure != null) return [{ ...base, answer: 'runs', because: step.failure.message }];
      const placed = job.parsed.outline.steps[plan.steps.get(id)?.index ?? -1];
      const isCached = placed !== undefined && cachesResult(placed.step);
      return [{ ...base, answer: isCached ? 'depends' : 'runs', because: isCached ? nameWaits(plan.steps.get(id)?.node ?? -1) : 'it is not cached' }];
    });
  }
}

const passed: AttemptResult = { outcome: 'succeeded', failure: null, exitCode: null, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [], digests: {} };

function isNew(decision: Decision, answers: ReadonlyMap<string, CellForecast>): boolean {
  return decision.kind !== 'start-attempt' || !answers.has(cellKey(decision.step, decision.cell));
}

/** Who only waits for another takes nothing from it, and need not be asked about it. */
function withoutOrderOnly(plan: RunPlan): RunPlan {
  const needs = plan.needs.map((list) => list.filter(({ content }) => content));
  const dependents: number[][] = plan.nodes.map(() => []);
  needs.forEach((list, from) => list.forEach(({ node }) => dependents[node]?.push(from)));
  return { ...plan, needs, dependents };
}
