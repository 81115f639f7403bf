import type { ParsedWorkflow } from '../../definition/parse-workflow.js';
import type { PlacedGroup, PlacedStep } from '../../definition/check/outline.js';
import type { Setting } from '../../definition/shape/setting.js';
import type { EvaluationWorld } from '../../expression/evaluation-world.js';
import type { Failure } from '../failure.js';
import type { RetryReason, RunProgress, StepTerms } from '../run-event.js';
import type { RunPlan } from '../run-plan.js';
import type { RunState } from '../run-state.js';
import { describeBrokenNeed } from '../standing.js';
import type { Resolved } from '../step-execution.js';
import type { RunPlace, RunValues } from '../values/run-values.js';
import { judgeEntry } from './judge-entry.js';
import { makeCells } from './make-cells.js';
import type { SettingKind } from './read-setting.js';
import { asCount, asDuration, asFactor, asFlag, asText, readSetting } from './read-setting.js';

/** What is known when a part of the plan comes up. */
export interface Opening {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly state: RunState;
  readonly values: RunValues;
  /** Steps and phases that the call leaves out, with the words that say so. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly allowCostly: boolean;
  /** Steps that the call leaves out and whose last result may stand in for them: their phases are entered. */
  readonly standIns?: ReadonlySet<string>;
}

/** A phase whose needs have ended: begin it or leave it out. */
export function openPhase(id: string, at: Opening): RunProgress {
  const place = at.plan.phases.get(id);
  const phase = at.parsed.outline.phases[place?.index ?? -1]?.phase;
  const leftOut = at.leftOut.get(`phase ${id}`);
  if (leftOut !== undefined && place?.steps.some((step) => at.standIns?.has(step)) !== true) return { kind: 'phase-skipped', phase: id, reason: 'request', because: leftOut };
  const entry = judgeEntry(phase?.when, { kind: 'phase', phase: id }, { values: at.values, always: false, brokenNeed: () => describeBrokenNeed(at.plan, at.state, place?.start ?? -1) });
  switch (entry.kind) {
    case 'enter': return { kind: 'phase-started', phase: id };
    case 'skip': return { kind: 'phase-skipped', phase: id, reason: entry.reason, because: entry.because };
    case 'failed': return { kind: 'phase-failed', phase: id, failure: entry.failure };
  }
}

/** A parallel group whose needs have ended. */
export function openGroup(number: string, at: Opening): RunProgress {
  const placed = at.parsed.outline.groups.find((each) => each.number === number);
  const node = at.plan.groups.get(number)?.start ?? -1;
  const place: RunPlace = { kind: 'group', group: number };
  const entry = judgeEntry(placed?.group.when, place, { values: at.values, always: placed?.lane.kind === 'finally', brokenNeed: () => describeBrokenNeed(at.plan, at.state, node) });
  if (entry.kind === 'skip') return { kind: 'group-skipped', group: number, reason: entry.reason, because: entry.because };
  const { tolerated, maxParallel } = readGroupTerms(placed, at);
  return { kind: 'group-opened', group: number, tolerated: tolerated.kind === 'value' && tolerated.value, maxParallel: maxParallel.kind === 'value' ? maxParallel.value : null };
}

function readGroupTerms(placed: PlacedGroup | undefined, at: Opening): { readonly tolerated: Resolved<boolean>; readonly maxParallel: Resolved<number | null> } {
  const world = at.values.worldAt({ kind: 'group', group: placed?.number ?? '' }, 'no');
  return { tolerated: readOr(placed?.group.continue_on_error, false, { world, kind: asFlag }), maxParallel: readOr<number | null>(placed?.group.max_parallel, null, { world, kind: asCount }) };
}

/** A condition or setting of a group without an answer fails the steps that it is for, each in its own name. */
function findGroupFailure(group: PlacedGroup | undefined, at: Opening): Failure | undefined {
  if (group === undefined) return undefined;
  const entry = judgeEntry(group.group.when, { kind: 'group', group: group.number }, { values: at.values, always: true, brokenNeed: () => '' });
  if (entry.kind === 'failed') return entry.failure;
  const { tolerated, maxParallel } = readGroupTerms(group, at);
  return [tolerated, maxParallel].flatMap((read) => (read.kind === 'failed' ? [read.failure] : []))[0];
}

/** A step whose needs have ended: what its fields say, or why it is left out. */
export function openStep(id: string, at: Opening): RunProgress {
  const place = at.plan.steps.get(id);
  const placed = at.parsed.outline.steps[place?.index ?? -1];
  if (place === undefined || placed === undefined) throw new Error(`no step '${id}' in the plan`);
  const leftOut = at.leftOut.get(id);
  if (leftOut !== undefined) return { kind: 'step-skipped', step: id, reason: 'request', because: leftOut };
  const where: RunPlace = { kind: 'step', step: placed };
  const inGroup = place.group === null ? false : (at.state.groups.get(place.group)?.tolerated ?? false);
  const refuse = (failure: Failure): RunProgress => ({ kind: 'step-refused', step: id, failure, tolerated: inGroup || isTolerated(placed, at) });
  const groupFailure = findGroupFailure(placed.group, at);
  if (groupFailure !== undefined) return refuse(groupFailure);
  const entry = judgeEntry(placed.step.when, where, { values: at.values, always: place.lane === 'finally', brokenNeed: () => describeBrokenNeed(at.plan, at.state, place.node) });
  if (entry.kind === 'skip') return { kind: 'step-skipped', step: id, reason: entry.reason, because: entry.because };
  if (entry.kind === 'failed') return refuse(entry.failure);
  const { costly } = placed.step;
  if (costly !== undefined && costly.value !== 'false' && !at.allowCostly) return { kind: 'step-skipped', step: id, reason: costly.value === 'required' ? 'costly-required' : 'costly', because: 'the run does not allow costly steps: --allow-costly' };
  const terms = readTerms(placed, at, inGroup);
  if ('failure' in terms) return refuse(terms.failure);
  if (terms.cells.length === 0) return { kind: 'step-skipped', step: id, reason: 'empty-matrix', because: 'its matrix is empty' };
  return { kind: 'step-opened', step: id, ...terms };
}

function isTolerated(placed: PlacedStep, at: Opening): boolean {
  const read = readOr(placed.step.continue_on_error, false, { world: at.values.worldAt({ kind: 'step', step: placed }, 'no'), kind: asFlag });
  return read.kind === 'value' && read.value;
}

const plainTerms: StepTerms = {
  cells: [{}], isMatrix: false, attempts: 1, retryOn: ['failure', 'timeout'], delayMs: 1000, factor: 2, maxDelayMs: 60_000,
  locks: [], maxParallel: null, failFast: false, tolerated: false, background: null,
};

function readTerms(placed: PlacedStep, at: Opening, inGroup: boolean): StepTerms | { readonly failure: Failure } {
  const { step } = placed;
  // What most steps say: nothing.
  const retry = step.effects?.value === 'once' ? undefined : (step.retry ?? at.parsed.outline.workflow.defaults?.retry);
  if (step.matrix === undefined && retry === undefined && step.continue_on_error === undefined && step.locks === undefined && step.background === undefined && step.effects?.value !== 'once') return inGroup ? { ...plainTerms, tolerated: true } : plainTerms;

  const world = at.values.worldAt({ kind: 'step', step: placed }, 'no');
  const failures: Failure[] = [];
  const take = <T>(resolved: Resolved<T>, otherwise: T): T => {
    if (resolved.kind === 'value') return resolved.value;
    failures.push(resolved.failure);
    return otherwise;
  };
  const read = <T>(setting: Setting<T> | undefined, otherwise: T, kind: SettingKind<T>): T => take(readOr(setting, otherwise, { world, kind }), otherwise);
  const { matrix } = step;
  const cells = matrix === undefined ? plainTerms.cells : take(makeCells(matrix, world), plainTerms.cells);
  const axes = matrix?.kind === 'axes' ? matrix : undefined;
  const maxDelay = read(retry?.max_delay, plainTerms.maxDelayMs, asDuration);
  const terms: StepTerms = {
    cells,
    isMatrix: matrix !== undefined,
    attempts: read(retry?.attempts, 1, asCount),
    retryOn: retry?.on === undefined ? plainTerms.retryOn : retry.on.map((reason) => readReason(reason)),
    delayMs: msOf(read(retry?.delay, plainTerms.delayMs, asDuration), 0),
    factor: read(retry?.factor, plainTerms.factor, asFactor),
    maxDelayMs: msOf(maxDelay, Infinity),
    locks: (step.locks ?? []).map((lock) => read(lock, '', asText)),
    maxParallel: axes?.maxParallel === undefined ? null : read(axes.maxParallel, 1, asCount),
    failFast: read(axes?.failFast, false, asFlag),
    tolerated: inGroup || read(step.continue_on_error, false, asFlag),
    background: take(readBackground(step.background, world), null),
    ...(step.effects?.value === 'once' ? { once: true as const } : {}),
  };
  return failures[0] === undefined ? terms : { failure: failures[0] };
}

function msOf(duration: number | 'none', none: number): number {
  return duration === 'none' ? none : duration;
}

function readReason(reason: NonNullable<NonNullable<PlacedStep['step']['retry']>['on']>[number]): RetryReason {
  if ('value' in reason) return reason.value;
  return { exitCodes: reason.exit_code.flatMap((code) => (code.kind === 'written' ? [code.value] : [])) };
}

function readBackground(background: PlacedStep['step']['background'], world: EvaluationWorld): Resolved<StepTerms['background']> {
  if (background === undefined) return { kind: 'value', value: null };
  if (!('kind' in background)) return { kind: 'value', value: background.stop?.value ?? 'run' };
  const resolved = readSetting(background, world, asFlag);
  return resolved.kind === 'failed' ? resolved : { kind: 'value', value: resolved.value ? 'run' : null };
}

function readOr<T>(setting: Setting<T> | undefined, otherwise: T, { world, kind }: { readonly world: EvaluationWorld; readonly kind: SettingKind<T> }): Resolved<T> {
  return setting === undefined ? { kind: 'value', value: otherwise } : readSetting(setting, world, kind);
}

