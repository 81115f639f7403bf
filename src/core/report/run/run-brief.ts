import type { RunEvent, RunFacts } from '../../run/run-event.js';
import type { RunSummary } from '../run-summary.js';
import type { RunJson } from './run-json.js';

/** A run in one line of a list. */
export interface RunBrief {
  readonly runId: string;
  readonly workflow: string;
  readonly status: RunSummary['status'];
  readonly reason: string | null;
  readonly verdict: 'go' | 'no-go' | null;
  readonly attempt: number;
  readonly startedAt: number;
  /** Of what was cut short, its last sign; nothing while it goes on. */
  readonly endedAt: number | null;
  readonly steps: StepCount;
  readonly costUsd: number;
  readonly tokens: number;
  readonly commit: string | null;
  readonly trigger: string;
  readonly actor: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly partial: readonly string[];
}

export interface StepCount {
  /** Those that the run has come to. */
  readonly total: number;
  readonly cached: number;
  readonly failed: number;
}

/** How a run stands, in the word that it is found by. */
export type RunWord = RunSummary['status'] | 'interrupted';

export const runWords: readonly RunWord[] = ['running', 'succeeded', 'failed', 'paused', 'cancelled', 'interrupted'];

export function wordOf({ status, reason }: Pick<RunBrief, 'status' | 'reason'>): RunWord {
  return reason === 'interrupted' ? 'interrupted' : status;
}

export function briefOfResult(run: RunJson): RunBrief {
  const { steps } = run;
  const count = (holds: (step: RunJson['steps'][number]) => boolean): number => steps.filter(holds).length;
  return {
    runId: run.run_id ?? '', workflow: run.workflow ?? '', status: run.status, reason: run.reason, verdict: run.verdict, attempt: run.attempt,
    startedAt: Date.parse(run.started_at ?? ''), endedAt: run.ended_at === null ? null : Date.parse(run.ended_at),
    steps: { total: count(({ status }) => status !== 'pending' && status !== 'skipped'), cached: count(({ cached }) => cached), failed: count(({ status }) => status === 'failed') },
    costUsd: run.cost_usd, tokens: run.tokens, commit: run.commit, trigger: run.trigger, actor: run.actor, inputs: run.inputs, partial: run.partial,
  };
}

/** What the first and the last record tell of a run. */
export interface RunOutline extends Pick<RunBrief, 'runId' | 'workflow' | 'status' | 'reason' | 'verdict' | 'startedAt' | 'endedAt'> {
  readonly facts: RunFacts;
}

export function outlineRun(first: RunEvent, last: RunEvent, isAtWork: () => boolean): RunOutline | undefined {
  if (first.kind !== 'run-started' && first.kind !== 'run-resumed') return undefined;
  const base = { runId: first.runId, workflow: first.workflow, startedAt: first.at, facts: first, reason: null, verdict: null };
  if (last.kind === 'run-ended') return { ...base, status: last.status, verdict: last.verdict, endedAt: last.at };
  if (last.kind === 'run-paused') return { ...base, status: 'paused', reason: last.reason, endedAt: last.at };
  return isAtWork() ? { ...base, status: 'running', endedAt: null } : { ...base, status: 'cancelled', reason: 'interrupted', endedAt: last.at };
}

/** From all events of a run that left no result. */
export function briefOfEvents(outline: RunOutline, events: readonly RunEvent[]): RunBrief {
  const { facts, ...rest } = outline;
  const begun = new Set<string>();
  const cached = new Set<string>();
  const failed = new Set<string>();
  let spent = { usd: 0, tokens: 0 };
  let attempt = 1;
  for (const event of events) {
    switch (event.kind) {
      case 'run-resumed': {
        attempt = event.attempt;
        break;
      }
      case 'step-opened': {
        begun.add(event.step);
        break;
      }
      case 'result-reused': {
        if (event.source === 'cache') cached.add(event.step);
        failed.delete(event.step);
        break;
      }
      case 'step-refused': {
        failed.add(event.step);
        break;
      }
      case 'attempt-ended': {
        const { outcome, costUsd, tokens } = event.result;
        spent = { usd: spent.usd + costUsd, tokens: spent.tokens + tokens };
        cached.delete(event.step);
        if (outcome === 'failed') failed.add(event.step);
        else failed.delete(event.step);
        break;
      }
      default:
    }
  }
  return {
    ...rest, attempt, steps: { total: new Set([...begun, ...failed]).size, cached: cached.size, failed: failed.size }, costUsd: spent.usd, tokens: spent.tokens,
    commit: facts.commit, trigger: facts.trigger, actor: facts.actor, inputs: facts.inputs, partial: facts.partial,
  };
}
