import type { JournalFile, JournalFiles } from './journal-files.js';

/** When what was written gets to the disk. */
export interface Syncing {
  /** Something was written: it is synced soon, together with what comes until then. */
  readonly noteWrite: () => void;
  /** Now, before it returns; nothing when all of it is there. */
  readonly sync: () => void;
  readonly close: () => void;
}

export interface SyncedThings {
  readonly file: JournalFile;
  readonly files: Pick<JournalFiles, 'sync' | 'syncLater' | 'after'>;
  /** Once, with the first sync: what the file is of no use without. */
  readonly around: readonly string[];
  /** After it nothing is known of what is on the disk, and asking again would not tell. */
  readonly onFault: (error: unknown) => void;
}

/** Records are at most 100 ms late on the disk; this leaves it some of them. */
const lateMs = 75;

export function openSyncing({ file, files, around, onFault }: SyncedThings): Syncing {
  let isDirty = true;
  let aroundSynced = false;
  let disarm: (() => void) | undefined;
  let underWay: Promise<void> | undefined;

  const syncLater = async (): Promise<void> => {
    isDirty = false;
    await file.syncLater();
    if (aroundSynced) return;
    for (const path of around) await files.syncLater(path);
    aroundSynced = true;
  };
  const arm = (): void => {
    if (disarm !== undefined || underWay !== undefined) return;
    disarm = files.after(lateMs, () => {
      disarm = undefined;
      underWay = syncLater().catch(onFault).finally(() => {
        underWay = undefined;
        if (isDirty) arm();
      });
    });
  };
  return {
    noteWrite: () => {
      isDirty = true;
      arm();
    },
    sync: () => {
      disarm?.();
      disarm = undefined;
      // What a sync under way has begun with may not be there yet.
      if (!isDirty && underWay === undefined && aroundSynced) return;
      try {
        file.sync();
        isDirty = false;
        if (!aroundSynced) around.forEach(files.sync);
        aroundSynced = true;
      } catch (error) {
        onFault(error);
      }
    },
    close: () => {
      disarm?.();
      isDirty = false;
      // Its number may be another file's as soon as it is closed.
      if (underWay === undefined) file.close();
      else void underWay.finally(file.close);
    },
  };
}
