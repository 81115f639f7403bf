import { cutToWidth, escapeHidden } from '../visible-text.js';
import type { RunSummary } from '../run-summary.js';
import { listFailedParts } from './list-problems.js';
import { describeCost, describeElapsed, listSteps, oneLine } from './run-words.js';

/** The answer to «how did it go», in one line. */
export interface VerdictLine {
  /** `GO`, `NO-GO`, or what else there is to say in a word. */
  readonly label: string;
  readonly tone: 'good' | 'bad' | 'unsure' | 'busy';
  /** «release succeeded in 42.3 s». */
  readonly sentence: string;
  /** What is worth knowing beside it, such as `3 of 14 steps cached`. */
  readonly notes: readonly string[];
}

const widestText = 120;

export function describeVerdict(summary: RunSummary): VerdictLine {
  const { status, durationMs } = summary;
  const name = short(summary.workflow);
  const elapsed = describeElapsed(durationMs);
  const notes = [...describeCached(summary), ...(summary.kept > 0 ? [`${summary.kept} kept`] : []), ...(summary.costUsd > 0 ? [describeCost(summary.costUsd)] : []), ...(summary.attempt > 1 ? [`attempt ${summary.attempt}`] : [])];
  switch (status) {
    case 'succeeded':
      return describeSuccess(summary, { name, elapsed, notes });
    case 'failed': {
      const label = summary.verdict === 'no-go' ? 'NO-GO' : 'FAILED';
      return { label, tone: 'bad', sentence: `${name} failed after ${elapsed}${nameFirst(summary)}`, notes: [...partialNote(summary), ...notes] };
    }
    case 'cancelled':
      return { label: 'CANCELLED', tone: 'unsure', sentence: `${name} was cancelled after ${elapsed}`, notes: [...describeReason(summary), ...partialNote(summary), ...notes] };
    case 'paused':
      return { label: 'PAUSED', tone: 'unsure', sentence: `${name} stopped after ${elapsed} and can go on`, notes: [...describeReason(summary), ...notes] };
    case 'running':
      return { label: 'RUNNING', tone: 'busy', sentence: `${name} for ${elapsed}`, notes };
  }
}

function describeSuccess(summary: RunSummary, { name, elapsed, notes }: { readonly name: string; readonly elapsed: string; readonly notes: readonly string[] }): VerdictLine {
  const { endedEarly, partial } = summary;
  if (endedEarly !== null) {
    return { label: label(summary), tone: 'good', sentence: `${name} ended early after ${elapsed}: ${short(endedEarly.message)} (${short(endedEarly.step)})`, notes: [...partialNote(summary), ...notes] };
  }
  if (partial.length > 0) return { label: 'PARTIAL', tone: 'unsure', sentence: `${name} succeeded in ${elapsed}, as far as it was asked for`, notes: [...partialNote(summary), ...notes] };
  return { label: label(summary), tone: 'good', sentence: `${name} succeeded in ${elapsed}`, notes };
}

/** A partial run has no verdict, however well it went. */
function label({ verdict, partial }: RunSummary): string {
  if (partial.length > 0) return 'PARTIAL';
  return verdict === 'go' ? 'GO' : verdict === 'no-go' ? 'NO-GO' : 'SUCCEEDED';
}

function nameFirst(summary: RunSummary): string {
  const failed = listFailedParts(summary);
  const [first] = failed;
  if (first === undefined || first.name === summary.workflow) return '';
  const others = failed.length - 1;
  return ` at ${short(first.name)}${others === 0 ? '' : ` and ${others} more`}`;
}

function describeReason({ reason }: RunSummary): readonly string[] {
  return reason === null ? [] : [short(reason.replaceAll('_', ' '))];
}

function partialNote({ partial }: RunSummary): readonly string[] {
  return partial.length === 0 ? [] : [short(`partial: ${partial.join(', ')}`)];
}

function describeCached(summary: RunSummary): readonly string[] {
  const steps = listSteps(summary);
  const cached = steps.filter((step) => step.cached).length;
  return cached === 0 ? [] : [`${cached} of ${steps.length} steps cached`];
}

function short(text: string): string {
  return cutToWidth(escapeHidden(oneLine(text.slice(0, 10 * widestText))), widestText);
}
