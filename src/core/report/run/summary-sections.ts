import { shortenVersion } from '../../artifact/artifact.js';
import type { Value } from '../../expression/expression.js';
import { describeBytes } from '../describe-bytes.js';
import { counted } from '../plan-words.js';
import type { CellSummary, FailureSummary, PartStatus, PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';
import { escapeMarkdown, toCode, toFence } from './escape-markdown.js';
import type { FailedPart, Remark } from './list-problems.js';
import { listFailedParts, listRemarks, placeOf } from './list-problems.js';
import { describeCells, describeCost, describeElapsed, describeEnd, describePhaseEnd, describeValue, isTolerated, listSteps, markOf } from './run-words.js';
import { describeVerdict } from './verdict.js';

/** A part of the page: whole lines, with nothing left open. */
export type Section = string;

/** How much of what there is has room. */
export interface SectionLimits {
  readonly cards: number;
  readonly tailLines: number;
  /** `notable` leaves out steps that simply succeeded. */
  readonly rows: 'all' | 'notable';
  readonly rowsOfPhase: number;
  readonly phases: number;
  readonly outputs: number;
  readonly remarks: number;
  readonly nextLines: number;
}

const labels = { blocking: 'BLOCKING', warning: 'WARNING', info: 'INFO' } as const;
const most = { name: 160, message: 2_000, hint: 600, lineOfTail: 1_000, hints: 12, place: 300, because: 200, cells: 50 };

export function renderCards(summary: RunSummary, limits: SectionLimits, calledAs: string | undefined): readonly Section[] {
  const failed = listFailedParts(summary);
  const shown = failed.slice(0, limits.cards);
  const hidden = failed.length - shown.length;
  return [
    ...shown.flatMap((part) => [renderCard(part, calledAs), ...renderTail(part, limits)]),
    ...(hidden > 0 && shown.length > 0 ? [`… and ${counted(hidden, 'failure', 'failures')} more.`] : []),
  ];
}

function renderCard({ name, failure, ways }: FailedPart, calledAs: string | undefined): Section {
  const known = ways.length > 0 || calledAs === undefined ? ways : [`Run: ${calledAs} errors ${failure.code}`];
  return ['> [!CAUTION]', ...renderProblem(name, failure, known).map((line) => `> ${line}`)].join('\n');
}

/** The one form of a message, a line each, broken where the page breaks. */
function renderProblem(name: string, failure: FailureSummary, ways: readonly string[]): readonly string[] {
  const at = placeOf(failure);
  const lines = [
    `**&#91;${labels[failure.severity]}&#93;** ${name === '' ? '' : `${escapeMarkdown(name, most.name)}: `}${escapeLines(failure.message)} (${escapeMarkdown(failure.code, 20)})`,
    ...(at === undefined ? [] : [`at ${toCode(at, most.place)}`]),
    ...ways.slice(0, most.hints).map((way) => `→ ${renderWay(way)}`),
  ];
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line}<br>`));
}

/** What comes behind «Run:» is there to be copied. */
function renderWay(way: string): string {
  const [, verb, command] = /^(Run|Or|Write|Then): (.+)$/su.exec(way) ?? [];
  return verb === undefined || command === undefined ? escapeLines(way, most.hint) : `${verb}: ${toCode(command, most.hint)}`;
}

function escapeLines(text: string, length = most.message): string {
  return text.slice(0, length).trim().split(/\r\n|\r|\n/u).map((line) => escapeMarkdown(line, length)).join('<br>');
}

function renderTail({ name, tail, log }: FailedPart, { tailLines }: SectionLimits): readonly Section[] {
  const lines = tail.slice(-tailLines).map((line) => (line.length > most.lineOfTail ? `${line.slice(0, most.lineOfTail)}…` : line));
  if (tailLines === 0 || lines.every((line) => line.trim() === '')) return [];
  const whole = log === null ? '' : ` (all of it: ${toCode(log, most.place)})`;
  return [`The last lines of ${escapeMarkdown(name, most.name)}${whole}:`, toFence(lines, 'text')];
}

export function renderNextCommand({ nextCommand }: RunSummary): readonly Section[] {
  return nextCommand === null ? [] : ['**Run next:**', toFence([nextCommand.slice(0, 2_000)], 'sh')];
}

const tones = { good: '✅', bad: '❌', unsure: '🟡', busy: '⏳' } as const;

export function renderVerdictLine(summary: RunSummary): Section {
  const { label, tone, sentence } = describeVerdict(summary);
  return `## ${tones[tone]} ${label} — ${escapeMarkdown(sentence)}`;
}

/** What is known beside the verdict. */
export function renderFacts(summary: RunSummary): readonly Section[] {
  const { notes } = describeVerdict(summary);
  const { commit, actor } = summary;
  const facts = [
    ...notes.map((note) => escapeMarkdown(note)),
    ...(commit === null ? [] : [`commit ${toCode(commit.slice(0, 12))}`]),
    ...(actor === null ? [] : [`by ${escapeMarkdown(actor, most.name)}`]),
  ];
  return facts.length === 0 ? [] : [`Run ${toCode(summary.runId, most.name)} · ${facts.join(' · ')}`];
}

export function renderPhases({ phases, finally: closing }: RunSummary, limits: SectionLimits): readonly Section[] {
  const asked = phases.filter((phase) => !isLeftOut(phase));
  const shown = choosePhases(asked, limits.phases);
  const hidden = asked.length - shown.length;
  return [
    ...shown.flatMap((phase) => renderPhase(phase, limits)),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'phase', 'phases')} more.`] : []),
    ...(limits.phases === 0 ? [] : renderLeftOut(phases.filter(isLeftOut))),
    ...(closing.length === 0 || limits.phases === 0 ? [] : ['### finally', ...renderTable(closing, limits)]),
  ];
}

/** Not what the call asked for: of that a line is enough. */
function isLeftOut({ status, because, failure }: PhaseSummary): boolean {
  return status === 'skipped' && failure === null && because?.startsWith('left out by ') === true;
}

const mostLeftOut = 20;

function renderLeftOut(phases: readonly PhaseSummary[]): readonly Section[] {
  return [...new Set(phases.map(({ because }) => because ?? ''))].map((because) => {
    const own = phases.filter((phase) => phase.because === because);
    const hidden = own.length - mostLeftOut;
    const names = own.slice(0, mostLeftOut).map(({ number, id }) => `${number} ${escapeMarkdown(id, most.name)}`).join(', ');
    return `L${escapeMarkdown(because, most.because).slice(1)}: ${names}${hidden > 0 ? ` and ${hidden} more` : ''}.`;
  });
}

/** In their order; where there is no room for all, those that simply succeeded go first. */
export function choosePhases(phases: readonly PhaseSummary[], most: number): readonly PhaseSummary[] {
  if (phases.length <= most) return phases;
  return [...phases].sort((a, b) => Number(a.status === 'succeeded') - Number(b.status === 'succeeded')).slice(0, most).sort((a, b) => a.number - b.number);
}

function renderPhase(phase: PhaseSummary, limits: SectionLimits): readonly Section[] {
  const { number, id, name, status, because, durationMs, costUsd, steps } = phase;
  const ran = status !== 'skipped' && status !== 'pending';
  const facts = [
    `${describePhaseEnd(phase)}${because === null ? '' : `: ${escapeMarkdown(because, most.because)}`}`,
    ...(ran ? [describeElapsed(durationMs)] : []),
    ...(costUsd > 0 ? [describeCost(costUsd)] : []),
  ];
  const title = name === null ? '' : ` · ${escapeMarkdown(name, most.name)}`;
  const heading = `### ${iconOf(phase, false)} ${number} ${escapeMarkdown(id, most.name)}${title} — ${facts.join(', ')}`;
  if (!ran && phase.failure === null) return [heading, ...(steps.length === 0 ? [] : [`${counted(steps.length, 'step', 'steps')}, none of them started.`])];
  return [heading, ...renderTable(steps, limits)];
}

function renderTable(steps: readonly StepSummary[], { rows, rowsOfPhase }: SectionLimits): readonly Section[] {
  const wanted = rows === 'all' ? steps : steps.filter((step) => step.status !== 'succeeded');
  const shown = wanted.slice(0, rowsOfPhase);
  const quiet = steps.length - wanted.length;
  const hidden = wanted.length - shown.length;
  const left = [...(quiet > 0 ? [`${counted(quiet, 'step', 'steps')} succeeded`] : []), ...(hidden > 0 ? [`${counted(hidden, 'more step is', 'more steps are')} not shown`] : [])];
  const head = ['| | Step | Result | Time | Cached | Cost |', '|---|---|---|--:|---|--:|'];
  return [...(shown.length === 0 ? [] : [[...head, ...shown.flatMap((step) => rowsOfStep(step, rows))].join('\n')]), ...(left.length === 0 ? [] : [`${left.join(', ')}.`])];
}

function rowsOfStep(step: StepSummary, rows: SectionLimits['rows']): readonly string[] {
  const { status, number, id, phase, name, because, attempts, cells, durationMs, cached, costUsd, background } = step;
  const notes = [...(attempts > 1 ? [`${attempts} attempts`] : []), ...(cells === null ? [] : [describeCells(cells)]), ...(background ? ['background'] : [])];
  const title = name === null ? '' : ` · ${escapeMarkdown(name, most.name)}`;
  const result = `${describeEnd(step)}${inBrackets(notes)}${because === null ? '' : `: ${escapeMarkdown(because, most.because)}`}`;
  const ownRow = renderRow([iconOf(step, isTolerated(step)), `${phase === null ? '' : `${escapeMarkdown(number, 40)} `}${escapeMarkdown(id, most.name)}${title}`, result, timeOf(status, durationMs), cached ? 'yes' : '', costUsd > 0 ? describeCost(costUsd) : '']);
  const shown = (cells ?? []).filter((cell) => rows === 'all' || cell.status !== 'succeeded').slice(0, most.cells);
  return [ownRow, ...shown.map(rowOfCell)];
}

function rowOfCell(cell: CellSummary): string {
  const { label, attempts, status, durationMs, cached } = cell;
  return renderRow([iconOf(cell, isTolerated(cell)), `↳ ${escapeMarkdown(label, most.name)}`, `${describeEnd(cell)}${inBrackets(attempts > 1 ? [`${attempts} attempts`] : [])}`, timeOf(status, durationMs), cached ? 'yes' : '', '']);
}

function inBrackets(notes: readonly string[]): string {
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
}

/** A row of a table, whose cells hold no sign that ends one. */
export function renderRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function timeOf(status: PartStatus, durationMs: number): string {
  return status === 'skipped' || status === 'pending' ? '' : describeElapsed(durationMs);
}

const icons: Readonly<Partial<Record<PartStatus, string>>> = { succeeded: '✅', failed: '❌', indeterminate: '❌', cancelled: '🟡', running: '⏳' };

export function iconOf({ status }: { readonly status: PartStatus }, tolerated: boolean): string {
  return tolerated ? '⚠️' : (icons[status] ?? markOf(status));
}

export function renderOutputs(outputs: Readonly<Record<string, Value>>, { outputs: mostOutputs }: SectionLimits): readonly Section[] {
  const all = Object.entries(outputs);
  const shown = all.slice(0, mostOutputs);
  if (shown.length === 0) return [];
  const hidden = all.length - shown.length;
  const rows = shown.map(([name, value]) => renderRow([toCode(name, most.name), toCode(describeValue(value), 1_000)]));
  return ['### Outputs', ['| Output | Value |', '|---|---|', ...rows].join('\n'), ...(hidden > 0 ? [`… and ${counted(hidden, 'output', 'outputs')} more.`] : [])];
}

/** As many as outputs. */
export function renderArtifacts(summary: RunSummary, { outputs: mostArtifacts }: SectionLimits): readonly Section[] {
  const all = listSteps(summary).flatMap(({ artifacts }) => artifacts);
  const shown = all.slice(0, mostArtifacts);
  if (shown.length === 0) return [];
  const hidden = all.length - shown.length;
  const rows = shown.map(({ name, version, files, size, reference }) => renderRow([toCode(name, most.name), toCode(shortenVersion(version)), counted(files, 'file', 'files'), describeBytes(size), toCode(reference, most.place)]));
  return ['### Artifacts', ['| Artifact | Version | Files | Size | Named |', '|---|---|--:|--:|---|', ...rows].join('\n'), ...(hidden > 0 ? [`… and ${counted(hidden, 'artifact', 'artifacts')} more.`] : [])];
}

/** Shown as written: there are commands in it, and values from outside. */
export function renderNextSteps({ nextSteps }: RunSummary, { nextLines }: SectionLimits): readonly Section[] {
  const lines = (nextSteps ?? '').trim().split(/\r\n|\r|\n/u).slice(0, nextLines);
  return lines.join('') === '' ? [] : ['### Next steps', toFence(lines.map((line) => line.slice(0, most.lineOfTail)), 'text')];
}

export function renderRemarks(summary: RunSummary, { remarks: mostRemarks }: SectionLimits): readonly Section[] {
  const all = listRemarks(summary);
  const shown = all.slice(0, mostRemarks);
  if (shown.length === 0) return [];
  const hidden = all.length - shown.length;
  return ['### Warnings and notes', shown.map(renderRemark).join('\n'), ...(hidden > 0 ? [`… and ${counted(hidden, 'message', 'messages')} more.`] : [])];
}

function renderRemark({ name, remark }: Remark): string {
  return renderProblem(name, remark, remark.hints).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`).join('\n');
}
