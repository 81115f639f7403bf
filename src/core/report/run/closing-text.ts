import type { Value } from '../../expression/expression.js';
import { describeBytes } from '../describe-bytes.js';
import { counted } from '../plan-words.js';
import type { RunSummary } from '../run-summary.js';
import { cutToWidth, escapeHidden, widthOf } from '../visible-text.js';
import { renderClosingTable } from './closing-table.js';
import type { FailureLook } from './failure-text.js';
import { renderFailedPart, renderRemark } from './failure-text.js';
import type { Piece } from './fit-line.js';
import { fitLine, padTo } from './fit-line.js';
import { listFailedParts, listRemarks } from './list-problems.js';
import { cutText, describeValue, listSteps, oneLine } from './run-words.js';
import { describeVerdict } from './verdict.js';

export type ClosingLook = FailureLook;

const most = { failures: 5, remarks: 20, outputs: 30, artifacts: 30, valueLength: 400, nextLines: 40 };

/**
 * What stands in a terminal once a run has ended. What failed comes first, then the verdict and the table; the last
 * line, next to where a person types, is the command to type.
 */
export function renderClosing(summary: RunSummary, look: ClosingLook): string {
  const blocks = [
    ...renderFailures(summary, look),
    ...renderRemarks(summary, look),
    renderVerdict(summary, look),
    renderClosingTable(summary, look),
    renderOutputs(summary.outputs, look),
    renderArtifacts(summary, look),
    renderNextSteps(summary, look),
    renderNextCommand(summary, look),
  ];
  return blocks.filter((block) => block.length > 0).map((block) => block.map((line) => `${line.trimEnd()}\n`).join('')).join('\n');
}

function renderFailures(summary: RunSummary, look: FailureLook): readonly (readonly string[])[] {
  const failed = listFailedParts(summary);
  const hidden = failed.length - most.failures;
  return [...failed.slice(0, most.failures).map((part) => renderFailedPart(part, look)), hidden > 0 ? [look.paint.faint(`… and ${counted(hidden, 'failure', 'failures')} more, in the table below`)] : []];
}

function renderRemarks(summary: RunSummary, { paint }: FailureLook): readonly (readonly string[])[] {
  const remarks = listRemarks(summary);
  const hidden = remarks.length - most.remarks;
  return [remarks.slice(0, most.remarks).flatMap((remark) => renderRemark(remark, paint)), hidden > 0 ? [paint.faint(`… and ${counted(hidden, 'message', 'messages')} more`)] : []];
}

/** Its notes stand beside it where there is room, else below. */
function renderVerdict(summary: RunSummary, { paint, columns }: FailureLook): readonly string[] {
  const { label, tone, sentence, notes } = describeVerdict(summary);
  const color = { good: paint.good, bad: paint.blocking, unsure: paint.warning, busy: paint.info }[tone];
  const answer: readonly Piece[] = [[label, (text) => color(paint.strong(text))], '  ', sentence];
  const beside = notes.map((note) => ` · ${note}`).join('');
  if (widthOf(`${label}  ${sentence}${beside}`) <= columns) return [fitLine([...answer, [beside, paint.faint]], columns)];
  const indent = ' '.repeat(label.length + 2);
  return [fitLine(answer, columns), fitLine([indent, [notes.join(' · '), paint.faint]], columns)];
}

function renderOutputs(outputs: Readonly<Record<string, Value>>, { paint, columns }: FailureLook): readonly string[] {
  const all = Object.entries(outputs);
  if (all.length === 0) return [];
  const shown = all.slice(0, most.outputs).map(([name, value]) => [escapeHidden(name), describeOutput(value)] as const);
  const names = Math.min(32, columns, shown.reduce((width, [name]) => Math.max(width, widthOf(name)), 0));
  return [
    paint.strong('outputs'),
    ...shown.map(([name, value]) => `  ${padTo(cutToWidth(name, names), names)}  ${value}`),
    ...(all.length > shown.length ? [paint.faint(`  … and ${counted(all.length - shown.length, 'output', 'outputs')} more; --json has them all`)] : []),
  ];
}

/** Where a person finds the files. */
function renderArtifacts(summary: RunSummary, { paint, columns }: FailureLook): readonly string[] {
  const all = listSteps(summary).flatMap(({ artifacts }) => artifacts);
  if (all.length === 0) return [];
  const shown = all.slice(0, most.artifacts).map(({ name, files, size, path, reference }) => [escapeHidden(name), `${counted(files, 'file', 'files')}, ${describeBytes(size)}`, escapeHidden(path ?? reference)] as const);
  const widest = (column: 0 | 1): number => shown.reduce((width, row) => Math.max(width, widthOf(row[column])), 0);
  const names = Math.min(32, columns, widest(0));
  return [
    paint.strong('artifacts'),
    ...shown.map(([name, what, path]) => `  ${padTo(cutToWidth(name, names), names)}  ${padTo(what, widest(1))}  ${path}`),
    ...(all.length > shown.length ? [paint.faint(`  … and ${counted(all.length - shown.length, 'artifact', 'artifacts')} more; artifacts ls has them all`)] : []),
  ];
}

/** A value is there to be copied: it is cut where it would fill the screen, and says so. */
function describeOutput(value: Value): string {
  const text = describeValue(value);
  const [first = '', ...rest] = text.split(/\r\n|\r|\n/u);
  const shown = escapeHidden(cutText(first, most.valueLength));
  return rest.length === 0 ? shown : `${shown} … (${rest.length + 1} lines)`;
}

function renderNextSteps({ nextSteps }: RunSummary, { paint }: FailureLook): readonly string[] {
  const lines = (nextSteps ?? '').trim().split(/\r\n|\r|\n/u);
  if (lines.join('') === '') return [];
  return [paint.strong('next steps'), ...lines.slice(0, most.nextLines).map((line) => `  ${escapeHidden(line.replaceAll('\t', '    '))}`)];
}

function renderNextCommand({ nextCommand }: RunSummary, { paint }: FailureLook): readonly string[] {
  return nextCommand === null ? [] : [`${paint.good('→')} Run: ${paint.strong(escapeHidden(oneLine(nextCommand)))}`];
}
