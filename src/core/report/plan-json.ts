import type { Plan, PlannedCells, PlannedGate, PlannedPhase, PlannedStep, PlannedTime, PlannedWhen } from '../plan/plan.js';
import type { CellForecast } from '../run/forecast/cell-forecast.js';
import type { DiagnosticJson } from './diagnostics-json.js';
import { toForecastJson } from './forecast-json.js';
import type { MessageJson } from './message-json.js';
import { describeTime } from './plan-words.js';

/** What `tollgate plan --json` prints. Keys are added, never renamed, while `schema_version` stays. */
export interface PlanJson {
  readonly schema_version: 1;
  readonly tollgate_version: string;
  readonly file: string;
  readonly workflow: string;
  readonly workflow_version: string | null;
  readonly description: string | null;
  readonly timeout: TimeJson;
  /** Steps in phases; the cells of a matrix are not counted each. */
  readonly step_count: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly preflight: readonly { readonly kind: string; readonly text: string; readonly level: 'blocking' | 'warning' | 'info' }[];
  readonly phases: readonly PhaseJson[];
  readonly finally: readonly StepJson[];
  readonly cleanup: readonly StepJson[];
  /** Of each cell whether its result is there; null where a run could not be started. */
  readonly forecast: ReturnType<typeof toForecastJson> | null;
  readonly diagnostics: readonly (DiagnosticJson | MessageJson)[];
}

/** The same where there is no plan: the diagnostics say why. */
export type RefusedPlanJson = Pick<PlanJson, 'schema_version' | 'tollgate_version' | 'file' | 'diagnostics'> & { readonly workflow: null };

export interface PhaseJson {
  readonly id: string;
  readonly name: string | null;
  readonly number: number;
  /** Ids of the phases that come before. */
  readonly needs: readonly string[];
  readonly when: WhenJson | null;
  readonly timeout: TimeJson | null;
  readonly steps: readonly StepJson[];
  readonly gate: GateJson | null;
}

export interface GateJson {
  readonly criteria: readonly { readonly id: string; readonly proof: 'run' | 'check' | 'ratchet' | 'manual'; readonly advisory: boolean }[];
  readonly approval: boolean;
  readonly on_no_go: readonly StepJson[];
}

export interface StepJson {
  readonly id: string;
  readonly name: string | null;
  readonly number: string;
  readonly type: string;
  /** Number of the parallel group that it stands in. */
  readonly group: string | null;
  readonly needs: readonly { readonly id: string; readonly number: string; readonly why: 'order' | 'declared' | 'reference'; readonly order_only: boolean }[];
  /** Steps of one wave can run side by side. */
  readonly wave: number;
  readonly when: WhenJson | null;
  readonly timeout: TimeJson;
  readonly cached: boolean;
  readonly background: boolean;
  readonly effects: 'none' | 'idempotent' | 'once';
  /** `cells` is null where they are known during the run only. */
  readonly matrix: { readonly cells: readonly Readonly<Record<string, unknown>>[] | null } | null;
}

export interface WhenJson {
  readonly text: string;
  readonly holds: boolean | 'unknown' | 'failed';
  readonly because: string;
}

/** `ms` is null without a limit, and where an expression makes it. */
export interface TimeJson {
  readonly ms: number | null;
  readonly text: string;
}

/** What a plan came from, and what was found on the way. */
export interface PlanSource {
  readonly tollgateVersion: string;
  readonly file: string;
  readonly diagnostics: PlanJson['diagnostics'];
}

export interface PlanOrigin extends PlanSource {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly background: ReadonlySet<string>;
  readonly forecast?: readonly CellForecast[] | null;
}

export function toPlanJson(plan: Plan, origin: PlanOrigin): PlanJson {
  const steps = (all: readonly PlannedStep[]): readonly StepJson[] => all.map((step) => toStep(step, origin.background));
  return {
    schema_version: 1,
    tollgate_version: origin.tollgateVersion,
    file: origin.file,
    workflow: plan.workflow,
    workflow_version: plan.version,
    description: plan.description,
    timeout: toTime(plan.timeout),
    step_count: plan.stepCount,
    inputs: origin.inputs,
    preflight: plan.preflight,
    phases: plan.phases.map((phase) => toPhase(phase, steps)),
    finally: steps(plan.finally),
    cleanup: steps(plan.cleanup),
    forecast: origin.forecast == null ? null : toForecastJson(origin.forecast),
    diagnostics: origin.diagnostics,
  };
}

export function toRefusedPlanJson({ tollgateVersion, file, diagnostics }: PlanSource): RefusedPlanJson {
  return { schema_version: 1, tollgate_version: tollgateVersion, file, workflow: null, diagnostics };
}

type ToSteps = (steps: readonly PlannedStep[]) => readonly StepJson[];

function toPhase(phase: PlannedPhase, steps: ToSteps): PhaseJson {
  return {
    id: phase.id,
    name: phase.name,
    number: phase.number,
    needs: phase.needs,
    when: toWhen(phase.when),
    timeout: phase.timeout === null ? null : toTime(phase.timeout),
    steps: steps(phase.steps),
    gate: phase.gate === null ? null : toGate(phase.gate, steps),
  };
}

function toGate({ criteria, approval, onNoGo }: PlannedGate, steps: ToSteps): GateJson {
  return { criteria, approval, on_no_go: steps(onNoGo) };
}

function toStep(step: PlannedStep, background: ReadonlySet<string>): StepJson {
  return {
    id: step.id,
    name: step.name,
    number: step.number,
    type: step.type,
    group: step.group,
    needs: step.needs.map(({ id, number, why, orderOnly }) => ({ id, number, why, order_only: orderOnly })),
    wave: step.wave,
    when: toWhen(step.when),
    timeout: toTime(step.timeout),
    cached: step.cached,
    background: background.has(step.id),
    effects: step.effects,
    matrix: step.cells === null ? null : { cells: toCells(step.cells) },
  };
}

function toCells(cells: PlannedCells): readonly Readonly<Record<string, unknown>>[] | null {
  return cells.kind === 'known' ? cells.cells : null;
}

function toWhen(when: PlannedWhen | null): WhenJson | null {
  return when === null ? null : { text: when.text, holds: when.holds, because: when.because };
}

function toTime(time: PlannedTime): TimeJson {
  return { ms: time.kind === 'limit' && time.limit !== 'none' ? time.limit : null, text: describeTime(time) };
}
