import type { Value } from '../../expression/expression.js';
import { counted } from '../plan-words.js';
import type { CellSummary, PartStatus, PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';

/** A length of time as people say it: `340 ms`, `42.3 s`, `3 min 12 s`, `2 h 5 min`, `1 d 4 h`. */
export function describeElapsed(durationMs: number): string {
  const ms = Number.isFinite(durationMs) ? Math.max(0, Math.round(durationMs)) : 0;
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const [minutes, hours, days] = [Math.floor(ms / 60_000), Math.floor(ms / 3_600_000), Math.floor(ms / 86_400_000)];
  if (hours < 1) return `${minutes} min ${Math.floor(ms / 1_000) % 60} s`;
  return days < 1 ? `${hours} h ${minutes % 60} min` : `${days} d ${hours % 24} h`;
}

/** `$0.31`; small sums keep their first digit that says something. */
export function describeCost(costUsd: number): string {
  if (!(costUsd > 0)) return '$0';
  return costUsd < 0.01 ? `$${costUsd.toPrecision(1)}` : `$${costUsd.toFixed(2)}`;
}

const marks: Readonly<Record<PartStatus, string>> = { succeeded: '✔', failed: '✖', indeterminate: '✖', cancelled: '–', skipped: '–', pending: '·', running: '●' };

export function markOf(status: PartStatus): string {
  return marks[status];
}

const ends: Readonly<Record<PartStatus, string>> = { succeeded: 'succeeded', failed: 'failed', indeterminate: 'indeterminate', cancelled: 'cancelled', skipped: 'skipped', pending: 'not started', running: 'running' };

export function describeEnd(part: StepSummary | CellSummary): string {
  return isTolerated(part) ? 'failed, tolerated' : ends[part.status];
}

/** A phase is known by its verdict; one without a verdict by how it ended. */
export function describePhaseEnd({ status, verdict }: PhaseSummary): string {
  if (verdict === null || status === 'skipped' || status === 'running' || status === 'pending') return ends[status];
  return verdict === 'go' ? 'GO' : 'NO-GO';
}

/** A failure under `continue_on_error`. */
export function isTolerated({ status, failure }: StepSummary | CellSummary): boolean {
  return status === 'failed' && failure?.tolerated === true;
}

/** «2 of 8 cells failed». */
export function describeCells(cells: readonly CellSummary[]): string {
  const failed = cells.filter(({ status }) => status === 'failed').length;
  const ended = cells.filter(({ status }) => status !== 'pending' && status !== 'running').length;
  if (failed > 0) return `${failed} of ${counted(cells.length, 'cell', 'cells')} failed`;
  return ended < cells.length ? `${ended} of ${counted(cells.length, 'cell', 'cells')} ended` : counted(cells.length, 'cell', 'cells');
}

/** Every step of a run, those of `finally` last. */
export function listSteps({ phases, finally: closing }: RunSummary): readonly StepSummary[] {
  return [...phases.flatMap(({ steps }) => steps), ...closing];
}

/** How a step is called where its phase is not seen: `build/authorizer`. */
export function nameStep({ phase, id }: Pick<StepSummary, 'phase' | 'id'>): string {
  return `${phase ?? 'finally'}/${id}`;
}

/** A value as one text: a string is itself. */
export function describeValue(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One line, however the text was broken. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Cut behind so many UTF-16 units, never through a character. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, Math.max(0, most - 1));
  return `${/[\ud800-\udbff]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
}
