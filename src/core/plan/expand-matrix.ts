import type { AnyValue } from '../definition/shape/any-value.js';
import { plainValue } from '../definition/shape/any-value.js';
import type { Named } from '../definition/shape/collection.js';
import type { Matrix } from '../definition/language/matrix-shape.js';

/** The values of one cell, by axis. */
export type Cell = Readonly<Record<string, unknown>>;

export type Cells =
  | { readonly kind: 'cells'; readonly cells: readonly Cell[] }
  /** An expression makes them: they are known when the step starts. */
  | { readonly kind: 'later' }
  | { readonly kind: 'too many'; readonly count: number };

const mostCells = 10_000;

/** Every combination of the axes, less `exclude`, plus `include`, as on GitHub. */
export function expandMatrix(matrix: Matrix): Cells {
  if (matrix.kind === 'computed' || hasExpressions(matrix)) return { kind: 'later' };
  const axes = matrix.axes.map((axis) => ({ name: axis.name, values: axis.value as readonly AnyValue[] }));
  const count = axes.reduce((product, axis) => product * axis.values.length, axes.length === 0 ? 0 : 1);
  if (count + matrix.include.length > mostCells) return { kind: 'too many', count };
  const plain = axes.map(({ name, values }) => ({ name, values: values.map(plainValue) }));
  return { kind: 'cells', cells: combineCells({ axes: plain, include: matrix.include.map(toCell), exclude: matrix.exclude.map(toCell) }) };
}

export interface MatrixValues {
  readonly axes: readonly { readonly name: string; readonly values: readonly unknown[] }[];
  readonly include: readonly Cell[];
  readonly exclude: readonly Cell[];
}

/** The cells of a matrix whose values are known. */
export function combineCells({ axes, include: added, exclude }: MatrixValues): readonly Cell[] {
  const combined = combine(axes).filter((cell) => !exclude.some((each) => matches(cell, each)));
  return include(combined, added, axes.map((axis) => axis.name));
}

function combine(axes: MatrixValues['axes']): Cell[] {
  if (axes.length === 0) return [];
  return axes.reduce<Cell[]>((cells, axis) => cells.flatMap((cell) => axis.values.map((value) => ({ ...cell, [axis.name]: value }))), [{}]);
}

/** An `include` that contradicts no axis of a cell extends it; one that extends none is a cell of its own. */
function include(cells: readonly Cell[], added: readonly Cell[], axes: readonly string[]): readonly Cell[] {
  const extended = [...cells];
  const own: Cell[] = [];
  for (const addition of added) {
    const onAxes = Object.fromEntries(Object.entries(addition).filter(([name]) => axes.includes(name)));
    const fitting = cells.flatMap((cell, index) => (matches(cell, onAxes) ? [index] : []));
    for (const index of fitting) extended[index] = { ...extended[index], ...addition };
    if (fitting.length === 0) own.push(addition);
  }
  return [...extended, ...own];
}

function matches(cell: Cell, pattern: Cell): boolean {
  return Object.entries(pattern).every(([name, value]) => JSON.stringify(cell[name]) === JSON.stringify(value));
}

function toCell(entries: readonly Named<AnyValue>[]): Cell {
  return Object.fromEntries(entries.map(({ name, value }) => [name, plainValue(value)]));
}

function hasExpressions(matrix: Matrix & { kind: 'axes' }): boolean {
  const values: AnyValue[] = [...matrix.include, ...matrix.exclude].flatMap((cell) => cell.map(({ value }) => value));
  for (const axis of matrix.axes) {
    if ('kind' in axis.value) return true;
    values.push(...axis.value);
  }
  return values.some(isComputed);
}

function isComputed(value: AnyValue): boolean {
  if (value.kind === 'list') return value.items.some(isComputed);
  if (value.kind === 'map') return value.entries.some((entry) => isComputed(entry.value));
  return value.kind === 'computed';
}
