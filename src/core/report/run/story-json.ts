import type { StoryLine } from './tell-story.js';

/** What `replay --json` says of each line; `kind` is null for what stands between events. */
export function toStoryJson(lines: readonly StoryLine[]) {
  return lines.map(({ event, elapsedMs, text }) => ({
    elapsed_ms: elapsedMs,
    at: event === null ? null : new Date(event.at).toISOString(),
    kind: event?.kind ?? null,
    phase: event !== null && 'phase' in event ? event.phase : null,
    step: event !== null && 'step' in event ? event.step : null,
    cell: event !== null && 'cell' in event ? event.cell : null,
    text,
  }));
}
