import type { Gate } from '../language/gate-shape.js';
import type { Phase } from '../language/phase-shape.js';
import type { ParallelGroup, SingleStep, Step } from '../language/step.js';
import type { Workflow } from '../language/workflow-shape.js';

/** Where a list of steps hangs: in a phase, or at what is done after one. */
export type Lane =
  | { readonly kind: 'phase'; readonly phase: number }
  | { readonly kind: 'on_no_go'; readonly phase: number }
  | { readonly kind: 'rollback'; readonly of: number }
  | { readonly kind: 'finally' }
  | { readonly kind: 'cleanup' };

/** A step with its number and its neighbours. */
export interface PlacedStep {
  readonly index: number;
  readonly step: SingleStep;
  readonly number: string;
  readonly lane: Lane;
  /** The parallel group that it stands in. */
  readonly group?: PlacedGroup;
}

export interface PlacedGroup {
  readonly group: ParallelGroup;
  readonly number: string;
  readonly lane: Lane;
  readonly members: PlacedStep[];
}

/** One item of a list of steps. */
export type PlacedItem = PlacedStep | PlacedGroup;

export interface PlacedPhase {
  readonly phase: Phase;
  readonly number: number;
  readonly items: readonly PlacedItem[];
  readonly onNoGo: readonly PlacedItem[];
}

/** A workflow with every step counted, numbered and findable, in the order of the file. */
export interface Outline {
  readonly workflow: Workflow;
  readonly phases: readonly PlacedPhase[];
  readonly finally: readonly PlacedItem[];
  readonly cleanup: readonly PlacedItem[];
  readonly steps: readonly PlacedStep[];
  readonly groups: readonly PlacedGroup[];
  /** Steps that bring a step's rollback with them, by the index of that step. */
  readonly rollbacks: ReadonlyMap<number, readonly PlacedItem[]>;
}

export function isGroup(item: PlacedItem): item is PlacedGroup {
  return 'members' in item;
}

/** The steps of an item: itself, or the members of the group. */
export function stepsOf(item: PlacedItem): readonly PlacedStep[] {
  return isGroup(item) ? item.members : [item];
}

export function outlineWorkflow(workflow: Workflow): Outline {
  const steps: PlacedStep[] = [];
  const groups: PlacedGroup[] = [];
  const rollbacks = new Map<number, readonly PlacedItem[]>();

  const place = (step: SingleStep, at: { number: string; lane: Lane; group?: PlacedGroup }): PlacedStep => {
    const placed: PlacedStep = { index: steps.length, step, ...at };
    steps.push(placed);
    if (step.rollback !== undefined && 'length' in step.rollback) {
      rollbacks.set(placed.index, placeAll(step.rollback, { kind: 'rollback', of: placed.index }, `${at.number}.rollback`));
    }
    return placed;
  };

  const placeAll = (list: readonly Step[], lane: Lane, prefix: string): readonly PlacedItem[] =>
    list.map((item, index): PlacedItem => {
      const number = `${prefix}.${index + 1}`;
      if (item.kind === 'step') return place(item, { number, lane });
      const group: PlacedGroup = { group: item, number, lane, members: [] };
      groups.push(group);
      item.steps.forEach((member, at) => group.members.push(place(member, { number: `${number}.${at + 1}`, lane, group })));
      return group;
    });

  const phases = workflow.phases.map((phase, index): PlacedPhase => {
    const items = placeAll(phase.steps, { kind: 'phase', phase: index }, String(index + 1));
    const onNoGo = placeAll(gateSteps(phase.gate), { kind: 'on_no_go', phase: index }, `${index + 1}.no_go`);
    return { phase, number: index + 1, items, onNoGo };
  });
  return {
    workflow,
    phases,
    finally: placeAll(workflow.finally, { kind: 'finally' }, 'finally'),
    cleanup: placeAll(workflow.cleanup, { kind: 'cleanup' }, 'cleanup'),
    steps,
    groups,
    rollbacks,
  };
}

function gateSteps(gate: Gate | undefined): readonly Step[] {
  return gate?.on_no_go ?? [];
}
