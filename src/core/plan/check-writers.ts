import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Setting } from '../definition/shape/setting.js';
import type { Outline, PlacedStep } from '../definition/check/outline.js';
import type { Graph } from './graph.js';
import type { Links } from './find-cycles.js';

interface Writer {
  readonly step: PlacedStep;
  readonly path: Setting<string>;
  readonly rank: number;
}

/** Pairs of steps that write one path, told apart by whether one always comes before the other. */
export interface SharedPath {
  readonly path: string;
  readonly first: Writer;
  readonly second: Writer;
  readonly ordered: boolean;
}

/** `rank` is each node's place in an order that follows the links. */
export function findSharedPaths(outline: Outline, graph: Graph, sorted: { readonly links: Links; readonly rank: readonly number[] }): readonly SharedPath[] {
  const writers = collectWriters(outline, (step) => sorted.rank[graph.stepNode(step)] ?? 0);
  const found: SharedPath[] = [];
  for (const [path, own] of writers) {
    const above = foldersAbove(path).flatMap((folder) => writers.get(folder) ?? []);
    if (own.length + above.length < 2) continue;
    const all = [...own, ...above].sort((a, b) => a.rank - b.rank);
    for (const [index, second] of all.entries()) {
      const first = all[index - 1];
      if (first === undefined || first.step === second.step || (above.includes(first) && above.includes(second))) continue;
      const ordered = leadsTo({ from: graph.stepNode(second.step), to: graph.stepNode(first.step), floor: first.rank }, sorted);
      found.push({ path, first, second, ordered });
    }
  }
  return found;
}

export function checkWriters(shared: readonly SharedPath[]): readonly Diagnostic[] {
  return shared.flatMap(({ path, first, second, ordered }): Diagnostic[] => {
    if (ordered) return [];
    const [a, b] = [first.step.step.id.value, second.step.step.id.value];
    return [
      {
        code: 'TG2203',
        severity: 'error',
        message: `'${a}' and '${b}' both write ${path}, and neither comes before the other`,
        span: second.path.at,
        hint: `let one need the other (needs: [${a}]), or write to another path`,
        related: [{ message: `'${a}' writes it here`, span: first.path.at }],
      },
    ];
  });
}

/** Globs overlay each other, and computed paths are known later: neither is compared. */
function collectWriters(outline: Outline, rankOf: (step: PlacedStep) => number): ReadonlyMap<string, readonly Writer[]> {
  const writers = new Map<string, Writer[]>();
  for (const placed of outline.steps) {
    if (placed.lane.kind === 'cleanup') continue;
    for (const path of writtenPaths(placed)) {
      if (path.kind === 'computed' || /[*?[\]{}!]/u.test(path.value)) continue;
      const name = normalizePath(path.value);
      const list = writers.get(name) ?? [];
      if (list.some((writer) => writer.step === placed)) continue;
      list.push({ step: placed, path, rank: rankOf(placed) });
      writers.set(name, list);
    }
  }
  return writers;
}

function writtenPaths({ step }: PlacedStep): readonly Setting<string>[] {
  const declared = (step.outputs ?? []).flatMap(({ value }) => (value.form === 'path' ? [value.path] : value.form === 'json' ? [value.json] : []));
  const cached = step.cache !== undefined && !('kind' in step.cache) ? (step.cache.outputs ?? []) : [];
  return [...declared, ...cached];
}

function normalizePath(path: string): string {
  return path.split('/').filter((part) => part !== '' && part !== '.').join('/');
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Follows the links upwards, never above the rank of the goal: a chain of writers costs one walk in all. */
function leadsTo(way: { from: number; to: number; floor: number }, sorted: { readonly links: Links; readonly rank: readonly number[] }): boolean {
  const seen = new Set([way.from]);
  for (const node of seen) {
    for (const next of sorted.links[node] ?? []) {
      if (next === way.to) return true;
      if ((sorted.rank[next] ?? 0) > way.floor) seen.add(next);
    }
  }
  return false;
}
