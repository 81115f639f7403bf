import { formatDuration } from '../definition/shape/duration.js';
import type { Cell } from '../plan/expand-matrix.js';
import type { PlannedCells, PlannedNeed, PlannedStep, PlannedTime } from '../plan/plan.js';

/** `10m`, `none`, or the expression that makes it. */
export function describeTime(time: PlannedTime): string {
  return time.kind === 'limit' ? formatDuration(time.limit) : time.text;
}

/** How a cell of a matrix is called behind the id of its step: `node=20,os=linux`. */
export function nameCell(cell: Cell): string {
  return Object.entries(cell).map(([axis, value]) => `${axis}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(',');
}

export function countCells(cells: PlannedCells): string {
  if (cells.kind === 'later') return 'cells known during the run';
  return counted(cells.cells.length, 'cell', 'cells');
}

/** What sets a step apart: cached, once, background, its matrix. */
export function marksOf(step: PlannedStep, background: ReadonlySet<string>): readonly string[] {
  return [
    ...(step.cached ? ['cached'] : []),
    ...(step.effects === 'once' ? ['once'] : []),
    ...(background.has(step.id) ? ['background'] : []),
    ...(step.cells === null ? [] : [countCells(step.cells)]),
  ];
}

const mostNamed = 4;

/** «after lint, types», «reads build». */
export function describeNeeds(needs: readonly PlannedNeed[]): readonly string[] {
  const read = needs.filter(({ why }) => why === 'reference');
  const awaited = needs.filter(({ why }) => why !== 'reference');
  return [
    ...(awaited.length === 0 ? [] : [`after ${nameSome(awaited.map(({ id }) => id))}`]),
    ...(read.length === 0 ? [] : [`reads ${nameSome(read.map(({ id }) => id))}`]),
  ];
}

export function nameSome(names: readonly string[], most = mostNamed): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
