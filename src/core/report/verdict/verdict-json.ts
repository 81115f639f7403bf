import type { Judgement, Origin } from '../../verdict/judgement.js';
import { listVerdictProblems } from './verdict-words.js';

/** The verdict as data, in the words of the other reports. */
export function toVerdictJson(judgement: Judgement) {
  const { verdict, workflow, commit, runs, passedOver } = judgement;
  return {
    schema_version: 1, verdict, workflow, commit,
    runs: runs.map(({ runId, label, verdict: of, phases }) => ({
      run_id: runId, label, verdict: of,
      phases: phases.map(({ id, number, verdict: own, reason, because, from }) => ({ id, number, verdict: own, reason, because, from: from.map(toOriginJson) })),
    })),
    problems: listVerdictProblems(judgement).map(({ about, reason, what, why, next, at }) => ({ about, reason, what, why, next, at: at === null ? null : toOriginJson(at) })),
    passed_over: passedOver.map(({ origin, reason, because }) => ({ ...toOriginJson(origin), reason, because })),
  };
}

function toOriginJson({ job, cell, attempt, url }: Origin) {
  return { job, cell, attempt, url };
}
