import { counted } from '../plan-words.js';
import type { PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';
import { escapeMarkdown } from '../run/escape-markdown.js';
import { describeCost, describeElapsed, describePhaseEnd, isTolerated } from '../run/run-words.js';
import { choosePhases, iconOf, renderRow } from '../run/summary-sections.js';

const longestName = 80;

/** The phases of a run, a row each. */
export function renderPhaseTable({ phases, finally: closing }: RunSummary, mostRows: number): readonly string[] {
  if (phases.length === 0 || mostRows === 0) return [];
  const shown = choosePhases(phases, mostRows).map(rowOfPhase);
  const hidden = phases.length - shown.length;
  const last = closing.length === 0 ? [] : [renderRow(['', 'finally', describeSteps(closing), '', '', ''])];
  const head = ['| | Phase | Result | Time | Cached | Cost |', '|---|---|---|--:|---|--:|'];
  return [[...head, ...shown, ...last].join('\n'), ...(hidden > 0 ? [`… and ${counted(hidden, 'phase', 'phases')} more.`] : [])];
}

function rowOfPhase(phase: PhaseSummary): string {
  const { number, id, name, status, because, durationMs, costUsd, steps } = phase;
  const ran = status !== 'skipped' && status !== 'pending';
  const title = name === null ? '' : ` · ${escapeMarkdown(name, longestName)}`;
  const result = `${describePhaseEnd(phase)}${because === null ? '' : `: ${escapeMarkdown(because, longestName)}`}`;
  const cached = steps.filter((step) => step.cached).length;
  return renderRow([
    iconOf(phase, false), `${number} ${escapeMarkdown(id, longestName)}${title}`, `${result} (${describeSteps(steps)})`,
    ran ? describeElapsed(durationMs) : '', cached === 0 ? '' : `${cached} of ${steps.length}`, costUsd > 0 ? describeCost(costUsd) : '',
  ]);
}

function describeSteps(steps: readonly StepSummary[]): string {
  const tolerated = steps.filter(isTolerated).length;
  const failed = steps.filter(({ status }) => status === 'failed' || status === 'indeterminate').length - tolerated;
  return [counted(steps.length, 'step', 'steps'), ...(failed === 0 ? [] : [`${failed} failed`]), ...(tolerated === 0 ? [] : [`${tolerated} failed and tolerated`])].join(', ');
}
