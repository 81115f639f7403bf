import type { RunSummary } from '../run-summary.js';
import { renderRunPicture } from './run-mermaid.js';
import type { StepNote } from './step-notes.js';
import { describeLeftOut, fitNotes, renderNotes } from './step-notes.js';
import type { Section, SectionLimits } from './summary-sections.js';
import { renderArtifacts, renderCards, renderFacts, renderNextCommand, renderNextSteps, renderOutputs, renderPhases, renderRemarks, renderVerdictLine } from './summary-sections.js';
import { byteLength, cutToBytes } from './utf8.js';

export interface JobSummaryOptions {
  /** How Tollgate is called where the reader could type. */
  readonly calledAs?: string;
  readonly stepNotes: readonly StepNote[];
  /** Over GitHub's 1 MiB the whole summary is lost. */
  readonly limitBytes?: number;
}

const usual: SectionLimits = { cards: 10, tailLines: 40, rows: 'all', rowsOfPhase: Number.POSITIVE_INFINITY, phases: Number.POSITIVE_INFINITY, outputs: 200, remarks: 200, nextLines: 100 };

/** What is given up, one thing after the other, until the rest has room. */
const frugal: readonly SectionLimits[] = [
  { ...usual, rows: 'notable' },
  { ...usual, rows: 'notable', rowsOfPhase: 50, phases: 100, outputs: 50, remarks: 50 },
  { cards: 3, tailLines: 20, rows: 'notable', rowsOfPhase: 10, phases: 20, outputs: 10, remarks: 10, nextLines: 20 },
  { cards: 1, tailLines: 10, rows: 'notable', rowsOfPhase: 0, phases: 10, outputs: 0, remarks: 0, nextLines: 0 },
  { cards: 1, tailLines: 0, rows: 'notable', rowsOfPhase: 0, phases: 0, outputs: 0, remarks: 0, nextLines: 0 },
];

/** The page of a run on GitHub: what failed, the verdict, the tables, the picture; never larger than GitHub takes. */
export function renderJobSummary(summary: RunSummary, { stepNotes, calledAs, limitBytes = 1_048_574 }: JobSummaryOptions): string {
  const fits = (text: string): boolean => byteLength(text) <= limitBytes;
  const full = renderPage(summary, usual, calledAs);
  const notes = renderNotes(stepNotes);
  const whole = [join(full, renderPicture(summary), notes), join(full, noPicture, notes)].find(fits);
  if (whole !== undefined) return whole;
  const cutNotes = fitNotes(stepNotes, limitBytes - byteLength(join(full, noPicture, [])));
  const candidates = [...(cutNotes === undefined ? [] : [join(full, noPicture, cutNotes)]), join(full, noPicture, describeLeftOut(stepNotes))];
  const fitting = candidates.find(fits);
  if (fitting !== undefined) return fitting;
  for (const limits of frugal) {
    const text = join(renderPage(summary, limits, calledAs), noPicture, describeLeftOut(stepNotes));
    if (fits(text)) return text;
  }
  return cutToBytes(`${renderVerdictLine(summary)}\n`, limitBytes);
}

/** A page without its picture, which stands between the two. */
interface Page {
  readonly head: readonly Section[];
  readonly rest: readonly Section[];
}

function renderPage(summary: RunSummary, limits: SectionLimits, calledAs: string | undefined): Page {
  return {
    head: [...renderCards(summary, limits, calledAs), ...renderNextCommand(summary), renderVerdictLine(summary), ...renderFacts(summary), ...renderPhases(summary, limits)],
    rest: [...renderOutputs(summary.outputs, limits), ...renderArtifacts(summary, limits), ...renderNextSteps(summary, limits), ...renderRemarks(summary, limits)],
  };
}

function join({ head, rest }: Page, picture: readonly Section[], notes: readonly Section[]): string {
  return `${[...head, ...picture, ...rest, ...notes].join('\n\n')}\n`;
}

const noPicture: readonly Section[] = ['_The picture of this run is left out: it would be too large._'];

/** Every label in it is escaped, and none holds a backtick. */
function renderPicture(summary: RunSummary): readonly Section[] {
  if (summary.phases.length === 0) return [];
  const picture = renderRunPicture(summary);
  return picture === undefined ? noPicture : [`\`\`\`mermaid\n${picture}\n\`\`\``];
}
