import type { ParsedWorkflow } from '../../src/core/definition/parse-workflow.js';
import { hasErrors } from '../../src/core/definition/parse-workflow.js';
import type { Decision } from '../../src/core/run/decide.js';
import { decide } from '../../src/core/run/decide.js';
import { evolve } from '../../src/core/run/evolve.js';
import type { Opening } from '../../src/core/run/opening/open-parts.js';
import { openGroup, openPhase, openStep } from '../../src/core/run/opening/open-parts.js';
import type { AttemptResult, RunEvent, RunFacts, RunProgress } from '../../src/core/run/run-event.js';
import type { RunPlan } from '../../src/core/run/run-plan.js';
import { createRunPlan } from '../../src/core/run/run-plan.js';
import { createRunState } from '../../src/core/run/run-state.js';
import type { Selection } from '../../src/core/run/selection/select-parts.js';
import { selectParts } from '../../src/core/run/selection/select-parts.js';
import { createRunValues } from '../../src/core/run/values/run-values.js';
import { parseForTest } from './parse-text.js';
import { sampleFacts, sampleGiven } from './run-rig.js';

export interface PlayedWorkflow {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
}

export interface Play {
  readonly select?: Partial<Selection>;
  /** By step: how it ends; what is not named succeeds. `hit`: its result is there. */
  readonly ends?: Readonly<Record<string, 'failed' | 'ends' | 'cut' | 'hit'>>;
  /** After so many events its process is gone. */
  readonly cutAfter?: number;
  /** After so many it is told to stop. */
  readonly stopAfter?: number;
  readonly facts?: Partial<RunFacts>;
}

export function workflowForTest(text: string): PlayedWorkflow {
  const { parsed, diagnostics } = parseForTest(text);
  if (parsed === undefined || hasErrors(diagnostics)) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '));
  return { parsed, plan: createRunPlan(parsed) };
}

const nothing: Selection = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };
const plain: AttemptResult = { outcome: 'succeeded', failure: null, exitCode: 0, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };
const results: Readonly<Record<'failed' | 'ends' | 'cut' | 'succeeded', AttemptResult>> = {
  succeeded: plain,
  failed: { ...plain, outcome: 'failed', exitCode: 1, failure: { kind: 'exit', code: 'TG3101', message: 'exit code 1', hints: [] } },
  ends: { ...plain, endsRun: 'nothing to release' },
  cut: { ...plain, outcome: 'cancelled' },
};

/** The events that a job leaves of its part of a run, without an engine: one step after the other. */
export function playPart({ parsed, plan }: PlayedWorkflow, { select, ends = {}, cutAfter = Infinity, stopAfter = Infinity, facts }: Play = {}): readonly RunEvent[] {
  const selection = { ...nothing, ...select };
  const { leftOut, partial } = selectParts(parsed, plan, selection);
  const state = createRunState(plan);
  const values = createRunValues({ outline: parsed.outline, plan, given: sampleGiven(), state });
  const opening: Opening = { parsed, plan, state, values, leftOut, allowCostly: false };
  const events: RunEvent[] = [];
  const record = (progress: RunProgress): void => {
    const event: RunEvent = { ...progress, at: events.length };
    events.push(event);
    evolve(plan, state, event);
  };
  const attempt = ({ step, cell, attempt: count }: Extract<Decision, { kind: 'start-attempt' }>): void => {
    const end = ends[step] ?? 'succeeded';
    if (end === 'hit') return record({ kind: 'result-reused', step, cell, source: 'cache', key: `key-${step}`, attempts: 1, durationMs: 0, result: plain });
    record({ kind: 'attempt-started', step, cell, attempt: count });
    record({ kind: 'attempt-ended', step, cell, attempt: count, durationMs: 1, result: results[end] });
  };
  const call = { given: 'w', file: 'w.yml', selection, allowCostly: false, words: [] };
  record({ kind: 'run-started', ...sampleFacts, partial: partial.length === 0 ? [] : partial, call, ...facts });
  while (state.status === 'running' && events.length < cutAfter) {
    if (events.length >= stopAfter && state.stop === null) record({ kind: 'run-stopped', cause: 'SIGTERM', failure: null, hard: false });
    const [decision] = decide(plan, state, { maxParallel: 1 });
    if (decision === undefined) throw new Error('nothing is decided and nothing is under way');
    switch (decision.kind) {
      case 'open-phase': record(openPhase(decision.phase, opening)); break;
      case 'open-group': record(openGroup(decision.group, opening)); break;
      case 'open-step': record(openStep(decision.step, opening)); break;
      case 'start-attempt': attempt(decision); break;
      case 'plan-retry': record({ kind: 'retry-planned', step: decision.step, cell: decision.cell, delayMs: 0 }); record({ kind: 'retry-due', step: decision.step, cell: decision.cell }); break;
      case 'give-up': record({ kind: 'attempts-over', step: decision.step, cell: decision.cell }); break;
      case 'close-phase': record({ kind: 'phase-ended', phase: decision.phase, status: decision.status, verdict: decision.verdict }); break;
      case 'pause': record({ kind: 'run-paused', reason: decision.reason }); break;
      case 'finish': record({ kind: 'run-ended', status: decision.status, verdict: decision.verdict, outputs: {} }); break;
      default: throw new Error(`${decision.kind} is not played`);
    }
  }
  return events.slice(0, cutAfter);
}
