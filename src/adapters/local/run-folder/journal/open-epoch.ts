import { existsSync } from 'node:fs';
import type { JournalReading } from '../../../../core/journal/join-epochs.js';
import type { Lease } from '../../../../ports/lease.js';
import { epochPath, journalFolder } from './journal-path.js';
import type { JournalFence, OpenedJournal } from './open-journal.js';
import { openJournal } from './open-journal.js';

export interface EpochPlace {
  readonly runPath: string;
  readonly runId: string;
  /** Folders in which something was made for the run. */
  readonly madeIn: readonly string[];
}

export interface EpochWish {
  readonly tollgateVersion: string;
  readonly lease?: Pick<Lease, 'epoch' | 'isHeld' | 'successor'> | undefined;
  readonly past?: JournalReading;
}

/** The file of the owner that the run has from now on: after all that are there, whatever became of the leases. */
export function openEpoch({ runPath, runId, madeIn }: EpochPlace, { tollgateVersion, lease, past }: EpochWish): OpenedJournal {
  const epoch = Math.max(lease?.epoch ?? 1, (past?.lastEpoch ?? 0) + 1);
  return openJournal({
    runPath,
    runId,
    epoch,
    follows: past?.end ?? null,
    tollgateVersion,
    fence: lease ?? fenceByNextFile(runPath, epoch),
    // Who was killed may have written what is not on the disk yet.
    around: [...(past?.epochs ?? []).map((each) => epochPath(runPath, each.epoch)), journalFolder(runPath), ...madeIn],
    now: Date.now,
  });
}

function fenceByNextFile(runPath: string, epoch: number): JournalFence {
  const next = epochPath(runPath, epoch + 1);
  let isLost = false;
  return { isHeld: () => !(isLost ||= existsSync(next)), successor: () => null };
}
