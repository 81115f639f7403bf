import type { FileFindings } from '../diagnostics-text.js';
import type { RunSummary } from '../run-summary.js';
import type { SectionLimits } from '../run/summary-sections.js';
import { renderCards, renderFacts, renderNextCommand, renderPhases, renderRemarks, renderVerdictLine } from '../run/summary-sections.js';
import { byteLength } from '../run/utf8.js';
import { describeVerdict } from '../run/verdict.js';
import type { CheckAnnotation } from './check-annotations.js';
import { annotateFindings, annotateRun, chooseAnnotations } from './check-annotations.js';
import { fitMarkdown, fitPlain, limits } from './fit-markdown.js';
import { renderPhaseTable } from './phase-table.js';

/** What GitHub takes for the end of a check; what is `neutral` lets a required check pass. */
export type CheckConclusion = 'success' | 'failure' | 'neutral' | 'cancelled' | 'action_required';

/** A run as a check of a commit. */
export interface CheckRun {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly conclusion: CheckConclusion;
  readonly annotations: readonly CheckAnnotation[];
}

export interface CheckRunOptions {
  readonly findings?: readonly FileFindings[];
  readonly calledAs?: string;
  readonly mostAnnotations?: number;
}

const usual: SectionLimits = { cards: 5, tailLines: 40, rows: 'all', rowsOfPhase: 200, phases: 100, outputs: 0, remarks: 50, nextLines: 0 };

/** What is given up, one thing after the other, until the rest has room. */
const choices: readonly SectionLimits[] = [
  usual,
  { ...usual, rows: 'notable', rowsOfPhase: 50 },
  { ...usual, cards: 3, tailLines: 10, rows: 'notable', rowsOfPhase: 10, phases: 20, remarks: 10 },
  { ...usual, cards: 1, tailLines: 10, rows: 'notable', rowsOfPhase: 0, phases: 10, remarks: 0 },
];

/** Ten requests of fifty. */
const mostAnnotations = 500;

export function toCheckRun(summary: RunSummary, options: CheckRunOptions = {}): CheckRun {
  const { findings = [], calledAs } = options;
  const { label, sentence } = describeVerdict(summary);
  const { shown, hidden } = chooseAnnotations([...annotateRun(summary), ...annotateFindings(findings)], options.mostAnnotations ?? mostAnnotations);
  const left = hidden === 0 ? [] : [`${hidden} more problems have no room beside their lines: the job summary has the table of all steps.`];
  return {
    title: fitPlain(`${label} — ${sentence}`, limits.title),
    summary: fitFirst((most) => [renderVerdictLine(summary), ...renderCards(summary, most, calledAs), ...renderNextCommand(summary), ...renderPhaseTable(summary, most.phases), ...left, ...renderFacts(summary)]),
    text: fitFirst((most) => [...renderPhases(summary, most), ...renderRemarks(summary, most)]),
    conclusion: concludeRun(summary),
    annotations: shown,
  };
}

function fitFirst(render: (most: SectionLimits) => readonly string[]): string {
  let text = '';
  for (const most of choices) {
    text = render(most).join('\n\n');
    if (byteLength(text) <= limits.checkText) return text;
  }
  return fitMarkdown(text, limits.checkText);
}

/** Success is for a verdict that holds; a run that goes on elsewhere, or was cut short, never passes for one. */
function concludeRun({ status, verdict, partial }: RunSummary): CheckConclusion {
  switch (status) {
    case 'succeeded':
      if (verdict === 'no-go') return 'failure';
      return partial.length > 0 ? 'neutral' : 'success';
    case 'failed':
      return 'failure';
    case 'paused':
      return 'action_required';
    case 'cancelled':
    case 'running':
      return 'cancelled';
  }
}
