import type { JournalReading } from '../../journal/join-epochs.js';
import type { RunEvent } from '../../run/run-event.js';
import { labelOf } from '../summarize-run.js';
import type { EventTone, NameCell } from './describe-event.js';
import { describeEvent } from './describe-event.js';
import { describeElapsed } from './run-words.js';

/** Something that a run went through, or that whoever tells it has to say in between. */
export interface StoryLine {
  /** Null for what no event says. */
  readonly event: RunEvent | null;
  /** Since the first event. */
  readonly elapsedMs: number;
  readonly mark: string;
  readonly text: string;
  readonly tone: EventTone;
}

/** The story of a run from its journal, an event a line. Where another process has gone on with it stands in between. */
export function tellStory({ events, epochs, torn }: Pick<JournalReading, 'events' | 'epochs' | 'torn'>): readonly StoryLine[] {
  const lines: StoryLine[] = [];
  const cells = new Map<string, NameCell>();
  const nameCell: NameCell = (step, cell) => cells.get(step)?.(step, cell) ?? step;
  const start = events[0]?.at ?? 0;
  const beginnings = new Map<number, (typeof epochs)[number]>();
  let before = 0;
  epochs.forEach((epoch, index) => {
    if (index > 0) beginnings.set(before, epoch);
    before += epoch.taken;
  });
  const announce = (index: number): void => {
    const epoch = beginnings.get(index);
    if (epoch === undefined) return;
    const last = events[index - 1];
    const wasCut = last !== undefined && !isEnd(last);
    const later = last === undefined ? '' : `, ${describeElapsed(epoch.at - last.at)} later`;
    lines.push({ event: null, elapsedMs: epoch.at - start, mark: '✂', tone: 'unsure', text: `${wasCut ? 'the process before was cut short here; ' : ''}another process took over${later} (tollgate ${epoch.tollgate})` });
  };
  events.forEach((event, index) => {
    announce(index);
    if (event.kind === 'step-opened') cells.set(event.step, event.isMatrix ? (step, cell) => `${step}[${labelOf(event.cells[cell] ?? {})}]` : (step) => step);
    lines.push({ event, elapsedMs: event.at - start, ...describeEvent(event, nameCell) });
  });
  announce(events.length);
  const last = events.at(-1);
  if (last !== undefined && !isEnd(last)) lines.push({ event: null, elapsedMs: last.at - start, mark: '✂', tone: 'unsure', text: torn ? 'here it stops, in the middle of a record: the process was ended while it wrote' : 'here it stops: nothing more was written' });
  return lines;
}

function isEnd({ kind }: RunEvent): boolean {
  return kind === 'run-ended' || kind === 'run-paused';
}
