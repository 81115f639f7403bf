import { arrange } from '../core/definition/parse-workflow.js';
import type { Diagnostic } from '../core/diagnostic/diagnostic.js';
import type { JudgeWhen } from '../core/plan/plan-workflow.js';
import { planWorkflow } from '../core/plan/plan-workflow.js';
import type { Plan } from '../core/plan/plan.js';
import type { LoadedWorkflow } from './load-workflow.js';

/** What reading and planning have found together; there is a plan when nothing blocks it. */
export interface CheckedWorkflow {
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const judgeNothing: JudgeWhen = ({ text }) => ({ text, holds: 'unknown', because: '' });

/** Plans what was read, so that every problem of a file is known at once. */
export function checkWorkflow({ parsed, source, diagnostics }: LoadedWorkflow, judge: JudgeWhen = judgeNothing): CheckedWorkflow {
  if (parsed === undefined) return { plan: undefined, diagnostics };
  const planning = planWorkflow(parsed, source, judge);
  return { plan: planning.kind === 'planned' ? planning.plan : undefined, diagnostics: arrange([...diagnostics, ...planning.diagnostics]) };
}
