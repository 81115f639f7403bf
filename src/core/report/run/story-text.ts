import type { Paint } from '../paint.js';
import { escapeHidden } from '../visible-text.js';
import type { EventTone } from './describe-event.js';
import { oneLine } from './run-words.js';
import type { StoryLine } from './tell-story.js';

/** A line for each event, with the time since the run began. */
export function renderStory(lines: readonly StoryLine[], paint: Paint): string {
  const width = Math.max(0, ...lines.map(({ elapsedMs }) => describeOffset(elapsedMs).length));
  const colors: Readonly<Record<EventTone, (text: string) => string>> = { good: paint.good, bad: paint.blocking, unsure: paint.warning, busy: paint.info, plain: (text) => text };
  return lines.map(({ elapsedMs, mark, text, tone }) => `${paint.faint(describeOffset(elapsedMs).padStart(width))}  ${colors[tone](mark)} ${escapeHidden(oneLine(text))}\n`).join('');
}

/** `0.146`, `3:12.040`, `2:05:00.000`: below one another the points stand in one column. */
export function describeOffset(elapsedMs: number): string {
  const ms = Math.max(0, Math.round(elapsedMs));
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const rest = ((ms % 60_000) / 1_000).toFixed(3);
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, '0')}:${rest.padStart(6, '0')}`;
  return minutes > 0 ? `${minutes}:${rest.padStart(6, '0')}` : rest;
}
