import { samplePhase, samplePlan, sampleStep } from '../../../test/fakes/sample-plan.js';
import { toPlanJson, toRefusedPlanJson } from './plan-json.js';

const origin = { tollgateVersion: '1.2.3', file: 'a.yml', inputs: { x: 1 }, background: new Set(['b']), diagnostics: [] };

test('a plan for scripts: snake case, times in milliseconds, null for what is not there', () => {
  const step = sampleStep('1.2', 'b', {
    needs: [{ id: 'a', number: '1.1', why: 'declared', orderOnly: true }],
    when: { text: 'inputs.x', holds: true, because: 'inputs.x is 1' },
    timeout: { kind: 'limit', limit: 'none' },
    cells: { kind: 'known', cells: [{ os: 'linux' }] },
    group: '1.1',
  });
  const gate = { criteria: [{ id: 'c', proof: 'run' as const, advisory: false }], approval: false, onNoGo: [sampleStep('1.no_go.1', 'n', { cells: { kind: 'later' } })] };
  const plan = samplePlan({ timeout: { kind: 'computed', text: '"{{ inputs.t }}"' }, phases: [samplePhase(1, 'p', { timeout: { kind: 'limit', limit: 90_000 }, steps: [step], gate })] });
  expect(toPlanJson(plan, origin)).toEqual({
    schema_version: 1,
    tollgate_version: '1.2.3',
    file: 'a.yml',
    workflow: 'sample',
    workflow_version: null,
    description: null,
    timeout: { ms: null, text: '"{{ inputs.t }}"' },
    step_count: 1,
    inputs: { x: 1 },
    preflight: [],
    phases: [
      {
        id: 'p',
        name: null,
        number: 1,
        needs: [],
        when: null,
        timeout: { ms: 90_000, text: '1m30s' },
        steps: [
          {
            id: 'b',
            name: null,
            number: '1.2',
            type: 'shell',
            group: '1.1',
            needs: [{ id: 'a', number: '1.1', why: 'declared', order_only: true }],
            wave: 2,
            when: { text: 'inputs.x', holds: true, because: 'inputs.x is 1' },
            timeout: { ms: null, text: 'none' },
            cached: false,
            background: true,
            effects: 'idempotent',
            matrix: { cells: [{ os: 'linux' }] },
          },
        ],
        gate: { criteria: gate.criteria, approval: false, on_no_go: [expect.objectContaining({ id: 'n', background: false, matrix: { cells: null } })] },
      },
    ],
    finally: [],
    cleanup: [],
    forecast: null,
    diagnostics: [],
  });
});

test('where there is no plan, the diagnostics say why', () => {
  expect(toRefusedPlanJson({ tollgateVersion: '1.2.3', file: 'a.yml', diagnostics: [] })).toEqual({ schema_version: 1, tollgate_version: '1.2.3', file: 'a.yml', workflow: null, diagnostics: [] });
});
