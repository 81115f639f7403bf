import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JournalReading } from '../../../../core/journal/join-epochs.js';
import type { Lease } from '../../../../ports/lease.js';
import type { JournalFiles } from './journal-files.js';
import { epochPath, journalFolder } from './journal-path.js';
import { nodeJournalFiles } from './node-journal-files.js';
import type { JournalFence, OpenedJournal } from './open-journal.js';
import { openJournal } from './open-journal.js';

export interface EpochWish {
  readonly tollgateVersion: string;
  readonly lease?: Pick<Lease, 'epoch' | 'isHeld' | 'successor'> | undefined;
  readonly past?: JournalReading;
  readonly files?: JournalFiles;
}

/** The file of the owner that the run has from now on: after all that are there, whatever became of the leases. */
export function openEpoch({ stateFolder, runId }: { readonly stateFolder: string; readonly runId: string }, { tollgateVersion, lease, past, files = nodeJournalFiles }: EpochWish): OpenedJournal {
  const runPath = join(stateFolder, 'runs', runId);
  const epoch = Math.max(lease?.epoch ?? 1, (past?.lastEpoch ?? 0) + 1);
  return openJournal({
    runPath,
    runId,
    epoch,
    follows: past?.end ?? null,
    tollgateVersion,
    fence: lease ?? fenceByNextFile(runPath, epoch),
    // Whoever was killed may have written and made what is not on the disk yet.
    around: [...(past?.epochs ?? []).map((each) => epochPath(runPath, each.epoch)), journalFolder(runPath), runPath, dirname(runPath), stateFolder, dirname(stateFolder)],
    files,
    now: Date.now,
  });
}

function fenceByNextFile(runPath: string, epoch: number): JournalFence {
  const next = epochPath(runPath, epoch + 1);
  let isLost = false;
  return { isHeld: () => !(isLost ||= existsSync(next)), successor: () => null };
}
