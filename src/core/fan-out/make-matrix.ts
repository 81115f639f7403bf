import type { MatrixEntry, Piece } from './name-entry.js';
import { createEntryNames } from './name-entry.js';
import { orderNodes } from './order-nodes.js';
import type { SortedForecast } from './sort-forecast.js';

export interface FanOut {
  /** Jobs that may run side by side. */
  readonly entries: readonly MatrixEntry[];
  /** What comes after several of them, for a job that needs them all. */
  readonly rest: MatrixEntry | null;
}

export interface FanOutOptions {
  /** GitHub takes 256, no more. */
  readonly maxJobs?: number;
  /**
   * Where that runs which needs what several jobs make. `inside`: together with all of it, in one job, so that the entries are
   * the whole of the work. `after`: in `rest`, so that more can run side by side.
   */
  readonly join?: 'inside' | 'after';
}

export const mostJobs = 256;

/**
 * Spreads what would run over jobs. No entry waits for another: what needs each other is in one of them, in the order of the
 * file. A phase with a gate is one piece, because who asks the gate has to have all of it.
 */
export function makeMatrix(sorted: SortedForecast, { maxJobs = mostJobs, join = 'inside' }: FanOutOptions = {}): FanOut {
  const pieces = findPieces(sorted);
  const units = join === 'inside' ? joinPieces(pieces) : spreadPieces(pieces);
  const name = createEntryNames(sorted);
  const chunks = chunkEvenly(units.parallel, Math.min(Math.max(1, Math.floor(maxJobs)), mostJobs));
  return { entries: chunks.map((chunk) => name(chunk.flat())), rest: units.rest.length === 0 ? null : name(units.rest) };
}

/** A piece with what it waits for. */
interface PlacedPiece extends Piece {
  /** The nearest pieces before it, by their index. */
  readonly behind: readonly number[];
  /** Its place in the file. */
  readonly order: number;
}

function findPieces({ plan, outlooks, gates }: SortedForecast): readonly PlacedPiece[] {
  const pieces: PlacedPiece[] = [];
  const nearest = new Map<number, readonly number[]>();
  for (const node of orderNodes(plan)) {
    const at = plan.nodes[node];
    const behind = unite((plan.needs[node] ?? []).map((need) => nearest.get(need.node) ?? []));
    const isStep = at?.kind === 'step' && plan.steps.get(at.step)?.lane === 'phase' && outlooks.get(at.step)?.kind === 'runs';
    if (isStep) pieces.push({ phase: plan.steps.get(at.step)?.phase ?? '', step: at.step, behind, order: plan.steps.get(at.step)?.index ?? 0 });
    else if (at?.kind === 'phase-end' && gates.has(at.phase)) pieces.push({ phase: at.phase, step: null, behind, order: Math.max(0, ...(plan.phases.get(at.phase)?.steps ?? []).map((id) => plan.steps.get(id)?.index ?? 0)) });
    else {
      nearest.set(node, behind);
      continue;
    }
    nearest.set(node, [pieces.length - 1]);
  }
  return pieces;
}

/** Most nodes wait for one other: its list is theirs. */
function unite(lists: readonly (readonly number[])[]): readonly number[] {
  const [only, ...others] = lists.filter((list) => list.length > 0);
  return others.length === 0 ? (only ?? []) : [...new Set(lists.flat())];
}

interface Units {
  readonly parallel: readonly (readonly PlacedPiece[])[];
  readonly rest: readonly PlacedPiece[];
}

/** Pieces that need each other, however far apart, are one unit. */
function joinPieces(pieces: readonly PlacedPiece[]): Units {
  const leads = pieces.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    for (let lead = leads[at] ?? at; lead !== at; lead = leads[at] ?? at) {
      leads[at] = leads[lead] ?? lead;
      at = lead;
    }
    return at;
  };
  pieces.forEach(({ behind }, index) => {
    for (const before of behind) leads[find(before)] = find(index);
  });
  return { parallel: gather(pieces, find), rest: [] };
}

/** What needs one unit goes on in it; what needs several comes after all of them. */
function spreadPieces(pieces: readonly PlacedPiece[]): Units {
  const units: (number | undefined)[] = [];
  pieces.forEach(({ behind }, index) => {
    const before = new Set(behind.map((at) => units[at]));
    const [only] = before;
    units[index] = before.size === 0 ? index : before.size === 1 ? only : undefined;
  });
  return { parallel: gather(pieces, (index) => units[index]), rest: pieces.filter((_, index) => units[index] === undefined) };
}

function gather(pieces: readonly PlacedPiece[], unitOf: (index: number) => number | undefined): readonly (readonly PlacedPiece[])[] {
  const units = new Map<number, PlacedPiece[]>();
  pieces.forEach((piece, index) => {
    const unit = unitOf(index);
    if (unit === undefined) return;
    const list = units.get(unit);
    if (list === undefined) units.set(unit, [piece]);
    else list.push(piece);
  });
  const firstOf = (unit: readonly PlacedPiece[]): number => unit.reduce((least, { order }) => Math.min(least, order), Infinity);
  return [...units.values()].sort((a, b) => firstOf(a) - firstOf(b));
}

/** At most so many lists, none longer than another by more than one. */
function chunkEvenly<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.min(most, items.length);
  return Array.from({ length: count }, (_, at) => items.slice(Math.floor((at * items.length) / count), Math.floor(((at + 1) * items.length) / count)));
}
