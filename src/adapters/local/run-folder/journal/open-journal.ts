import { encodeLine, firstCheck } from '../../../../core/journal/journal-line.js';
import type { JournalHeader, JournalPoint } from '../../../../core/journal/journal-header.js';
import { journalFormat } from '../../../../core/journal/journal-header.js';
import type { RunEvent } from '../../../../core/run/run-event.js';
import type { Lease } from '../../../../ports/lease.js';
import type { AppendOutcome } from '../../../../ports/run-store.js';
import { describeFileProblem } from '../../describe-file-problem.js';
import { readErrorCode } from '../../processes/error-code.js';
import type { JournalFiles } from './journal-files.js';
import { epochPath } from './journal-path.js';
import { nodeJournalFiles } from './node-journal-files.js';
import { openSyncing } from './open-syncing.js';

/** The journal of a run, in the hands of its owner. */
export interface Journal {
  /** One record or several, in one write: all of them, or none. */
  readonly append: (what: RunEvent | readonly RunEvent[], wish?: { readonly durable?: boolean }) => AppendOutcome;
  /** All that was written outlives a loss of power; answers why it does not. */
  readonly sync: () => string | undefined;
  /** Why nothing more is written. */
  readonly problem: () => string | undefined;
  /** Syncs what is not, and lets go of the file. */
  readonly close: () => void;
}

/** Who may write: asked before and after every record. */
export type JournalFence = Pick<Lease, 'isHeld' | 'successor'>;

export interface JournalStart {
  readonly runPath: string;
  readonly runId: string;
  /** Higher than that of every owner before. */
  readonly epoch: number;
  /** The `end` of the reading that is gone on from. */
  readonly follows: JournalPoint | null;
  readonly tollgateVersion: string;
  readonly fence: JournalFence;
  /** What is synced with the first record: the files that are followed, and the folders in which something was made. */
  readonly around: readonly string[];
  readonly now: () => number;
  readonly files?: JournalFiles;
}

export type OpenedJournal =
  | { readonly kind: 'opened'; readonly journal: Journal }
  | { readonly kind: 'failed'; readonly reason: string };

/** Begins the file of an epoch, in a folder that is there. */
export function openJournal(start: JournalStart): OpenedJournal {
  const { runPath, runId, epoch, follows, tollgateVersion, now, files = nodeJournalFiles } = start;
  const path = epochPath(runPath, epoch);
  const header: JournalHeader = { format: journalFormat, run: runId, epoch, follows, at: now(), tollgate: tollgateVersion };
  const seq = follows?.seq ?? 0;
  const first = encodeLine(firstCheck, seq, JSON.stringify(header));
  const bytes = Buffer.from(first.text);
  try {
    files.place(path, bytes);
    return { kind: 'opened', journal: writeFrom({ path, seq, check: first.check, length: bytes.length }, start) };
  } catch (error) {
    return { kind: 'failed', reason: readErrorCode(error) === 'EEXIST' ? 'another process writes it already' : describeFileProblem(error) };
  }
}

interface WrittenEnd {
  readonly path: string;
  readonly seq: number;
  readonly check: string;
  readonly length: number;
}

/**
 * 1. A record is written whole, or cut off again, and then nothing is written after it: a state with a gap is worse than
 *    one that ends early.
 * 2. A record that was to be safe and is not is taken back: nothing is done on the strength of it.
 * 3. Who is succeeded after a record was written may not act on it: the successor may have read the journal before.
 */
function writeFrom(begun: WrittenEnd, { fence, around, files = nodeJournalFiles }: JournalStart): Journal {
  let { seq, check, length } = begun;
  const file = files.open(begun.path);
  let broken: string | undefined;
  const syncing = openSyncing({ file, files, around, onFault: (error) => (broken ??= describeFileProblem(error)) });

  const write = (bytes: Uint8Array): boolean => {
    try {
      for (let at = 0; at < bytes.length; ) at += file.write(bytes.subarray(at));
      return true;
    } catch (error) {
      broken = describeFileProblem(error);
      takeBack(length);
      return false;
    }
  };
  const takeBack = (to: number): void => {
    try {
      file.cut(to);
    } catch {
      // A record in part is known by its check: nobody takes it for one. A whole one says more than was done, and is asked about.
    }
  };
  /** What keeps a record from counting, as it stands now. */
  const refuse = (): AppendOutcome | undefined => {
    if (broken !== undefined) return { kind: 'failed', reason: broken };
    if (fence.isHeld()) return undefined;
    const by = fence.successor();
    return by === null && files.isGone(begun.path) ? { kind: 'failed', reason: 'somebody has removed it while the run went on' } : { kind: 'fenced', by };
  };

  return {
    append: (what, { durable = false } = {}) => {
      const events = isList(what) ? what : [what];
      const refusal = refuse();
      if (refusal !== undefined) return refusal;
      let last = check;
      const texts = events.map((event, index) => {
        const line = encodeLine(last, seq + 1 + index, JSON.stringify(event));
        last = line.check;
        return line.text;
      });
      const bytes = Buffer.from(texts.join(''));
      const before = length;
      if (write(bytes)) {
        check = last;
        seq += events.length;
        length += bytes.length;
        syncing.noteWrite();
        if (durable) syncing.sync();
        // A successor may have read it.
        if (broken !== undefined && fence.isHeld()) takeBack(before);
      }
      return refuse() ?? { kind: 'written' };
    },
    sync: () => {
      if (broken === undefined) syncing.sync();
      return broken;
    },
    problem: () => broken,
    close: () => {
      if (broken === undefined) syncing.sync();
      broken ??= 'it is closed';
      syncing.close();
    },
  };
}

function isList(what: RunEvent | readonly RunEvent[]): what is readonly RunEvent[] {
  return Array.isArray(what);
}
