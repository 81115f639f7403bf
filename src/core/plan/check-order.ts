import type { SourceText } from '../diagnostic/source-text.js';
import type { Diagnostic, Fix, Span } from '../diagnostic/diagnostic.js';
import { locateText } from '../definition/shape/report-text-problem.js';
import type { Reference } from '../definition/check/reference.js';
import type { Edge, Graph, GraphNode } from './graph.js';
import type { Links } from './find-cycles.js';
import { findTangles, findWay } from './find-cycles.js';
import type { Outline } from '../definition/check/outline.js';
import { cutListItem } from './cut-list-item.js';

/** What waits for itself: declared needs that go round, and expressions that ask for what has not ended by then. */
export function checkOrder(graph: Graph, outline: Outline, source: SourceText): readonly Diagnostic[] {
  const context: Context = { graph, outline, source };
  const declared = keepEdges(graph, ({ wait }) => wait.kind !== 'reference');
  const circles = findTangles(declared);
  const stuck = new Set(circles.flat());
  const all = keepEdges(graph, () => true);
  const late = findTangles(all).flatMap((tangle) => findLateReferences(tangle, { ...context, stuck, all }));
  return [...circles.map((circle) => describeCircle(circle, declared, context)), ...late, ...findUnreachable(context)];
}

interface Context {
  readonly graph: Graph;
  readonly outline: Outline;
  readonly source: SourceText;
}

function keepEdges(graph: Graph, keep: (edge: Edge) => boolean): Links {
  return graph.edges.map((edges) => edges.filter(keep).map(({ to }) => to));
}

function describeCircle(circle: readonly number[], links: Links, { graph, outline, source }: Context): Diagnostic {
  const within = new Set(circle);
  const way = findCircle(circle, links, { graph, within });
  const first = way[0] ?? 0;
  const edges = way.slice(1).map((to, index) => findEdge(graph, way[index] ?? to, to));
  const names = namedInTurn(way, graph, outline);
  const closing = edges.findLast((edge) => edge?.wait.kind === 'declared');
  const span: Span = closing?.wait.kind === 'declared' ? closing.wait.at : spanOf(graph.nodes[first], outline);
  const circleText = names.slice(1).map((name, index) => `${names[index] ?? ''} needs ${name}`).join(', ');
  const fix: Fix | undefined = closing?.wait.kind === 'declared' ? { title: 'Remove this need', safe: false, edits: [cutListItem(source.text, closing.wait.at)] } : undefined;
  return {
    code: 'TG2201',
    severity: 'error',
    message: names.length <= 2 && names[0] === names[1] ? `${names[0] ?? ''} needs itself` : `they wait for each other: ${circleText}`,
    span,
    hint: 'remove one of these needs; as it stands, none of them can ever start',
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The shortest way round that starts with a need somebody wrote: the rest only follows from the order of the file. */
function findCircle(circle: readonly number[], links: Links, { graph, within }: { graph: Graph; within: ReadonlySet<number> }): readonly number[] {
  for (const from of [...circle].sort((a, b) => a - b)) {
    for (const { to, wait } of graph.edges[from] ?? []) {
      if (wait.kind !== 'declared' || !within.has(to)) continue;
      if (to === from) return [from, from];
      const back = findWay(links, { from: to, to: from }, within);
      if (back !== undefined) return [from, ...back];
    }
  }
  return circle.slice(0, 1);
}

/** Names along a way, without the inner nodes of phases and groups that a reader never wrote. */
function namedInTurn(way: readonly number[], graph: Graph, outline: Outline): readonly string[] {
  const names: string[] = [];
  for (const node of way) {
    const name = nameNode(graph.nodes[node], outline);
    if (names[names.length - 1] !== name) names.push(name);
  }
  if (names.length === 1) names.push(names[0] ?? '');
  return names;
}

function findEdge(graph: Graph, from: number, to: number): Edge | undefined {
  const edges = graph.edges[from]?.filter((edge) => edge.to === to) ?? [];
  return edges.find((edge) => edge.wait.kind === 'declared') ?? edges[0];
}

function findLateReferences(tangle: readonly number[], context: Context & { stuck: ReadonlySet<number>; all: Links }): readonly Diagnostic[] {
  const within = new Set(tangle);
  const found: Diagnostic[] = [];
  for (const node of tangle) {
    if (context.stuck.has(node)) continue;
    for (const edge of context.graph.edges[node] ?? []) {
      if (edge.wait.kind !== 'reference' || !within.has(edge.to) || context.stuck.has(edge.to)) continue;
      found.push(describeLate(edge.wait.reference, { node, to: edge.to, within }, context));
    }
  }
  return found;
}

function describeLate(reference: Reference, at: { node: number; to: number; within: ReadonlySet<number> }, context: Context & { all: Links }): Diagnostic {
  const { graph, outline, source } = context;
  const asker = nameNode(graph.nodes[at.node], outline);
  const asked = nameNode(graph.nodes[at.to], outline);
  const way = at.node === at.to ? [] : (findWay(context.all, { from: at.to, to: at.node }, at.within) ?? []);
  const names = way.length === 0 ? [] : namedInTurn(way, graph, outline);
  const why = asker === asked ? 'it asks for itself' : `${asked} comes after ${asker}${names.length > 2 ? ` (through ${names.slice(1, -1).join(', ')})` : ''}`;
  return {
    code: 'TG2202',
    severity: 'error',
    message: `${reference.text} cannot have ended by then: ${why}`,
    span: locateText(source, reference.place, reference.at),
    hint: asker === asked ? 'ask for a step that ended before' : `move ${asked} before ${asker}, or do without it here`,
  };
}

/** Steps of a NO-GO, a rollback or the clean-up never end before the way goes on. */
function findUnreachable({ graph, outline, source }: Context): readonly Diagnostic[] {
  return graph.edges.flatMap((edges, node) =>
    edges.flatMap((edge): Diagnostic[] => {
      const target = graph.nodes[edge.to];
      if (edge.wait.kind === 'order' || target?.kind !== 'step') return [];
      const { lane } = target.step;
      const from = graph.nodes[node];
      const own = from?.kind === 'step' && (sameLane(from.step.lane, lane) || from.step.lane.kind === 'finally');
      if (lane.kind === 'phase' || lane.kind === 'finally' || own || from?.kind === 'end') return [];
      const span = edge.wait.kind === 'declared' ? edge.wait.at : locateText(source, edge.wait.reference.place, edge.wait.reference.at);
      const where = { on_no_go: 'after a NO-GO', rollback: 'in a rollback', cleanup: 'in the clean-up' }[lane.kind];
      return [{ code: 'TG2202', severity: 'error', message: `${nameNode(target, outline)} cannot have ended by then: it runs only ${where}`, span, hint: 'ask for a step of a phase' }];
    }),
  );
}

function sameLane(a: Lane, b: Lane): boolean {
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}

type Lane = Outline['steps'][number]['lane'];

export function nameNode(node: GraphNode | undefined, outline: Outline): string {
  switch (node?.kind) {
    case 'step': return `'${node.step.step.id.value}'`;
    case 'group-start':
    case 'group-end': return node.group.group.id === undefined ? `the parallel group ${node.group.number}` : `'${node.group.group.id.value}'`;
    case 'phase-start':
    case 'phase-end': return `phase '${outline.phases[node.phase]?.phase.id.value ?? ''}'`;
    case 'end': return 'the end of the run';
    case 'start':
    case undefined: return 'the start of the run';
  }
}

function spanOf(node: GraphNode | undefined, outline: Outline): Span {
  switch (node?.kind) {
    case 'step': return node.step.step.id.at;
    case 'group-start':
    case 'group-end': return node.group.group.id?.at ?? node.group.group.at;
    case 'phase-start':
    case 'phase-end': return outline.phases[node.phase]?.phase.id.at ?? [0, 0];
    default: return outline.workflow.at;
  }
}
