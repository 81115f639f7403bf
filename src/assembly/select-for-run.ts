import type { Message } from '../core/report/message.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import type { FileFindings } from '../core/report/diagnostics-text.js';
import type { RunPlan } from '../core/run/run-plan.js';
import type { Selected, Selection } from '../core/run/selection/select-parts.js';
import { selectParts } from '../core/run/selection/select-parts.js';
import type { GivenInputs } from './take-inputs.js';
import type { PlanningPlace } from './planning-place.js';

/** What is wrong is all known before anything starts. */
export type PreparedRun =
  | { readonly kind: 'ready'; readonly prepared: Prepared; readonly parsed: ParsedWorkflow; readonly plan: RunPlan; readonly selected: Selected }
  | { readonly kind: 'refused'; readonly prepared: Prepared };

/** What was found, and the values of the inputs. */
export interface Prepared {
  /** By file: the workflow's first, then those of the inputs. */
  readonly findings: readonly FileFindings[];
  readonly messages: readonly Message[];
  readonly inputs: ReadonlyMap<string, unknown>;
}

export interface RunAsked {
  readonly place: PlanningPlace;
  readonly given: GivenInputs;
  readonly selection: Selection;
}

type Chosen = Pick<Extract<PreparedRun, { kind: 'ready' }>, 'prepared' | 'parsed' | 'plan'>;

/** The part of a checked workflow that the call asks for. */
export function selectForRun(chosen: Chosen, { selection }: RunAsked): PreparedRun {
  const selected = selectParts(chosen.parsed, chosen.plan, selection);
  if (selected.problems.every(({ lacks }) => lacks !== undefined)) return { kind: 'ready', ...chosen, selected };
  return { kind: 'refused', prepared: { ...chosen.prepared, messages: [...chosen.prepared.messages, ...selected.problems.map((problem): Message => ({ severity: 'error', ...problem }))] } };
}
