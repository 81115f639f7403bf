import type { Matrix } from '../../definition/language/matrix-shape.js';
import type { AnyValue } from '../../definition/shape/any-value.js';
import { evaluateTemplate } from '../../expression/evaluate.js';
import type { EvaluationWorld } from '../../expression/evaluation-world.js';
import type { Value } from '../../expression/expression.js';
import { importValue } from '../../expression/import-value.js';
import { isKnown } from '../../expression/unknown.js';
import { combineCells } from '../../plan/expand-matrix.js';
import type { Failure } from '../failure.js';
import type { Resolved } from '../step-execution.js';
import { evaluateAny } from '../values/run-values.js';

type CellValues = Readonly<Record<string, Value>>;

const mostCells = 10_000;

/** The cells of a matrix, with what its expressions give now. */
export function makeCells(matrix: Matrix, world: EvaluationWorld): Resolved<readonly CellValues[]> {
  const made = matrix.kind === 'computed' ? readWhole(matrix, world) : readAxes(matrix, world);
  if (typeof made === 'string') return { kind: 'failed', failure: describe(made, matrix) };
  const count = made.axes.reduce((product, { values }) => product * values.length, made.axes.length === 0 ? 0 : 1) + made.include.length;
  if (count > mostCells) return { kind: 'failed', failure: describe(`the matrix has ${count} cells; 10,000 is the most`, matrix) };
  return { kind: 'value', value: combineCells(made) as readonly CellValues[] };
}

interface MadeMatrix {
  readonly axes: readonly { readonly name: string; readonly values: readonly unknown[] }[];
  readonly include: readonly Readonly<Record<string, unknown>>[];
  readonly exclude: readonly Readonly<Record<string, unknown>>[];
}

function readAxes(matrix: Extract<Matrix, { kind: 'axes' }>, world: EvaluationWorld): MadeMatrix | string {
  const axes: { name: string; values: readonly unknown[] }[] = [];
  for (const { name, value } of matrix.axes) {
    if (!('kind' in value)) {
      axes.push({ name, values: value.map((item) => evaluateAny(item, world)) });
      continue;
    }
    const made = evaluateTemplate(value.template, world);
    if (made.kind !== 'value') return `the axis ${name} has no values: ${made.kind === 'failed' ? made.message : 'they are not known'}`;
    if (!Array.isArray(made.value)) return `the axis ${name} has to be a list, and ${value.whole.trim()} gives none`;
    axes.push({ name, values: made.value });
  }
  const cells = (list: readonly (readonly { readonly name: string; readonly value: AnyValue }[])[]): readonly Readonly<Record<string, unknown>>[] =>
    list.map((cell) => Object.fromEntries(cell.map(({ name, value }) => [name, evaluateAny(value, world)])));
  return { axes, include: cells(matrix.include), exclude: cells(matrix.exclude) };
}

/** A list of cells, or a map of axes as one would write it. */
function readWhole(matrix: Extract<Matrix, { kind: 'computed' }>, world: EvaluationWorld): MadeMatrix | string {
  const made = evaluateTemplate(matrix.template, world);
  if (made.kind !== 'value') return `the matrix has no value: ${made.kind === 'failed' ? made.message : 'it is not known'}`;
  const value = typeof made.value === 'string' ? parseJson(made.value) : made.value;
  const isCell = (cell: unknown): cell is Readonly<Record<string, unknown>> => typeof cell === 'object' && cell !== null && !Array.isArray(cell);
  if (Array.isArray(value)) return value.every(isCell) ? { axes: [], include: value, exclude: [] } : 'a list for a matrix has to hold maps, one for each cell';
  if (!isCell(value)) return 'a matrix has to be a map of axes or a list of cells';
  const { include = [], exclude = [], ...axes } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(include) || !Array.isArray(exclude)) return 'include and exclude of a matrix have to be lists';
  const lists = Object.entries(axes);
  if (!lists.every(([, values]) => Array.isArray(values))) return 'each axis of a matrix has to be a list';
  return { axes: lists.map(([name, values]) => ({ name, values: values as readonly unknown[] })), include: include.filter(isCell), exclude: exclude.filter(isCell) };
}

function parseJson(text: string): Value | undefined {
  try {
    const value = importValue(JSON.parse(text));
    return value !== undefined && isKnown(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function describe(message: string, matrix: Matrix): Failure {
  return { kind: 'expression', code: 'TG3107', message, at: matrix.at, hints: [] };
}
