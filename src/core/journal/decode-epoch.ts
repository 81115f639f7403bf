import type { RunEvent } from '../run/run-event.js';
import type { JournalHeader } from './journal-header.js';
import { journalFormat, readHeader } from './journal-header.js';
import { decodeLine, firstCheck } from './journal-line.js';

/** The file of one epoch, as far as it is good. */
export type DecodedEpoch =
  | ReadEpoch
  | { readonly kind: 'newer'; readonly format: number; readonly tollgate: string }
  | { readonly kind: 'unreadable'; readonly problem: string };

export interface ReadEpoch {
  readonly kind: 'read';
  readonly header: JournalHeader;
  /** The check of the header, then of every record. */
  readonly checks: readonly string[];
  readonly events: readonly RunEvent[];
  /** Where good records end before the file does. */
  readonly damage: { readonly offset: number; readonly problem: string } | null;
  /** The last line was written in part. */
  readonly torn: boolean;
}

/** Reads until the first line that was not written so. Whatever the bytes are, it answers. */
export function decodeEpoch(bytes: Uint8Array, expected: { readonly run: string; readonly epoch: number }): DecodedEpoch {
  if (bytes.length === 0) return unreadable('it is empty');
  const first = decodeLine(bytes, 0, firstCheck);
  if (first.kind !== 'line') return unreadable(first.kind === 'torn' ? 'it ends in its first line' : first.problem);
  const header = readHeader(first.value);
  if (header === undefined) return unreadable('its first line is not that of a journal');
  if (header.format > journalFormat) return { kind: 'newer', format: header.format, tollgate: header.tollgate };
  if (header.run !== expected.run) return unreadable(`it is of run ${header.run}`);
  if (header.epoch !== expected.epoch || first.seq !== (header.follows?.seq ?? 0)) return unreadable(`it is of epoch ${header.epoch}`);

  const checks = [first.check];
  const events: RunEvent[] = [];
  const stop = (offset: number, problem: string | null): ReadEpoch => ({ kind: 'read', header, checks, events, damage: problem === null ? null : { offset, problem }, torn: problem === null && offset < bytes.length });
  let offset = first.end;
  for (let { check } = first; offset < bytes.length; ) {
    const line = decodeLine(bytes, offset, check);
    if (line.kind === 'torn') return stop(offset, null);
    if (line.kind === 'damaged') return stop(offset, line.problem);
    if (line.seq !== first.seq + checks.length || !isEvent(line.value)) return stop(offset, 'what stands here was never a record');
    ({ check } = line);
    checks.push(check);
    events.push(line.value);
    offset = line.end;
  }
  return stop(offset, null);
}

function unreadable(problem: string): DecodedEpoch {
  return { kind: 'unreadable', problem };
}

/** More need not be asked of what its check proves to have been written by us. */
function isEvent(value: unknown): value is RunEvent {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}
