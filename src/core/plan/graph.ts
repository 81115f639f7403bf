import type { Span } from '../diagnostic/diagnostic.js';
import type { PlacedGroup, PlacedItem, PlacedStep, Outline } from '../definition/check/outline.js';
import { isGroup } from '../definition/check/outline.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import type { Need } from '../definition/language/step-fields.js';
import type { Reference } from '../definition/check/reference.js';
import type { Site } from '../definition/check/site.js';

/** Why one node waits for another. */
export type Wait =
  | { readonly kind: 'order' }
  | { readonly kind: 'declared'; readonly at: Span; readonly orderOnly: boolean }
  | { readonly kind: 'reference'; readonly reference: Reference };

export interface Edge {
  readonly to: number;
  readonly wait: Wait;
}

/**
 * Everything that can be waited for. Phases and groups have a node where they begin and one where they
 * end, so that the number of edges grows with the steps and not with their square.
 */
export type GraphNode =
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'phase-start' | 'phase-end'; readonly phase: number }
  | { readonly kind: 'group-start' | 'group-end'; readonly group: PlacedGroup }
  | { readonly kind: 'step'; readonly step: PlacedStep };

export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** What each node waits for. */
  readonly edges: readonly (readonly Edge[])[];
  readonly stepNode: (step: PlacedStep) => number;
  readonly phaseStart: (phase: number) => number;
  readonly phaseEnd: (phase: number) => number;
}

export function buildGraph(parsed: ParsedWorkflow): Graph {
  const { outline } = parsed;
  const places = placeNodes(outline);
  const edges: Edge[][] = places.nodes.map(() => []);
  const wait = (from: number, to: number, why: Wait = { kind: 'order' }): void => void edges[from]?.push({ to, wait: why });

  outline.phases.forEach(({ phase, items, onNoGo }, index) => {
    const [begin, finish] = [places.phaseStart(index), places.phaseEnd(index)];
    if (phase.needs === undefined) wait(begin, index === 0 ? places.start : places.phaseEnd(index - 1));
    else wait(begin, places.start);
    for (const need of phase.needs ?? []) {
      const needed = parsed.needNames.phases.get(need.step.value);
      if (needed !== undefined) wait(begin, places.phaseEnd(needed), declared(need));
    }
    wait(finish, begin);
    chain(items, begin).forEach((last) => wait(finish, last));
    wait(places.end, finish);
    chain(onNoGo, finish);
  });
  chain(outline.finally, places.end);
  chain(outline.cleanup, places.start);
  for (const [of, items] of outline.rollbacks) chain(items, afterStep(outline.steps[of], places));
  for (const reference of parsed.references) addReference(reference);
  return { nodes: places.nodes, edges, stepNode: places.stepNode, phaseStart: places.phaseStart, phaseEnd: places.phaseEnd };

  /** A list of items: each waits for the one before unless it says otherwise. Answers the ends of all. */
  function chain(items: readonly PlacedItem[], before: number): readonly number[] {
    let previous = before;
    return items.map((item) => {
      const [first, last] = isGroup(item) ? [places.groupStart(item), places.groupEnd(item)] : [places.stepNode(item), places.stepNode(item)];
      const needs = isGroup(item) ? item.group.needs : item.step.needs;
      wait(first, needs === undefined ? previous : before);
      for (const need of needs ?? []) addNeed(first, need);
      if (isGroup(item)) addMembers(item, first, last);
      previous = last;
      return last;
    });
  }

  function addMembers(group: PlacedGroup, first: number, last: number): void {
    wait(last, first);
    for (const member of group.members) {
      const node = places.stepNode(member);
      wait(node, first);
      wait(last, node);
      for (const need of member.step.needs ?? []) addNeed(node, need);
    }
  }

  function addNeed(from: number, need: Need): void {
    const item = parsed.needNames.items.get(need.step.value);
    if (item !== undefined) wait(from, isGroup(item) ? places.groupEnd(item) : places.stepNode(item), declared(need));
  }

  function addReference(reference: Reference): void {
    const { from, to } = reference;
    if (isOutsideTheRun(from) || (from.kind === 'rollback' && to.kind === 'step' && to.step === from.of)) return;
    const target = to.kind === 'step' ? places.stepNode(to.step) : places.phaseEnd(to.phase);
    wait(nodeOf(from, places), target, { kind: 'reference', reference });
  }
}

/** `cleanup` reads what the last run left. */
function isOutsideTheRun(site: Site): boolean {
  return site.kind === 'step' && site.step.lane.kind === 'cleanup';
}

const declared = (need: Need): Wait => ({ kind: 'declared', at: need.step.at, orderOnly: need.orderOnly });

function nodeOf(site: Site, places: Places): number {
  switch (site.kind) {
    case 'start': return places.start;
    case 'phase': return places.phaseStart(site.phase);
    case 'gate': return places.phaseEnd(site.phase);
    case 'group': return places.groupStart(site.group);
    case 'step': return places.stepNode(site.step);
    case 'rollback': return afterStep(site.of, places);
    case 'end': return places.end;
  }
}

/** A rollback comes after the gate of the step's phase. */
function afterStep(step: PlacedStep | undefined, places: Places): number {
  return step?.lane.kind === 'phase' ? places.phaseEnd(step.lane.phase) : places.end;
}

interface Places {
  readonly nodes: readonly GraphNode[];
  readonly start: number;
  readonly end: number;
  readonly phaseStart: (phase: number) => number;
  readonly phaseEnd: (phase: number) => number;
  readonly groupStart: (group: PlacedGroup) => number;
  readonly groupEnd: (group: PlacedGroup) => number;
  readonly stepNode: (step: PlacedStep) => number;
}

function placeNodes(outline: Outline): Places {
  const phases = outline.phases.flatMap((_, phase): GraphNode[] => [{ kind: 'phase-start', phase }, { kind: 'phase-end', phase }]);
  const groups = outline.groups.flatMap((group): GraphNode[] => [{ kind: 'group-start', group }, { kind: 'group-end', group }]);
  const firstGroup = 2 + phases.length;
  const firstStep = firstGroup + groups.length;
  const groupAt = new Map(outline.groups.map((group, index) => [group, firstGroup + 2 * index]));
  return {
    nodes: [{ kind: 'start' }, { kind: 'end' }, ...phases, ...groups, ...outline.steps.map((step): GraphNode => ({ kind: 'step', step }))],
    start: 0,
    end: 1,
    phaseStart: (phase) => 2 + 2 * phase,
    phaseEnd: (phase) => 3 + 2 * phase,
    groupStart: (group) => groupAt.get(group) ?? 0,
    groupEnd: (group) => (groupAt.get(group) ?? 0) + 1,
    stepNode: (step) => firstStep + step.index,
  };
}
