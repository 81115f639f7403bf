import { hasErrors } from '../../src/core/definition/parse-workflow.js';
import type { Decision } from '../../src/core/run/decide.js';
import { decide } from '../../src/core/run/decide.js';
import { evolve } from '../../src/core/run/evolve.js';
import type { Failure } from '../../src/core/run/failure.js';
import type { Opening } from '../../src/core/run/opening/open-parts.js';
import { openGroup, openPhase, openStep } from '../../src/core/run/opening/open-parts.js';
import type { AttemptResult, RunProgress } from '../../src/core/run/run-event.js';
import { createRunPlan } from '../../src/core/run/run-plan.js';
import { createRunState } from '../../src/core/run/run-state.js';
import { createRunValues } from '../../src/core/run/values/run-values.js';
import { parseForTest } from './parse-text.js';
import { sampleFacts, sampleGiven } from './run-rig.js';

export interface Scene {
  readonly start?: boolean;
  readonly maxParallel?: number;
  readonly partial?: readonly string[];
  /** What is decided is done until events of this kind have come, then no more; by default until a step runs. */
  readonly until?: RunProgress['kind'];
  /** What happens then, in words: `a failed`, `stop`. */
  readonly then?: readonly string[];
  readonly afterwards?: readonly string[];
}

const plain: AttemptResult = { outcome: 'succeeded', failure: null, exitCode: 0, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };

function lose(kind: Failure['kind']): AttemptResult {
  return { ...plain, outcome: 'failed', exitCode: 1, failure: { kind, code: 'TG3101', message: 'lost', hints: [] } };
}

const results: Readonly<Record<string, AttemptResult>> = {
  succeeded: plain, failed: lose('exit'), crashed: lose('crashed'), valueless: lose('expression'), late: lose('timeout'), ends: { ...plain, endsRun: 'enough' }, cancelled: { ...plain, outcome: 'cancelled' },
};

/** Brings a run to a point, and answers what is decided there. */
export function driveWhole(text: string, scene: Scene): readonly string[] {
  const { parsed, diagnostics } = parseForTest(`name: w\n${text}\n`);
  if (parsed === undefined || hasErrors(diagnostics)) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const plan = createRunPlan(parsed);
  const state = createRunState(plan);
  const opening: Opening = { parsed, plan, state, values: createRunValues({ outline: parsed.outline, plan, given: sampleGiven(), state }), leftOut: new Map(), allowCostly: false };
  const limits = { maxParallel: scene.maxParallel ?? 8 };
  const record = (progress: RunProgress): void => void evolve(plan, state, { ...progress, at: 0 });
  const look = (): readonly string[] => decide(plan, state, limits).map(describe);
  if (scene.start === false) return look();
  record({ kind: 'run-started', ...sampleFacts, partial: scene.partial ?? [] });
  const until = scene.until ?? (scene.then === undefined ? undefined : 'attempt-started');
  for (let came = until === undefined; !came; ) {
    const decisions = decide(plan, state, limits);
    if (decisions.length === 0) throw new Error(`no ${until ?? ''} comes`);
    for (const decision of decisions) {
      const progress = toProgress(decision, opening);
      record(progress);
      came ||= progress.kind === until;
    }
  }
  for (const word of [...(scene.then ?? []), ...(scene.afterwards ?? [])]) record(toEvent(word, opening));
  return look();
}

function toProgress(decision: Decision, opening: Opening): RunProgress {
  switch (decision.kind) {
    case 'open-phase': return openPhase(decision.phase, opening);
    case 'open-group': return openGroup(decision.group, opening);
    case 'open-step': return openStep(decision.step, opening);
    case 'start-attempt': return { ...decision, kind: 'attempt-started' };
    default: throw new Error(`${decision.kind} comes too early`);
  }
}

function toEvent(word: string, opening: Opening): RunProgress {
  switch (word) {
    case 'stop': return { kind: 'run-stopped', cause: 'SIGINT', failure: null, hard: false };
    case 'stop hard': return { kind: 'run-stopped', cause: 'SIGINT', failure: null, hard: true };
    case 'terminate': return { kind: 'run-stopped', cause: 'SIGTERM', failure: null, hard: false };
    case 'run late': return { kind: 'run-stopped', cause: 'timeout', failure: lose('timeout').failure, hard: false };
    case 'main late': return { kind: 'phase-failed', phase: 'main', failure: { kind: 'timeout', code: 'TG3113', message: 'late', hints: [] } };
    case 'main closed': {
      const [closing] = decide(opening.plan, opening.state, { maxParallel: 8 });
      if (closing?.kind !== 'close-phase') throw new Error('the phase is not over');
      return { ...closing, kind: 'phase-ended' };
    }
    case 'finished': return { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {} };
    default: return toStepEvent(word, opening);
  }
}

function toStepEvent(word: string, opening: Opening): RunProgress {
  const space = word.indexOf(' ');
  const [step, what] = [word.slice(0, space), word.slice(space + 1)];
  const at = { step, cell: 0 };
  const attempt = opening.state.steps.get(step)?.cells[0]?.attempts ?? 0;
  const result = results[what];
  if (result !== undefined) return { kind: 'attempt-ended', ...at, attempt, durationMs: 1, result };
  switch (what) {
    case 'opens': return openStep(step, opening);
    case 'starts': return { kind: 'attempt-started', ...at, attempt: attempt + 1 };
    case 'over': return { kind: 'attempts-over', ...at };
    case 'waits': return { kind: 'retry-planned', ...at, delayMs: 1 };
    case 'due': return { kind: 'retry-due', ...at };
    case 'stopping': return { kind: 'attempt-stopping', ...at, cause: 'SIGINT' };
    case 'server stopping': return { kind: 'background-stopping', ...at };
    case 'server stopped': return { kind: 'background-stopped', ...at };
    case 'server lost': return { kind: 'background-ended', ...at, failure: { kind: 'background', code: 'TG3110', message: 'lost', hints: [] } };
    default: throw new Error(`nobody knows what '${word}' means`);
  }
}

/** `start-attempt a 0 1`: the kind and its values. */
function describe({ kind, ...rest }: Decision): string {
  return [kind, ...Object.values(rest).map((value) => String(value))].join(' ');
}
