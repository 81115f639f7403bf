import { makeCellSummary, makeFailedRun, makeFailure, makePhaseSummary, makeRunSummary, makeStepSummary } from '../../../../test/fakes/run-summary.js';
import { toRefusedRunJson, toRunJson } from './run-json.js';

const options = { tollgateVersion: '0.1.0' };
const keys = [
  'schema_version', 'tollgate_version', 'run_id', 'workflow', 'workflow_version', 'status', 'reason', 'verdict', 'attempt', 'started_at', 'ended_at', 'current', 'actor', 'commit',
  'trigger', 'inputs', 'phases', 'steps', 'cache', 'cost_usd', 'tokens', 'outputs', 'partial', 'diagnostics', 'next_command',
];
const stepKeys = ['id', 'phase', 'type', 'status', 'cached', 'key', 'attempts', 'started_at', 'duration_ms', 'cost_usd', 'tokens', 'outputs', 'artifacts', 'failure', 'recovery'];

test('the keys are those of the contract, in its order, for a run and for a refused one', () => {
  const json = toRunJson(makeFailedRun(), options);
  expect(Object.keys(json)).toEqual(keys);
  expect(Object.keys(json.phases[0] ?? {})).toEqual(['id', 'number', 'status', 'verdict', 'duration_ms', 'cost_usd']);
  for (const step of json.steps) expect(Object.keys(step)).toEqual(stepKeys);
  expect(Object.keys(toRefusedRunJson({ tollgate_version: '0.1.0', workflow: null, workflow_version: null, inputs: {}, diagnostics: [], next_command: null }))).toEqual(keys);
});

test('times are ISO texts, durations whole, sums without dust', () => {
  const json = toRunJson(makeRunSummary({ endedAt: null, costUsd: 0.1 + 0.2, phases: [makePhaseSummary(1, 'a', { durationMs: 12.6, steps: [makeStepSummary('1.1', 'x', { durationMs: 0.4, startedAt: null })] })] }), options);
  expect(json).toMatchObject({ started_at: '2026-03-01T10:15:00.000Z', ended_at: null, cost_usd: 0.3, phases: [{ duration_ms: 13 }], steps: [{ duration_ms: 0, started_at: null }] });
});

test('steps stand in one list, those of finally without a phase; a matrix has its cells', () => {
  const cell = makeCellSummary('node=20', { status: 'failed', failure: makeFailure() });
  const json = toRunJson(makeRunSummary({ phases: [makePhaseSummary(1, 'a', { steps: [makeStepSummary('1.1', 'x', { cells: [cell] })] })], finally: [makeStepSummary('finally.1', 'tidy')] }), options);
  expect(json.steps.map(({ id, phase }) => [id, phase])).toEqual([['x', 'a'], ['tidy', null]]);
  expect(json.steps[0]?.cells).toMatchObject([{ label: 'node=20', status: 'failed', attempts: 1, duration_ms: 1000, failure: { code: 'TG3102' } }]);
  expect(json.steps[1]).not.toHaveProperty('cells');
});

test('a failure has its place and its hints', () => {
  const { steps } = toRunJson(makeFailedRun(), options);
  expect(steps.find(({ id }) => id === 'authorizer')?.failure).toEqual({
    kind: 'exit',
    code: 'TG3102',
    message: 'lambda zip not found at build/authorizer.zip',
    file: '.github/tollgate/release.yml',
    line: 41,
    column: 7,
    hints: ['Run: cd lambdas/authorizer && bash build.sh'],
    tolerated: false,
  });
});

test('what runs now is named', () => {
  const steps = [makeStepSummary('1.1', 'x', { status: 'running' }), makeStepSummary('1.2', 'y'), makeStepSummary('1.3', 'z', { status: 'running' })];
  expect(toRunJson(makeRunSummary({ phases: [makePhaseSummary(1, 'a', { steps })] }), options).current).toEqual(['x', 'z']);
  expect(toRunJson(makeRunSummary(), options).current).toBeNull();
});

test('diagnostics are what no step carries: failures of the run and of phases, warnings, notes, and what was known before', () => {
  const failure = makeFailure({ code: 'TG3001', message: 'took too long', hints: [] });
  const warning = makeFailure({ severity: 'warning', code: 'TG3201', message: 'short secret', hints: ['a', 'b'] });
  const json = toRunJson(
    makeRunSummary({ failure, phases: [makePhaseSummary(1, 'p', { failure: { ...failure, message: 'phase took too long' }, steps: [makeStepSummary('1.1', 'x', { warnings: [warning], failure: makeFailure({ tolerated: true }), status: 'failed' })] })], messages: [{ ...warning, severity: 'info', message: 'said' }] }),
    { ...options, diagnostics: [] },
  );
  expect(json.diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
    ['error', 'took too long'],
    ['error', 'phase took too long'],
    ['warning', 'short secret'],
    ['info', 'said'],
  ]);
  expect(json.diagnostics[2]).toEqual({ code: 'TG3201', severity: 'warning', message: 'short secret', file: '.github/tollgate/release.yml', line: 41, column: 7, hint: 'a; b', url: 'docs/errors.md#tg3201' });
});

test('an artifact is an object with what it takes to get it', () => {
  const artifact = { name: 'coverage', reference: 'measure/coverage@r', version: 'a'.repeat(64), files: 1, size: 3, path: '.tollgate/runs/r/artifacts/coverage' };
  const json = toRunJson(makeRunSummary({ phases: [makePhaseSummary(1, 'a', { steps: [makeStepSummary('1.1', 'x', { artifacts: [artifact] })] })] }), options);
  expect(json.steps[0]?.artifacts).toEqual([{ name: 'coverage', ref: 'measure/coverage@r', version: 'a'.repeat(64), files: 1, bytes: 3, path: '.tollgate/runs/r/artifacts/coverage' }]);
});
