import type { Lane } from '../definition/check/outline.js';
import { isGroup } from '../definition/check/outline.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import { buildGraph } from '../plan/graph.js';
import type { Edge, GraphNode } from '../plan/graph.js';

/** A point of a run that others wait for: where a phase or group begins and ends, and each step. */
export type RunNode =
  | { readonly kind: 'start' | 'end' | 'outside' }
  | { readonly kind: 'phase-start' | 'phase-end'; readonly phase: string }
  | { readonly kind: 'group-start' | 'group-end'; readonly group: string }
  | { readonly kind: 'step'; readonly step: string };

/** What `decide` and `evolve` know of a workflow: names, and who waits for whom. Plain data, so that it can be kept. */
export interface RunPlan {
  readonly nodes: readonly RunNode[];
  /** Whom each node waits for. */
  readonly needs: readonly (readonly RunNeed[])[];
  /** Who waits for each node. */
  readonly dependents: readonly (readonly number[])[];
  readonly steps: ReadonlyMap<string, StepPlace>;
  readonly phases: ReadonlyMap<string, PhasePlace>;
  readonly groups: ReadonlyMap<string, GroupPlace>;
  /** Ids in the order of the file. */
  readonly phaseSteps: readonly string[];
  readonly finallySteps: readonly string[];
}

export interface RunNeed {
  readonly node: number;
  /** How the other one ended counts for `success()`; a phase's verdict that is only read does not. */
  readonly counts: boolean;
  /** What the other one made, and what lies behind it, belongs into the key; not so for `order_only`. */
  readonly content: boolean;
}

export interface StepPlace {
  readonly node: number;
  /** Its place in the outline. */
  readonly index: number;
  readonly number: string;
  readonly lane: 'phase' | 'finally';
  readonly phase: string | null;
  readonly group: string | null;
}

export interface PhasePlace {
  readonly start: number;
  readonly end: number;
  readonly index: number;
  readonly steps: readonly string[];
  readonly groups: readonly string[];
}

export interface GroupPlace {
  readonly start: number;
  readonly end: number;
  readonly members: readonly string[];
}

/** The part of a workflow that a run goes through: its phases and `finally`. */
export function createRunPlan(parsed: ParsedWorkflow): RunPlan {
  return planLanes(parsed, { phase: 'phase', finally: 'finally' });
}

/** The steps of `cleanup`, which are done as those of `finally` are: in order, each whatever the one before did. */
export function createCleanupPlan(parsed: ParsedWorkflow): RunPlan {
  return planLanes(parsed, { cleanup: 'finally' });
}

/** The lists of steps that are gone through, and how. */
type Lanes = Readonly<Partial<Record<Lane['kind'], StepPlace['lane']>>>;

function planLanes(parsed: ParsedWorkflow, lanes: Lanes): RunPlan {
  const { outline } = parsed;
  const graph = buildGraph(parsed);
  const nodes = graph.nodes.map((node): RunNode => toRunNode(node, parsed, lanes));
  const needs = graph.edges.map((edges, from) => (nodes[from]?.kind === 'outside' ? [] : readNeeds(edges, nodes)));
  const dependents: number[][] = nodes.map(() => []);
  needs.forEach((list, from) => list.forEach(({ node }) => dependents[node]?.push(from)));

  const steps = new Map<string, StepPlace>();
  for (const placed of outline.steps) {
    const lane = lanes[placed.lane.kind];
    if (lane === undefined) continue;
    const phase = placed.lane.kind === 'phase' ? (outline.phases[placed.lane.phase]?.phase.id.value ?? null) : null;
    steps.set(placed.step.id.value, { node: graph.stepNode(placed), index: placed.index, number: placed.number, lane, phase, group: placed.group?.number ?? null });
  }
  const members = new Map(outline.groups.map((group) => [group.number, group.members.map(({ step }) => step.id.value)]));
  const groups = new Map(
    nodes.flatMap((node, at): [string, GroupPlace][] => (node.kind === 'group-start' ? [[node.group, { start: at, end: at + 1, members: members.get(node.group) ?? [] }]] : [])),
  );
  const idsOf = (lane: StepPlace['lane']): readonly string[] => [...steps].flatMap(([id, place]) => (place.lane === lane ? [id] : []));
  const phases = new Map(
    (lanes.phase === undefined ? [] : outline.phases).map(({ phase, items }, index): [string, PhasePlace] => [
      phase.id.value,
      {
        start: graph.phaseStart(index),
        end: graph.phaseEnd(index),
        index,
        steps: items.flatMap((item) => (isGroup(item) ? item.members : [item])).map(({ step }) => step.id.value),
        groups: items.filter(isGroup).map(({ number }) => number),
      },
    ]),
  );
  return { nodes, needs, dependents, steps, phases, groups, phaseSteps: idsOf('phase'), finallySteps: idsOf('finally') };
}

function toRunNode(node: GraphNode, { outline }: ParsedWorkflow, lanes: Lanes): RunNode {
  switch (node.kind) {
    case 'start':
    case 'end': return { kind: node.kind };
    case 'phase-start':
    case 'phase-end': return lanes.phase === undefined ? { kind: 'outside' } : { kind: node.kind, phase: outline.phases[node.phase]?.phase.id.value ?? '' };
    case 'group-start':
    case 'group-end': return lanes[node.group.lane.kind] !== undefined ? { kind: node.kind, group: node.group.number } : { kind: 'outside' };
    case 'step': return lanes[node.step.lane.kind] !== undefined ? { kind: 'step', step: node.step.step.id.value } : { kind: 'outside' };
  }
}

/** Each other node once; what any of its reasons says counts. */
function readNeeds(edges: readonly Edge[], nodes: readonly RunNode[]): readonly RunNeed[] {
  const found = new Map<number, RunNeed>();
  for (const { to, wait } of edges) {
    const target = nodes[to]?.kind;
    if (target === 'outside') continue;
    const onlyRead = wait.kind === 'reference' && target === 'phase-end';
    const onlyOrder = wait.kind === 'declared' && wait.orderOnly;
    const before = found.get(to);
    found.set(to, { node: to, counts: before?.counts === true || !onlyRead, content: before?.content === true || !onlyOrder });
  }
  return [...found.values()];
}
