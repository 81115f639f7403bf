import type { Paint } from '../paint.js';
import { counted } from '../plan-words.js';
import type { PartStatus, PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';
import { escapeHidden } from '../visible-text.js';
import { toneOf } from './closing-table.js';
import type { Piece } from './fit-line.js';
import { fitLine } from './fit-line.js';
import { describeCells, describeCost, describeElapsed, describeEnd, describePhaseEnd, isTolerated, listSteps, markOf, oneLine } from './run-words.js';

export interface LiveLook {
  readonly paint: Paint;
  readonly columns: number;
  readonly rows: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What goes first where the rows do not suffice for all; the smaller, the longer it stays. */
const worth = { running: 0, head: 1, failed: 2, phaseRunning: 3, phaseSettled: 4, phaseToCome: 5, stepSettled: 6, stepToCome: 7 } as const;

interface Line {
  readonly worth: number;
  readonly pieces: readonly Piece[];
}

/** One frame of a run that goes on: what runs is always in it, phases that are settled take a line each. */
export function renderLiveView(summary: RunSummary, look: LiveLook): readonly string[] {
  const { paint, columns, rows } = look;
  if (rows < 1 || columns < 1) return [];
  const lines = [renderHead(summary, look), ...summary.phases.flatMap((phase) => linesOfPhase(phase, look)), ...linesOfClosing(summary, look)];
  if (lines.length <= rows) return lines.map(({ pieces }) => fitLine(pieces, columns));
  const running = lines.filter((line) => line.worth === worth.running);
  const kept = new Set(chooseLines(lines, running.length > rows ? rows - 1 : rows));
  const hidden = running.filter((line) => !kept.has(line)).length;
  const shown = lines.filter((line) => kept.has(line)).map(({ pieces }) => fitLine(pieces, columns));
  return hidden === 0 ? shown : [...shown, fitLine([[`… and ${hidden} more running`, paint.faint]], columns)];
}

/** The worthiest; of equal ones those further down, which are the later ones. */
function chooseLines(lines: readonly Line[], room: number): readonly Line[] {
  return lines
    .map((line, index) => ({ line, index }))
    .sort((a, b) => a.line.worth - b.line.worth || (a.line.worth === worth.stepSettled || a.line.worth === worth.phaseSettled ? b.index - a.index : a.index - b.index))
    .slice(0, room)
    .map(({ line }) => line);
}

function renderHead(summary: RunSummary, { paint, now }: LiveLook): Line {
  const steps = listSteps(summary);
  const settled = steps.filter(({ status }) => isSettled(status)).length;
  const failed = steps.filter((step) => step.status === 'failed' && !isTolerated(step)).length;
  const elapsed = describeElapsed((summary.endedAt ?? now) - summary.startedAt);
  const notes = ` · ${elapsed} · ${settled} of ${counted(steps.length, 'step', 'steps')}${summary.costUsd > 0 ? ` · ${describeCost(summary.costUsd)}` : ''}`;
  return { worth: worth.head, pieces: [[escapeHidden(oneLine(summary.workflow)), paint.strong], [notes, paint.faint], [failed === 0 ? '' : ` · ${failed} failed`, paint.blocking]] };
}

function linesOfPhase(phase: PhaseSummary, look: LiveLook): readonly Line[] {
  const { paint, now } = look;
  const { status, number, id, because, steps } = phase;
  const isBusy = status === 'running' || steps.some((step) => step.status === 'running');
  const began = steps.reduce<number | null>((first, { startedAt }) => (startedAt === null ? first : Math.min(first ?? startedAt, startedAt)), null);
  const elapsed = isBusy ? (began === null ? '' : describeElapsed(now - began)) : status === 'succeeded' || status === 'failed' || status === 'cancelled' ? describeElapsed(phase.durationMs) : '';
  const says = [
    ...(isBusy ? [] : status === 'pending' ? [counted(steps.length, 'step', 'steps')] : [describePhaseEnd(phase)]),
    ...(elapsed === '' ? [] : [elapsed]),
    ...(because === null ? [] : [oneLine(because)]),
  ].join(' · ');
  const shownAs = isBusy ? 'running' : status;
  const head: Line = {
    worth: isBusy ? worth.phaseRunning : status === 'pending' ? worth.phaseToCome : status === 'failed' ? worth.failed : worth.phaseSettled,
    pieces: [[markOf(shownAs), toneOf({ status: shownAs, tolerated: false }, paint)], ` ${number} `, [escapeHidden(id), isBusy ? paint.strong : same], [`  ${escapeHidden(says)}`, paint.faint]],
  };
  if (isBusy) return [head, ...steps.map((step) => lineOfStep(step, look))];
  return [head, ...steps.filter((step) => step.status === 'failed' && !isTolerated(step)).map((step) => lineOfStep(step, look))];
}

/** `finally` is to be seen once it began. */
function linesOfClosing({ finally: closing }: RunSummary, look: LiveLook): readonly Line[] {
  if (closing.every(({ status }) => status === 'pending')) return [];
  const head: Line = { worth: worth.phaseRunning, pieces: [[markOf('running'), look.paint.info], ' finally'] };
  return [head, ...closing.map((step) => lineOfStep(step, look))];
}

function lineOfStep(step: StepSummary, { paint, now }: LiveLook): Line {
  const { status, number, id, startedAt, durationMs, attempts, cells, cached } = step;
  const running = status === 'running';
  const notes = [
    ...(running || status === 'pending' || status === 'succeeded' ? [] : [describeEnd(step)]),
    ...(running && startedAt !== null ? [describeElapsed(now - startedAt)] : []),
    ...(isSettled(status) && status !== 'skipped' ? [describeElapsed(durationMs)] : []),
    ...(cached ? ['cached'] : []),
    ...(attempts > 1 ? [`attempt ${attempts}`] : []),
    ...(cells === null ? [] : [describeCells(cells)]),
    ...(step.background ? ['background'] : []),
  ].join(' · ');
  const tolerated = isTolerated(step);
  return {
    worth: running ? worth.running : status === 'failed' && !tolerated ? worth.failed : status === 'pending' ? worth.stepToCome : worth.stepSettled,
    pieces: ['  ', [markOf(status), toneOf({ status, tolerated }, paint)], ` ${number} `, [escapeHidden(id), running ? paint.strong : same], [`  ${notes}`, paint.faint]],
  };
}

function isSettled(status: PartStatus): boolean {
  return status !== 'pending' && status !== 'running';
}

const same = (text: string): string => text;
