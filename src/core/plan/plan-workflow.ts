import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import type { PlacedItem, PlacedPhase, PlacedStep } from '../definition/check/outline.js';
import { isGroup } from '../definition/check/outline.js';
import { cachesResult } from '../definition/language/caches-result.js';
import { preflightKinds } from '../definition/language/preflight-shape.js';
import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import { parseDuration } from '../definition/shape/duration.js';
import type { Duration } from '../definition/shape/duration.js';
import type { Condition, Setting } from '../definition/shape/setting.js';
import { writtenText } from '../definition/shape/setting.js';
import { checkOrder } from './check-order.js';
import type { SharedPath } from './check-writers.js';
import { checkWriters, findSharedPaths } from './check-writers.js';
import { expandMatrix } from './expand-matrix.js';
import { sortByLinks } from './find-cycles.js';
import type { Graph } from './graph.js';
import { buildGraph } from './graph.js';
import type { Plan, PlannedCells, PlannedCheck, PlannedGate, PlannedNeed, PlannedPhase, PlannedStep, PlannedTime, PlannedWhen } from './plan.js';

export type Planning =
  | { readonly kind: 'planned'; readonly plan: Plan; readonly sharedPaths: readonly SharedPath[]; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** Says whether a condition holds, as far as that can be known. */
export type JudgeWhen = (condition: Condition) => PlannedWhen;

const stepTimeout: Duration = parseDuration('1h') ?? 'none';
const runTimeout: Duration = parseDuration('6h') ?? 'none';

/** Workflow → plan, or what keeps it from being one: cycles, references out of order, unordered writers. */
export function planWorkflow(parsed: ParsedWorkflow, source: SourceText, judge: JudgeWhen): Planning {
  const { outline } = parsed;
  const graph = buildGraph(parsed);
  const problems: Diagnostic[] = [...checkOrder(graph, outline, source), ...checkCells(parsed)];
  if (problems.length > 0) return { kind: 'refused', diagnostics: problems };
  const links = graph.edges.map((edges) => edges.map(({ to }) => to));
  const rank = rankNodes(links);
  const sharedPaths = findSharedPaths(outline, graph, { links, rank });
  const writers = checkWriters(sharedPaths);
  if (writers.length > 0) return { kind: 'refused', diagnostics: writers };
  return { kind: 'planned', plan: makePlan({ parsed, source, judge, graph, waves: countWaves(graph, rank) }), sharedPaths, diagnostics: [] };
}

function rankNodes(links: readonly (readonly number[])[]): readonly number[] {
  const rank: number[] = new Array<number>(links.length).fill(0);
  sortByLinks(links).forEach((node, index) => (rank[node] = index));
  return rank;
}

/** How many steps come one after the other before each node. */
function countWaves(graph: Graph, rank: readonly number[]): readonly number[] {
  const waves: number[] = new Array<number>(graph.nodes.length).fill(0);
  const order = [...rank.keys()].sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
  for (const node of order) {
    let wave = 0;
    for (const { to } of graph.edges[node] ?? []) wave = Math.max(wave, waves[to] ?? 0);
    waves[node] = wave + (graph.nodes[node]?.kind === 'step' ? 1 : 0);
  }
  return waves;
}

function checkCells({ outline }: ParsedWorkflow): readonly Diagnostic[] {
  return outline.steps.flatMap(({ step }): Diagnostic[] => {
    const cells = step.matrix === undefined ? undefined : expandMatrix(step.matrix);
    if (cells?.kind !== 'too many') return [];
    return [{ code: 'TG2204', severity: 'error', message: `the matrix of '${step.id.value}' has ${cells.count} cells; 10,000 is the most`, span: step.matrix?.at ?? step.id.at, hint: 'leave out an axis, or use several steps' }];
  });
}

interface PlanContext {
  readonly parsed: ParsedWorkflow;
  readonly source: SourceText;
  readonly judge: JudgeWhen;
  readonly graph: Graph;
  readonly waves: readonly number[];
}

function makePlan(context: PlanContext): Plan {
  const { outline } = context.parsed;
  const { workflow } = outline;
  return {
    workflow: workflow.name.value,
    version: writtenText(workflow.version) ?? null,
    description: writtenText(workflow.description) ?? null,
    timeout: planTime(workflow.timeout, runTimeout, context.source),
    preflight: (workflow.preflight ?? []).map((check) => planCheck(check, context.source)),
    phases: outline.phases.map((phase) => planPhase(phase, context)),
    finally: planItems(outline.finally, context),
    cleanup: planItems(outline.cleanup, context),
    stepCount: outline.steps.filter(({ lane }) => lane.kind === 'phase').length,
  };
}

function planCheck(check: NonNullable<ParsedWorkflow['outline']['workflow']['preflight']>[number], source: SourceText): PlannedCheck {
  const kind = preflightKinds.find((each) => check[each] !== undefined) ?? 'check';
  const subject = check[kind];
  const text = subject === undefined ? '' : 'kind' in subject ? source.text.slice(subject.at[0], subject.at[1]) : subject.value;
  return { kind, text: check.version === undefined ? text : `${text} ${check.version.value}`, level: check.level?.value ?? 'blocking' };
}

function planPhase({ phase, number, items, onNoGo }: PlacedPhase, context: PlanContext): PlannedPhase {
  const { outline, needNames } = context.parsed;
  const before = outline.phases[number - 2]?.phase.id.value;
  const needs = phase.needs?.flatMap((need) => {
    const index = needNames.phases.get(need.step.value);
    return index === undefined ? [] : (outline.phases[index]?.phase.id.value ?? []);
  });
  return {
    id: phase.id.value,
    name: phase.name?.value ?? null,
    number,
    needs: needs ?? (before === undefined ? [] : [before]),
    when: phase.when === undefined ? null : context.judge(phase.when),
    timeout: phase.timeout === undefined ? null : planTime(phase.timeout, 'none', context.source),
    steps: planItems(items, context),
    gate: planGate(phase.gate, onNoGo, context),
  };
}

function planGate(gate: PlacedPhase['phase']['gate'], onNoGo: readonly PlacedItem[], context: PlanContext): PlannedGate | null {
  if (gate === undefined) return null;
  const criteria = gate.criteria.map((criterion) => ({
    id: criterion.id.value,
    proof: (['check', 'run', 'ratchet', 'manual'] as const).find((kind) => criterion[kind] !== undefined) ?? ('check' as const),
    advisory: criterion.advisory?.kind === 'written' && criterion.advisory.value,
  }));
  return { criteria, approval: gate.approve !== undefined, onNoGo: planItems(onNoGo, context) };
}

function planItems(items: readonly PlacedItem[], context: PlanContext): readonly PlannedStep[] {
  return items.flatMap((item) => (isGroup(item) ? item.members.map((member) => planStep(member, context)) : [planStep(item, context)]));
}

function planStep(placed: PlacedStep, context: PlanContext): PlannedStep {
  const { step } = placed;
  const when = step.when ?? placed.group?.group.when;
  const cached = cachesResult(step);
  return {
    id: step.id.value,
    name: step.name?.value ?? null,
    number: placed.number,
    type: step.shortType ?? step.type,
    group: placed.group?.number ?? null,
    needs: planNeeds(placed, context),
    wave: context.waves[context.graph.stepNode(placed)] ?? 0,
    when: when === undefined ? null : context.judge(when),
    timeout: planTime(step.timeout ?? context.parsed.outline.workflow.defaults?.timeout, stepTimeout, context.source),
    cached,
    effects: step.effects?.value ?? (cached ? 'none' : 'idempotent'),
    cells: planCells(step.matrix),
  };
}

/** What the step itself waits for: steps and groups, not the start of its phase. */
function planNeeds(placed: PlacedStep, { graph }: PlanContext): readonly PlannedNeed[] {
  const needs = new Map<string, PlannedNeed>();
  const node = graph.stepNode(placed);
  const add = (from: number): void => {
    for (const { to, wait } of graph.edges[from] ?? []) {
      const target = graph.nodes[to];
      if (target?.kind === 'group-start' && from === node) {
        add(to);
        continue;
      }
      if (target?.kind !== 'step' && target?.kind !== 'group-end') continue;
      const [id, number] = target.kind === 'step' ? [target.step.step.id.value, target.step.number] : [target.group.group.id?.value ?? target.group.number, target.group.number];
      const known = needs.get(number);
      if (known !== undefined && known.why !== 'reference') continue;
      needs.set(number, { id, number, why: wait.kind, orderOnly: wait.kind === 'declared' && wait.orderOnly });
    }
  };
  add(node);
  return [...needs.values()];
}

function planCells(matrix: PlacedStep['step']['matrix']): PlannedCells | null {
  if (matrix === undefined) return null;
  const cells = expandMatrix(matrix);
  return cells.kind === 'cells' ? { kind: 'known', cells: cells.cells } : { kind: 'later' };
}

function planTime(setting: Setting<Duration> | undefined, otherwise: Duration, source: SourceText): PlannedTime {
  if (setting === undefined) return { kind: 'limit', limit: otherwise };
  if (setting.kind === 'written') return { kind: 'limit', limit: setting.value };
  return { kind: 'computed', text: source.text.slice(setting.at[0], setting.at[1]) };
}
