import { hasErrors } from '../core/definition/parse-workflow.js';
import { findUnbuilt } from '../core/definition/unbuilt/find-unbuilt.js';
import { createRunPlan } from '../core/run/run-plan.js';
import { stepTypes } from '../steps/index.js';
import type { LoadedWorkflow } from './load-workflow.js';
import type { PreparedPlan } from './prepare-plan.js';
import { preparePlan } from './prepare-plan.js';
import type { PreparedRun, RunAsked } from './select-for-run.js';
import { selectForRun } from './select-for-run.js';

export type { PreparedRun } from './select-for-run.js';
import { version } from './version.js';

/** A workflow, what is given to it and what is asked of it → a run that can start, or everything that keeps it from it. */
export async function prepareRun(workflow: LoadedWorkflow, wish: RunAsked): Promise<PreparedRun> {
  const planned = await preparePlan(workflow, { ...wish, missing: 'error' });
  const prepared = withUnbuilt(planned, workflow);
  const { parsed } = workflow;
  if (prepared.plan === undefined || parsed === undefined || prepared.findings.some(({ diagnostics }) => hasErrors(diagnostics))) return { kind: 'refused', prepared };
  return selectForRun({ prepared, parsed, plan: createRunPlan(parsed) }, wish);
}

/** What the language allows and this version cannot run yet. */
function withUnbuilt(prepared: PreparedPlan, { parsed, source }: LoadedWorkflow): PreparedPlan {
  if (prepared.plan === undefined || parsed === undefined) return prepared;
  const unbuilt = findUnbuilt(parsed.outline, { version, types: stepTypes });
  return unbuilt.length === 0 ? prepared : { ...prepared, findings: [...prepared.findings, { source, diagnostics: unbuilt }] };
}
