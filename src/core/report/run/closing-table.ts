import type { Paint } from '../paint.js';
import { counted } from '../plan-words.js';
import type { CellSummary, PartStatus, PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';
import { escapeHidden, widthOf } from '../visible-text.js';
import type { Piece } from './fit-line.js';
import { fitLine, padTo } from './fit-line.js';
import { describeCells, describeCost, describeElapsed, describeEnd, describePhaseEnd, isTolerated, listSteps, markOf, oneLine } from './run-words.js';

interface Row {
  readonly depth: number;
  readonly status: PartStatus;
  readonly tolerated: boolean;
  readonly number: string;
  readonly id: string;
  readonly end: string;
  readonly time: string;
  readonly notes: string;
}

/** With more steps than this only what needs a look has a row of its own. */
const mostSteps = 40;
const mostRowsOfPhase = 20;
const widestId = 32;
const narrowestId = 8;
/** Columns that a long name leaves to the notes. */
const leastNotes = 14;

/** Phases and steps, a row each, no wider than the terminal. */
export function renderClosingTable(summary: RunSummary, { paint, columns }: { readonly paint: Paint; readonly columns: number }): readonly string[] {
  const folded = listSteps(summary).length > mostSteps;
  const rows = [...summary.phases.flatMap((phase) => rowsOfPhase(phase, folded)), ...rowsOfClosing(summary, folded)];
  const widest = (text: (row: Row) => string): number => rows.reduce((width, row) => Math.max(width, widthOf(text(row))), 0);
  const widths = { number: widest(({ depth, number }) => ' '.repeat(depth * 2) + number), end: widest(({ end }) => end), time: widest(({ time }) => time) };
  const room = columns - widths.number - widths.end - widths.time - Math.min(leastNotes, widest(({ notes }) => notes)) - 10;
  const id = Math.min(widestId, widest((row) => row.id), Math.max(narrowestId, room));
  return rows.map((row) => renderRow(row, { ...widths, id }, { paint, columns }));
}

function rowsOfPhase(phase: PhaseSummary, folded: boolean): readonly Row[] {
  const untouched = phase.status === 'skipped' || phase.status === 'pending';
  const steps = untouched ? { rows: [], hidden: phase.steps.length } : rowsOfSteps(phase.steps, folded);
  const notes = [
    ...(phase.because === null ? [] : [oneLine(phase.because)]),
    ...(phase.name === null ? [] : [oneLine(phase.name)]),
    ...(steps.hidden === 0 ? [] : [untouched ? counted(phase.steps.length, 'step', 'steps') : describeFolded(phase.steps)]),
    ...(phase.costUsd > 0 ? [describeCost(phase.costUsd)] : []),
  ];
  const { status, number, id, durationMs } = phase;
  return [{ depth: 0, status, tolerated: false, number: String(number), id, end: describePhaseEnd(phase), time: timeOf(status, durationMs), notes: notes.join(' · ') }, ...steps.rows];
}

function rowsOfClosing({ finally: closing }: RunSummary, folded: boolean): readonly Row[] {
  if (closing.length === 0) return [];
  const { rows, hidden } = rowsOfSteps(closing, folded);
  const head: Row = { depth: 0, status: summarize(closing), tolerated: false, number: '', id: 'finally', end: '', time: '', notes: hidden === 0 ? '' : describeFolded(closing) };
  return [head, ...rows.map((row) => ({ ...row, number: '' }))];
}

function summarize(steps: readonly StepSummary[]): PartStatus {
  const has = (status: PartStatus): boolean => steps.some((step) => step.status === status && !isTolerated(step));
  return (['failed', 'indeterminate', 'running', 'cancelled', 'pending'] as const).find(has) ?? (steps.every(({ status }) => status === 'skipped') ? 'skipped' : 'succeeded');
}

function rowsOfSteps(steps: readonly StepSummary[], folded: boolean): { readonly rows: readonly Row[]; readonly hidden: number } {
  const shown = folded ? chooseSteps(steps) : steps;
  return { rows: shown.flatMap(rowsOfStep), hidden: steps.length - shown.length };
}

/** What did not simply succeed; where that is too much, what ran. */
function chooseSteps(steps: readonly StepSummary[]): readonly StepSummary[] {
  const notable = steps.filter(({ status, attempts }) => status !== 'succeeded' || attempts > 1);
  if (notable.length <= mostRowsOfPhase) return notable;
  const ran = notable.filter(({ status }) => status !== 'skipped' && status !== 'pending' && status !== 'succeeded');
  return ran.slice(0, mostRowsOfPhase);
}

function rowsOfStep(step: StepSummary): readonly Row[] {
  const { status, number, id, durationMs, cached, attempts, cells, costUsd } = step;
  const notes = [
    ...(cached ? ['cached'] : []),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(cells === null ? [] : [describeCells(cells)]),
    ...(step.because === null ? [] : [oneLine(step.because)]),
    ...(step.background ? ['background'] : []),
    ...(costUsd > 0 ? [describeCost(costUsd)] : []),
  ];
  const failed = (cells ?? []).filter((cell) => cell.status === 'failed' || cell.status === 'indeterminate').slice(0, mostRowsOfPhase);
  return [
    { depth: 1, status, tolerated: isTolerated(step), number, id, end: describeEnd(step), time: timeOf(status, durationMs), notes: notes.join(' · ') },
    ...failed.map(rowOfCell),
  ];
}

function rowOfCell(cell: CellSummary): Row {
  const { status, label, durationMs, attempts } = cell;
  return { depth: 2, status, tolerated: isTolerated(cell), number: '', id: `[${label}]`, end: describeEnd(cell), time: timeOf(status, durationMs), notes: attempts > 1 ? `${attempts} attempts` : '' };
}

/** «118 of 120 steps succeeded, 2 failed», where they have no rows. */
function describeFolded(steps: readonly StepSummary[]): string {
  const count = (status: PartStatus): number => steps.filter((step) => step.status === status).length;
  const others = (['failed', 'cancelled', 'indeterminate', 'skipped'] as const).flatMap((status) => (count(status) === 0 ? [] : [`${count(status)} ${status}`]));
  return [`${count('succeeded')} of ${counted(steps.length, 'step', 'steps')} succeeded`, ...others].join(', ');
}

function timeOf(status: PartStatus, durationMs: number): string {
  return status === 'skipped' || status === 'pending' ? '' : describeElapsed(durationMs);
}

type Widths = Readonly<Record<'number' | 'id' | 'end' | 'time', number>>;

function renderRow(row: Row, widths: Widths, { paint, columns }: { readonly paint: Paint; readonly columns: number }): string {
  const { depth, status, number, end, time, notes } = row;
  const id = fitLine([escapeHidden(row.id)], widths.id);
  const inTone = toneOf(row, paint);
  const pieces: Piece[] = [
    ' '.repeat(depth * 2),
    [markOf(status), inTone],
    ` ${padTo(number, widths.number - depth * 2)}  `,
    [padTo(id, widths.id), depth === 0 ? paint.strong : (text) => text],
    '  ',
    [padTo(end, widths.end), end === 'succeeded' ? paint.faint : inTone],
    `  ${time.padStart(widths.time)}  `,
    [escapeHidden(notes), paint.faint],
  ];
  return fitLine(pieces, columns);
}

export function toneOf({ status, tolerated }: { readonly status: PartStatus; readonly tolerated: boolean }, paint: Paint): (text: string) => string {
  if (tolerated) return paint.warning;
  return { succeeded: paint.good, failed: paint.blocking, indeterminate: paint.blocking, cancelled: paint.warning, skipped: paint.faint, pending: paint.faint, running: paint.info }[status];
}
