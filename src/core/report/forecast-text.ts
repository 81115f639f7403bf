import type { SheetDifference } from '../cache/compare-sheets.js';
import type { RunPlan } from '../run/run-plan.js';
import type { CellForecast } from '../run/forecast/cell-forecast.js';
import type { Paint } from './paint.js';
import { labelOf } from './summarize-run.js';
import { counted } from './plan-words.js';
import { cutToWidth, escapeHidden } from './visible-text.js';

export interface ForecastLook {
  readonly paint: Paint;
  readonly columns: number;
  /** So many differences of a step are shown; the rest is counted. */
  readonly most: number;
}

const marks: Readonly<Record<CellForecast['answer'], string>> = { hit: '✔', kept: '✔', miss: '✖', runs: '▶', depends: '…', skipped: '–' };

/** Of each step whether its result is there, and what has changed where it is not. */
export function renderForecast(forecast: readonly CellForecast[], plan: RunPlan, look: ForecastLook): string {
  const width = Math.min(36, Math.max(4, ...forecast.map((cell) => nameOf(cell).length)));
  const lines: string[] = [];
  for (const [id, { index, steps }] of plan.phases) {
    const own = new Set(steps);
    lines.push(...(lines.length === 0 ? [] : ['']), look.paint.strong(`${index + 1}  ${id}`), ...forecast.filter(({ step }) => own.has(step)).flatMap((cell) => renderCell(cell, width, look)));
  }
  const rest = forecast.filter(({ step }) => plan.steps.get(step)?.lane === 'finally');
  if (rest.length > 0) lines.push('', look.paint.strong('finally'), ...rest.flatMap((cell) => renderCell(cell, width, look)));
  return `${[...lines, '', describeCounts(forecast)].join('\n')}\n`;
}

/** «3 hits, 1 miss, 2 depend, 1 runs». */
export function describeCounts(forecast: readonly CellForecast[]): string {
  const count = (answer: CellForecast['answer']): number => forecast.filter((cell) => cell.answer === answer).length;
  const parts = [
    [count('kept'), (n: number) => `${n} kept`], [count('hit'), (n: number) => counted(n, 'hit', 'hits')], [count('miss'), (n: number) => counted(n, 'miss', 'misses')],
    [count('depends'), (n: number) => `${n} ${n === 1 ? 'depends' : 'depend'} on what comes before`], [count('runs'), (n: number) => `${n} ${n === 1 ? 'runs' : 'run'} every time`], [count('skipped'), (n: number) => `${n} skipped`],
  ] as const;
  return parts.flatMap(([n, say]) => (n === 0 ? [] : [say(n)])).join(', ');
}

/** What stands beside a step in the plan: `hit`, `miss: src/a.ts changed`, `runs`, `3 hits, 1 miss`. Why it is skipped stands there anyway. */
export function describeAnswers(cells: readonly CellForecast[], paint: Paint): { readonly text: string; readonly tone: (text: string) => string } | undefined {
  const [first, ...others] = cells;
  if (first === undefined || cells.every(({ answer }) => answer === 'skipped')) return undefined;
  if (cells.every(({ answer }) => answer === 'runs')) return { text: 'runs', tone: paint.faint };
  if (others.length > 0) return { text: describeCounts(cells), tone: cells.every(({ answer }) => answer === 'hit') ? paint.good : paint.warning };
  const { answer, because, differences } = first;
  const why = because ?? describeDifference(differences[0], 'short');
  if (answer === 'hit' || answer === 'kept') return { text: answer, tone: paint.good };
  return { text: `${answer}${why === '' ? '' : `: ${escapeHidden(cutToWidth(why, 48))}`}`, tone: answer === 'miss' ? paint.warning : paint.faint };
}

function renderCell(cell: CellForecast, width: number, { paint, columns, most }: ForecastLook): readonly string[] {
  const colour = cell.answer === 'hit' || cell.answer === 'kept' ? paint.good : cell.answer === 'miss' ? paint.warning : paint.faint;
  const why = cell.because ?? (cell.differences.length === 0 ? '' : describeDifference(cell.differences[0], 'short'));
  const key = cell.key === null || cell.answer === 'runs' ? '' : ` ${cell.key.slice(0, 12)}`;
  const head = `   ${marks[cell.answer]} ${cell.answer.padEnd(8)}${nameOf(cell).padEnd(width)}`;
  const shown = cell.differences.slice(0, most);
  const more = cell.differences.length - shown.length;
  return [
    colour(cutToWidth(`${head}${why === '' ? key : `  ${escapeHidden(why)}`}`, columns)),
    ...(cell.differences.length === 1 && most === 0 ? [] : shown.map((difference) => cutToWidth(`       ${escapeHidden(describeDifference(difference, 'whole'))}`, columns))),
    ...(more > 0 && most > 0 ? [`       and ${more} more`] : []),
  ];
}

function nameOf({ step, matrix }: CellForecast): string {
  return matrix === null ? step : `${step}[${labelOf(matrix)}]`;
}

const nouns: Readonly<Record<SheetDifference['part'], string>> = { definition: 'its definition: ', env: 'variable ', file: '', tool: 'tool ', upstream: 'what came before: ', machine: 'machine: ' };

/** What was, and what is; contents by the first digits of their digest. */
export function describeDifference(difference: SheetDifference | undefined, form: 'short' | 'whole'): string {
  if (difference === undefined) return '';
  const { part, name, was, is } = difference;
  const what = `${nouns[part]}${name}`;
  const how = was === undefined ? 'is new' : is === undefined ? 'is gone' : 'changed';
  if (form === 'short' || was === undefined || is === undefined) return `${what} ${how}`;
  return `${what} ${how}: ${shorten(was)} → ${shorten(is)}`;
}

function shorten(value: string): string {
  return value.replace(/^(?:link:)?[0-9a-f]{64}/u, (digest) => digest.slice(0, 12)).replaceAll('\n', ' ↵ ').slice(0, 120);
}
