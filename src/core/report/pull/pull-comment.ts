import { counted } from '../plan-words.js';
import type { RunSummary } from '../run-summary.js';
import { toLink } from '../run/escape-markdown.js';
import { listRemarks } from '../run/list-problems.js';
import { listSteps } from '../run/run-words.js';
import type { Section, SectionLimits } from '../run/summary-sections.js';
import { renderCards, renderFacts, renderNextCommand, renderPhases, renderRemarks, renderVerdictLine } from '../run/summary-sections.js';
import { byteLength } from '../run/utf8.js';
import { fitMarkdown, limits } from './fit-markdown.js';
import { renderPhaseTable } from './phase-table.js';
import type { PullPlace, PullStamp } from './pull-marker.js';
import { makePullMarker, writePullStamp } from './pull-marker.js';

export interface PullCommentOptions {
  readonly place: PullPlace;
  readonly stamp: PullStamp;
  /** The page of the run, where the job summary is. */
  readonly runUrl?: string;
  /** How Tollgate is called where the reader could type. */
  readonly calledAs?: string;
  readonly limitBytes?: number;
}

const usual: SectionLimits = { cards: 3, tailLines: 15, rows: 'all', rowsOfPhase: 60, phases: 40, outputs: 0, remarks: 20, nextLines: 0 };

/** What is given up, one thing after the other, until the rest has room. */
const choices: readonly SectionLimits[] = [
  usual,
  { ...usual, rows: 'notable', rowsOfPhase: 20, remarks: 10 },
  { ...usual, tailLines: 10, rows: 'notable', rowsOfPhase: 5, phases: 20, remarks: 3 },
  { ...usual, cards: 1, tailLines: 10, rows: 'notable', rowsOfPhase: 0, phases: 10, remarks: 0 },
  { ...usual, cards: 1, tailLines: 0, rows: 'notable', rowsOfPhase: 0, phases: 0, remarks: 0 },
];

/** A run as a comment on its pull request: the verdict, what failed, what to type, the phases; all steps folded in. */
export function renderPullComment(summary: RunSummary, options: PullCommentOptions): string {
  const { place, stamp, limitBytes = limits.comment } = options;
  const head = `${makePullMarker(place)}\n${writePullStamp(stamp)}\n`;
  const room = limitBytes - byteLength(head) - 1;
  for (const most of choices) {
    const page = renderPage(summary, most, options);
    if (byteLength(page) <= room) return `${head}${page}\n`;
  }
  return `${head}${fitMarkdown(renderVerdictLine(summary), room)}\n`;
}

function renderPage(summary: RunSummary, most: SectionLimits, { calledAs, runUrl }: PullCommentOptions): string {
  return [
    renderVerdictLine(summary),
    ...renderCards(summary, most, calledAs),
    ...renderNextCommand(summary),
    ...renderPhaseTable(summary, most.phases),
    ...renderFolded(describeSteps(summary), most.phases === 0 ? [] : renderPhases(summary, most)),
    ...renderFolded(counted(listRemarks(summary).length, 'warning or note', 'warnings and notes'), renderRemarks(summary, most).slice(1)),
    renderFoot(summary, runUrl),
  ].join('\n\n');
}

function describeSteps(summary: RunSummary): string {
  const steps = listSteps(summary);
  const cached = steps.filter((step) => step.cached).length;
  return `${counted(steps.length, 'step', 'steps')}${cached === 0 ? '' : `, ${cached} cached`}`;
}

/** Empty lines around: without them what is inside is taken for HTML. */
function renderFolded(title: string, sections: readonly Section[]): readonly Section[] {
  return sections.length === 0 ? [] : [`<details><summary>${title}</summary>`, ...sections, '</details>'];
}

function renderFoot(summary: RunSummary, runUrl: string | undefined): Section {
  const where = runUrl === undefined ? 'The job summary has all of it.' : `${toLink('The job summary', runUrl)} has all of it.`;
  return [...renderFacts(summary), where].join(' · ');
}
