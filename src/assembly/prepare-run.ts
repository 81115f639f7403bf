import { hasErrors } from '../core/definition/parse-workflow.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import { findUnbuilt } from '../core/definition/unbuilt/find-unbuilt.js';
import type { Message } from '../core/report/message.js';
import type { RunPlan } from '../core/run/run-plan.js';
import { createRunPlan } from '../core/run/run-plan.js';
import type { Selected, Selection } from '../core/run/selection/select-parts.js';
import { selectParts } from '../core/run/selection/select-parts.js';
import { stepTypes } from '../steps/index.js';
import type { LoadedWorkflow } from './load-workflow.js';
import type { GivenInputs, PlanningPlace, PreparedPlan } from './prepare-plan.js';
import { preparePlan } from './prepare-plan.js';
import { version } from './version.js';

/** What is wrong is all known before anything starts. */
export type PreparedRun =
  | { readonly kind: 'ready'; readonly prepared: PreparedPlan; readonly parsed: ParsedWorkflow; readonly plan: RunPlan; readonly selected: Selected }
  | { readonly kind: 'refused'; readonly prepared: PreparedPlan };

/** A workflow, what is given to it and what is asked of it → a run that can start, or everything that keeps it from it. */
export async function prepareRun(workflow: LoadedWorkflow, wish: { readonly place: PlanningPlace; readonly given: GivenInputs; readonly selection: Selection }): Promise<PreparedRun> {
  const planned = await preparePlan(workflow, { ...wish, missing: 'error' });
  const prepared = withUnbuilt(planned, workflow);
  const { parsed } = workflow;
  if (prepared.plan === undefined || parsed === undefined || prepared.findings.some(({ diagnostics }) => hasErrors(diagnostics))) return { kind: 'refused', prepared };
  const plan = createRunPlan(parsed);
  const selected = selectParts(parsed, plan, wish.selection);
  if (selected.problems.length === 0) return { kind: 'ready', prepared, parsed, plan, selected };
  return { kind: 'refused', prepared: { ...prepared, messages: [...prepared.messages, ...selected.problems.map((problem): Message => ({ severity: 'error', ...problem }))] } };
}

/** What the language allows and this version cannot run yet. */
function withUnbuilt(prepared: PreparedPlan, { parsed, source }: LoadedWorkflow): PreparedPlan {
  if (prepared.plan === undefined || parsed === undefined) return prepared;
  const unbuilt = findUnbuilt(parsed.outline, { version, types: stepTypes });
  return unbuilt.length === 0 ? prepared : { ...prepared, findings: [...prepared.findings, { source, diagnostics: unbuilt }] };
}
