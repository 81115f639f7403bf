import type { JournalHeader, JournalPoint } from '../../src/core/journal/journal-header.js';
import { journalFormat } from '../../src/core/journal/journal-header.js';
import { encodeLine, firstCheck } from '../../src/core/journal/journal-line.js';
import type { RunEvent } from '../../src/core/run/run-event.js';

export interface WrittenEpoch {
  readonly bytes: Buffer;
  /** Where each line begins, the header's first, and where the last one ends. */
  readonly starts: readonly number[];
  readonly end: JournalPoint;
}

/** The file of an epoch as its owner would have left it. */
export function writeEpoch(events: readonly unknown[], given: Partial<JournalHeader> = {}): WrittenEpoch {
  const header: JournalHeader = { format: journalFormat, run: 'run', epoch: 1, follows: null, at: 0, tollgate: '1.2.3', ...given };
  let seq = header.follows?.seq ?? 0;
  let line = encodeLine(firstCheck, seq, JSON.stringify(header));
  const lines = [line.text];
  for (const event of events) {
    line = encodeLine(line.check, (seq += 1), JSON.stringify(event));
    lines.push(line.text);
  }
  const starts = [0];
  for (const text of lines) starts.push((starts.at(-1) ?? 0) + Buffer.byteLength(text));
  return { bytes: Buffer.from(lines.join('')), starts, end: { epoch: header.epoch, seq, check: line.check } };
}

/** A small event that is like no other. */
export function eventOf(number: number, text = ''): RunEvent {
  return { kind: 'phase-skipped', phase: `p${number}`, reason: 'when', because: text, at: number };
}
