import type { Plan, PlannedPhase, PlannedStep } from '../../src/core/plan/plan.js';

/** A plan's parts with everything at its most usual, and what a test says otherwise. */
export function sampleStep(number: string, id: string, part: Partial<PlannedStep> = {}): PlannedStep {
  return {
    id,
    name: null,
    number,
    type: 'shell',
    group: null,
    needs: [],
    wave: Number(number.split('.')[1] ?? 1),
    when: null,
    timeout: { kind: 'limit', limit: 3_600_000 },
    cached: false,
    effects: 'idempotent',
    cells: null,
    ...part,
  };
}

export function samplePhase(number: number, id: string, part: Partial<PlannedPhase> = {}): PlannedPhase {
  return { id, name: null, number, needs: [], when: null, timeout: null, steps: [], gate: null, ...part };
}

export function samplePlan(part: Partial<Plan> = {}): Plan {
  const phases = part.phases ?? [];
  return {
    workflow: 'sample',
    version: null,
    description: null,
    timeout: { kind: 'limit', limit: 21_600_000 },
    preflight: [],
    phases,
    finally: [],
    cleanup: [],
    stepCount: phases.reduce((sum, { steps }) => sum + steps.length, 0),
    ...part,
  };
}

/** `count` steps one after the other. */
export function sampleChain(phase: number, count: number, part: Partial<PlannedStep> = {}): readonly PlannedStep[] {
  return Array.from({ length: count }, (_, index) =>
    sampleStep(`${phase}.${index + 1}`, `step_${phase}_${index + 1}`, {
      needs: index === 0 ? [] : [{ id: `step_${phase}_${index}`, number: `${phase}.${index}`, why: 'order', orderOnly: false }],
      ...part,
    }),
  );
}
