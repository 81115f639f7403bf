import type { RunBrief } from './run-brief.js';

/** What `history --json` says of each run: the keys are those of the run's own object. */
export function toHistoryJson(runs: readonly RunBrief[]) {
  return runs.map((run) => ({
    run_id: run.runId,
    workflow: run.workflow,
    status: run.status,
    reason: run.reason,
    verdict: run.verdict,
    attempt: run.attempt,
    started_at: new Date(run.startedAt).toISOString(),
    ended_at: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
    duration_ms: run.endedAt === null ? null : Math.round(run.endedAt - run.startedAt),
    steps: run.steps,
    cost_usd: Math.round(run.costUsd * 1e6) / 1e6,
    tokens: run.tokens,
    commit: run.commit,
    trigger: run.trigger,
    actor: run.actor,
    inputs: run.inputs,
    partial: run.partial,
  }));
}
