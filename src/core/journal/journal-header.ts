/**
 * Raised whenever an event is added or means something else: an older Tollgate then refuses what it would misread. Only
 * the first line of a file has the same form in every format, so that each can tell who wrote the others.
 */
export const journalFormat = 1;

/** The first line of a file. Each owner of a run writes a file of its own, named by its epoch. */
export interface JournalHeader {
  readonly format: number;
  readonly run: string;
  readonly epoch: number;
  /** The last record that this owner has taken over; what its predecessor wrote later counts for nothing. */
  readonly follows: JournalPoint | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The version that wrote it. */
  readonly tollgate: string;
}

/** A place between two records, for good: no other journal has this check at this number. */
export interface JournalPoint {
  readonly epoch: number;
  /** Counted through all epochs; 0 before the first record. */
  readonly seq: number;
  readonly check: string;
}

/** The header that a line holds; `undefined` where it holds something else. */
export function readHeader(value: unknown): JournalHeader | undefined {
  if (!isRecord(value)) return undefined;
  const { format, run, epoch, follows, at, tollgate } = value;
  if (!isCount(format) || format === 0 || typeof tollgate !== 'string') return undefined;
  // Of a newer format only these two are known.
  if (format > journalFormat) return { format, tollgate, run: '', epoch: 0, follows: null, at: 0 };
  const isWhole = typeof run === 'string' && isCount(epoch) && typeof at === 'number' && (follows === null || (isPoint(follows) && follows.epoch < epoch));
  return isWhole ? { format, run, epoch, follows, at, tollgate } : undefined;
}

function isPoint(value: unknown): value is JournalPoint {
  return isRecord(value) && isCount(value['epoch']) && isCount(value['seq']) && typeof value['check'] === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
