import type { CellSummary, FailureSummary, PhaseSummary, RunSummary, StepSummary } from '../../src/core/report/run-summary.js';

/** A run's parts with everything at its most usual, and what a test says otherwise. */
export function makeRunSummary(part: Partial<RunSummary> = {}): RunSummary {
  return {
    runId: '20260301-101500-4f2a',
    workflow: 'release',
    workflowVersion: '1.0',
    file: '.github/tollgate/release.yml',
    status: 'succeeded',
    reason: null,
    verdict: 'go',
    attempt: 1,
    startedAt: Date.UTC(2026, 2, 1, 10, 15),
    endedAt: Date.UTC(2026, 2, 1, 10, 15, 42, 300),
    durationMs: 42_300,
    actor: 'mona',
    commit: '0123456789abcdef0123456789abcdef01234567',
    trigger: 'cli',
    inputs: {},
    phases: [],
    finally: [],
    kept: 0,
    cacheHits: 0,
    cacheMisses: 0,
    costUsd: 0,
    tokens: 0,
    outputs: {},
    partial: [],
    endedEarly: null,
    failure: null,
    messages: [],
    nextSteps: null,
    nextCommand: null,
    ...part,
  };
}

export function makePhaseSummary(number: number, id: string, part: Partial<PhaseSummary> = {}): PhaseSummary {
  const steps = (part.steps ?? []).map((step) => ({ ...step, phase: step.phase ?? id }));
  return { id, name: null, number, needs: [], status: 'succeeded', verdict: 'go', because: null, durationMs: 3_100, costUsd: 0, failure: null, ...part, steps };
}

/** Inside `makePhaseSummary` it takes the phase's id. */
export function makeStepSummary(number: string, id: string, part: Partial<StepSummary> = {}): StepSummary {
  return {
    id,
    name: null,
    number,
    phase: null,
    needs: [],
    type: 'shell',
    component: null,
    status: 'succeeded',
    because: null,
    cached: false,
    key: null,
    attempts: 1,
    startedAt: Date.UTC(2026, 2, 1, 10, 15),
    durationMs: 3_000,
    costUsd: 0,
    tokens: 0,
    outputs: {},
    artifacts: [],
    failure: null,
    recovery: [],
    warnings: [],
    tail: [],
    cells: null,
    background: false,
    log: null,
    ...part,
  };
}

export function makeCellSummary(label: string, part: Partial<CellSummary> = {}): CellSummary {
  return { label, status: 'succeeded', cached: false, attempts: 1, durationMs: 1_000, failure: null, tail: [], ...part };
}

export function makeFailure(part: Partial<FailureSummary> = {}): FailureSummary {
  return {
    severity: 'blocking',
    kind: 'exit',
    code: 'TG3102',
    message: 'lambda zip not found at build/authorizer.zip',
    file: '.github/tollgate/release.yml',
    line: 41,
    column: 7,
    hints: ['Run: cd lambdas/authorizer && bash build.sh'],
    tolerated: false,
    ...part,
  };
}

/** A run that failed in its second phase: what most reports are read for. */
export function makeFailedRun(part: Partial<RunSummary> = {}): RunSummary {
  return makeRunSummary({
    status: 'failed',
    verdict: 'no-go',
    cacheHits: 1,
    cacheMisses: 2,
    costUsd: 0.314,
    phases: [
      makePhaseSummary(1, 'prepare', {
        costUsd: 0.314,
        steps: [
          makeStepSummary('1.1', 'install', { cached: true, durationMs: 84 }),
          makeStepSummary('1.2', 'review', { needs: ['install'], type: 'agent', costUsd: 0.314 }),
          makeStepSummary('1.3', 'spelling', {
            needs: ['install'],
            status: 'failed',
            failure: makeFailure({ code: 'TG3101', message: 'the command ended with exit code 2', line: 22, tolerated: true, hints: ['Run: npm run spell'] }),
          }),
        ],
      }),
      makePhaseSummary(2, 'build', {
        needs: ['prepare'],
        status: 'failed',
        verdict: 'no-go',
        durationMs: 39_000,
        steps: [
          makeStepSummary('2.1', 'authorizer', {
            status: 'failed',
            attempts: 3,
            durationMs: 38_900,
            failure: makeFailure(),
            recovery: ['Or: tollgate run release --skip build.authorizer'],
            tail: ['$ zip -r authorizer.zip dist', '\u001b[31mzip error: Nothing to do!\u001b[0m (try: zip -r authorizer.zip . -i dist)', '  20%\r  80%\r 100%'],
            log: '.tollgate/runs/20260301-101500-4f2a/logs/authorizer.log',
          }),
          makeStepSummary('2.2', 'package', { needs: ['authorizer'], status: 'skipped', because: 'authorizer did not succeed', startedAt: null, durationMs: 0 }),
        ],
      }),
      makePhaseSummary(3, 'deploy', {
        needs: ['build'],
        status: 'skipped',
        verdict: null,
        because: 'build is NO-GO',
        durationMs: 0,
        steps: [makeStepSummary('3.1', 'upload', { status: 'skipped', because: 'build is NO-GO', startedAt: null, durationMs: 0 })],
      }),
    ],
    finally: [makeStepSummary('finally.1', 'tidy', { durationMs: 210 })],
    nextCommand: 'tollgate run release --from authorizer',
    ...part,
  });
}

/** A run that did what it should. */
export function makeSucceededRun(part: Partial<RunSummary> = {}): RunSummary {
  return makeRunSummary({
    cacheHits: 1,
    cacheMisses: 1,
    phases: [
      makePhaseSummary(1, 'prepare', { steps: [makeStepSummary('1.1', 'install', { cached: true, durationMs: 84 }), makeStepSummary('1.2', 'lint', { needs: ['install'] })] }),
      makePhaseSummary(2, 'test', {
        needs: ['prepare'],
        durationMs: 39_000,
        steps: [
          makeStepSummary('2.1', 'unit', { durationMs: 38_900, cells: [makeCellSummary('node=20', { durationMs: 38_900 }), makeCellSummary('node=24', { attempts: 2 })] }),
          makeStepSummary('2.2', 'flaky', { needs: ['unit'], attempts: 2, durationMs: 9_000 }),
        ],
      }),
    ],
    outputs: { version: '1.4.2', report: 'htmlcov/index.html', counts: { passed: 412, failed: 0 } },
    nextSteps: 'Open the report with: python3 -m webbrowser htmlcov/index.html\nThen tag the release.',
    ...part,
  });
}
