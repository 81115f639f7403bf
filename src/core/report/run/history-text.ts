import type { Paint } from '../paint.js';
import { counted } from '../plan-words.js';
import { cutToWidth, escapeHidden, widthOf } from '../visible-text.js';
import { describeAge } from './describe-age.js';
import type { Piece } from './fit-line.js';
import { fitLine, padTo } from './fit-line.js';
import type { RunBrief, RunWord } from './run-brief.js';
import { wordOf } from './run-brief.js';
import { describeCost, describeElapsed } from './run-words.js';

export interface HistoryLook {
  readonly paint: Paint;
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const widestName = 24;
const marks: Readonly<Record<RunWord, string>> = { succeeded: '✔', failed: '✖', cancelled: '–', interrupted: '✂', paused: '‖', running: '●' };

/** Runs below one another, a line each. */
export function renderHistory(runs: readonly RunBrief[], look: HistoryLook): string {
  const rows = runs.map((run) => ({ run, cells: cellsOf(run, look.now) }));
  const widths = [0, 1, 2, 3, 4, 5, 6].map((column) => rows.reduce((width, { cells }) => Math.max(width, widthOf(cells[column] ?? '')), 0));
  return rows.map(({ run, cells }) => `${renderRow(run, cells.flatMap((cell, column) => (widths[column] === 0 ? [] : [padTo(cell, widths[column] ?? 0)])), look)}\n`).join('');
}

function cellsOf(run: RunBrief, now: number): readonly string[] {
  const { workflow, startedAt, endedAt, steps, costUsd, commit, attempt } = run;
  return [
    cutToWidth(escapeHidden(workflow), widestName),
    describeAge(now - startedAt),
    describeElapsed((endedAt ?? now) - startedAt),
    steps.cached === 0 ? counted(steps.total, 'step', 'steps') : `${steps.cached}/${steps.total} cached`,
    attempt > 1 ? `attempt ${attempt}` : '',
    costUsd > 0 ? describeCost(costUsd) : '',
    [commit === null ? '' : escapeHidden(commit).slice(0, 7), describeStart(run)].filter((word) => word !== '').join(' '),
  ];
}

/** Who has started it, and what for where that was not a person's call. */
function describeStart({ trigger, actor }: RunBrief): string {
  const by = actor === null ? '' : escapeHidden(actor);
  return trigger === 'cli' ? by : [escapeHidden(trigger), by].filter((word) => word !== '').join(' by ');
}

function renderRow(run: RunBrief, cells: readonly string[], { paint, columns }: HistoryLook): string {
  const word = wordOf(run);
  const color = { succeeded: paint.good, failed: paint.blocking, cancelled: paint.warning, interrupted: paint.warning, paused: paint.warning, running: paint.info }[word];
  const verdict = run.verdict === null ? word : run.verdict.toUpperCase();
  const shown = run.partial.length > 0 && word === 'succeeded' ? 'partial' : verdict;
  const pieces: readonly Piece[] = [[`${marks[word]} ${padTo(word === 'cancelled' ? word : shown, 11)}`, color], ' ', `${run.runId}  `, cells.join('  ').trimEnd()];
  return fitLine(pieces, columns);
}
