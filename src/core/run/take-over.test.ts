import { describe, expect, test } from '@jest/globals';
import { parseForTest } from '../../../test/rig/parse-text.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import type { AttemptResult, RunProgress, StepTerms } from './run-event.js';
import { createRunPlan } from './run-plan.js';
import { createRunState } from './run-state.js';
import { takeOverForFinally } from './take-over.js';

const text = `
name: t
version: "1.0"
phases:
  - id: p
    steps:
      - { id: build, command: "true" }
      - { id: test, command: "true" }
finally:
  - { id: tidy, command: "true" }
`;
const terms: StepTerms = { cells: [{}], isMatrix: false, attempts: 1, retryOn: [], delayMs: 0, factor: 1, maxDelayMs: 0, locks: [], maxParallel: null, failFast: false, tolerated: false, background: null };
const done: AttemptResult = { outcome: 'succeeded', failure: null, exitCode: 0, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };
const facts = { runId: 'r', workflow: 't', workflowVersion: null, file: 't.yml', attempt: 1, tollgateVersion: '0', trigger: 'test', actor: null, commit: null, inputs: {}, partial: [], os: '', arch: '', node: '' };

function fold(past: readonly RunProgress[]) {
  const plan = createRunPlan(parseForTest(text).parsed!);
  const state = createRunState(plan);
  const put = (progress: RunProgress): void => void evolve(plan, state, { ...progress, at: 0 });
  for (const progress of [{ kind: 'run-started', ...facts } as const, ...past]) put(progress);
  for (const progress of takeOverForFinally(plan, state)) put(progress);
  return { plan, state, put };
}

/** Everything that is decided, with every attempt done at once; what of it is started. */
function goOn({ plan, state, put }: ReturnType<typeof fold>): readonly string[] {
  const started: string[] = [];
  for (let turn = 0; turn < 50 && state.status === 'running'; turn++) {
    for (const decision of decide(plan, state, { maxParallel: 2 })) {
      switch (decision.kind) {
        case 'open-step': put({ kind: 'step-opened', step: decision.step, ...terms }); break;
        case 'start-attempt':
          started.push(decision.step);
          put({ ...decision, kind: 'attempt-started' });
          put({ ...decision, kind: 'attempt-ended', durationMs: 1, result: done });
          break;
        case 'close-phase': put({ ...decision, kind: 'phase-ended' }); break;
        case 'finish': put({ kind: 'run-ended', status: decision.status, verdict: decision.verdict, outputs: {} }); break;
        default: throw new Error(decision.kind);
      }
    }
  }
  return started;
}

const begun: readonly RunProgress[] = [{ kind: 'phase-started', phase: 'p' }, { kind: 'step-opened', step: 'build', ...terms }, { kind: 'attempt-started', step: 'build', cell: 0, attempt: 1 }];
const buildDone: RunProgress = { kind: 'attempt-ended', step: 'build', cell: 0, attempt: 1, durationMs: 1, result: done };
const stopped: RunProgress = { kind: 'run-stopped', cause: 'SIGINT', failure: null, hard: false };

describe('only finally is gone on with', () => {
  test.each([
    ['a run that was killed before its first step', [], 'cancelled'],
    ['a run that was killed in a step', begun, 'cancelled'],
    ['a run that was killed between two steps', [...begun, buildDone], 'cancelled'],
    ['a run that was stopped', [...begun, stopped, { ...buildDone, result: { ...done, outcome: 'cancelled' as const } }], 'cancelled'],
    ['a run that was stopped, and killed before its step had ended', [...begun, stopped], 'cancelled'],
  ])('%s', (_, past, status) => {
    const run = fold(past);
    expect(goOn(run)).toEqual(['tidy']);
    expect(run.state.status).toBe(status);
    expect(run.state.steps.get('test')?.status).toBe('skipped');
  });
  test('a step of finally that was cut off is begun anew', () => {
    const run = fold([...begun, stopped, { ...buildDone, result: { ...done, outcome: 'cancelled' } }, { kind: 'phase-ended', phase: 'p', status: 'cancelled', verdict: 'no-go' }, { kind: 'step-opened', step: 'tidy', ...terms }, { kind: 'attempt-started', step: 'tidy', cell: 0, attempt: 1 }]);
    expect(goOn(run)).toEqual(['tidy']);
    expect(run.state.steps.get('tidy')).toMatchObject({ status: 'succeeded', cells: [{ attempts: 2 }] });
  });
});
