import type { RunEvent } from '../run/run-event.js';
import type { DecodedEpoch, ReadEpoch } from './decode-epoch.js';
import type { JournalPoint } from './journal-header.js';

export interface EpochFile {
  readonly file: string;
  readonly epoch: number;
  readonly decoded: DecodedEpoch;
}

/** What the journal of a run says, up to its last good record. */
export interface JournalReading {
  readonly events: readonly RunEvent[];
  /** The owners that the events came from, the earliest first. */
  readonly epochs: readonly TakenEpoch[];
  /** Of the last record; 0 where there is none. */
  readonly lastSeq: number;
  /** Where whoever goes on begins; nothing where no file can be read. */
  readonly end: JournalPoint | null;
  /** The highest epoch that a file is named by, read or not: whoever goes on takes a higher one. */
  readonly lastEpoch: number;
  readonly damage: readonly JournalDamage[];
  /** The last record was written in part when its process was killed; it counts for nothing, and is no damage. */
  readonly torn: boolean;
  /** A newer Tollgate has gone on with the run: nothing is read then. */
  readonly newer: { readonly format: number; readonly tollgate: string } | null;
}

export interface TakenEpoch {
  readonly epoch: number;
  /** How many of its records count. */
  readonly taken: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tollgate: string;
}

export interface JournalDamage {
  readonly file: string;
  /** The first byte that cannot be used. */
  readonly offset: number;
  readonly problem: string;
  /** Where the original lies, once somebody has gone on with the run. */
  readonly keptAs: string | null;
}

interface ReadFile {
  readonly file: string;
  readonly decoded: ReadEpoch;
}

/**
 * The newest owner's word counts: from its file back along what each followed. One that follows what cannot be read any
 * more is of no use without it, and the one before it is asked.
 */
export function joinEpochs(files: readonly EpochFile[]): JournalReading {
  const newestFirst = [...files].sort((a, b) => b.epoch - a.epoch);
  const lastEpoch = newestFirst[0]?.epoch ?? 0;
  const read = new Map(newestFirst.flatMap(({ file, decoded }): [number, ReadFile][] => (decoded.kind === 'read' ? [[decoded.header.epoch, { file, decoded }]] : [])));
  const damage: JournalDamage[] = [];
  const note = (file: string, offset: number, problem: string): void => void damage.push({ file, offset, problem, keptAs: null });
  for (const { file, decoded } of newestFirst) {
    if (decoded.kind === 'newer') return { ...nothing, lastEpoch, damage, newer: { format: decoded.format, tollgate: decoded.tollgate } };
    if (decoded.kind === 'unreadable') {
      note(file, 0, decoded.problem);
      continue;
    }
    const chain = followBack({ file, decoded }, read);
    if (chain.kind === 'broken') {
      note(file, 0, `it goes on from record ${chain.at.seq} of epoch ${chain.at.epoch}, which cannot be read any more`);
      continue;
    }
    if (decoded.damage !== null) note(file, decoded.damage.offset, decoded.damage.problem);
    return { ...take(chain.epochs), lastEpoch, damage, torn: decoded.torn, newer: null };
  }
  return { ...nothing, lastEpoch, damage };
}

const nothing: JournalReading = { events: [], epochs: [], lastSeq: 0, end: null, lastEpoch: 0, damage: [], torn: false, newer: null };

type Chain =
  | { readonly kind: 'whole'; /** The earliest first. */ readonly epochs: readonly ReadEpoch[] }
  | { readonly kind: 'broken'; readonly at: JournalPoint };

function followBack({ decoded }: ReadFile, read: ReadonlyMap<number, ReadFile>): Chain {
  const epochs = [decoded];
  for (let at = decoded.header.follows; at !== null; ) {
    const before = read.get(at.epoch)?.decoded;
    if (before === undefined || before.checks[at.seq - firstSeq(before)] !== at.check) return { kind: 'broken', at };
    epochs.unshift(before);
    at = before.header.follows;
  }
  return { kind: 'whole', epochs };
}

function firstSeq({ header }: ReadEpoch): number {
  return header.follows?.seq ?? 0;
}

function take(chain: readonly ReadEpoch[]): Pick<JournalReading, 'events' | 'epochs' | 'lastSeq' | 'end'> {
  const events: RunEvent[] = [];
  const epochs: TakenEpoch[] = [];
  let end: JournalPoint | null = null;
  chain.forEach((each, index) => {
    const { epoch, at, tollgate } = each.header;
    const until = chain[index + 1]?.header.follows?.seq;
    const taken = until === undefined ? each.events.length : until - firstSeq(each);
    for (const event of each.events.slice(0, taken)) events.push(event);
    epochs.push({ epoch, taken, at, tollgate });
    end = { epoch, seq: firstSeq(each) + taken, check: each.checks[taken] ?? '' };
  });
  return { events, epochs, lastSeq: events.length, end };
}
