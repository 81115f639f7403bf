import type { DiagnosticCode } from '../../diagnostic/codes.js';
import { renderMessage } from '../message.js';
import type { Paint } from '../paint.js';
import { counted } from '../plan-words.js';
import type { FailureSummary } from '../run-summary.js';
import { escapeHidden } from '../visible-text.js';
import { fitLine, wrapText } from './fit-line.js';
import type { FailedPart, Remark } from './list-problems.js';
import { placeOf } from './list-problems.js';
import { toPlainLine } from './plain-line.js';
import { describeElapsed } from './run-words.js';

export interface FailureLook {
  readonly paint: Paint;
  readonly columns: number;
  readonly calledAs: string;
}

const most = { tail: 24, messageLines: 12 };

/** The failure card of a terminal: what it said last, what is wrong, where, and the way out. */
export function renderFailedPart(part: FailedPart, look: FailureLook): readonly string[] {
  const { failure, ways } = part;
  const known = ways.length > 0 ? ways : [`Run: ${look.calledAs} errors ${failure.code}`];
  return [...renderTail(part, look), ...renderProblem(part.name, { ...failure, hints: known }, look.paint)];
}

export function renderRemark({ name, remark }: Remark, paint: Paint): readonly string[] {
  return renderProblem(name, remark, paint);
}

function renderProblem(name: string, failure: FailureSummary, paint: Paint): readonly string[] {
  const [first = '', ...rest] = failure.message.trim().split(/\r\n|\r|\n/u);
  const at = placeOf(failure);
  const shown = rest.length > most.messageLines ? [...rest.slice(0, most.messageLines - 1), '…'] : rest;
  return renderMessage(
    {
      severity: failure.severity === 'blocking' ? 'error' : failure.severity,
      message: name === '' ? first : `${name}: ${first}`,
      code: failure.code as DiagnosticCode,
      ...(at === undefined ? {} : { at }),
      excerpt: shown.map((line) => `  ${escapeHidden(line)}`),
      ways: failure.hints.flatMap((hint) => hint.split(/\r\n|\r|\n/u)),
    },
    paint,
  );
}

/** The last lines in a frame, wrapped: what is cut off is always what came earlier. */
function renderTail({ name, tail, log, attempts, durationMs }: FailedPart, { paint, columns }: FailureLook): readonly string[] {
  const lines = trimBlank(tail.slice(-most.tail * 2).map((line) => toPlainLine(line))).flatMap((line) => wrapText(line, columns - 4));
  if (lines.length === 0) return [];
  const shown = lines.slice(-most.tail);
  const story = `failed after ${describeElapsed(durationMs)}${attempts > 1 ? ` and ${counted(attempts, 'attempt', 'attempts')}` : ''}; its last lines:`;
  return [
    fitLine([['✖', paint.blocking], ' ', [escapeHidden(name), paint.strong], [` ${story}`, paint.faint]], columns),
    ...shown.map((line) => `  ${paint.faint('│')} ${line}`),
    ...(log === null ? [] : [`  ${paint.faint(`└ all of it: ${escapeHidden(log)}`)}`]),
  ];
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, last + 1);
}
