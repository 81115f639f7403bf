import type { ProcessTable } from './process-table.js';

/** A session that was started here, as it stands at one look. */
export interface SessionView {
  readonly mark: string;
  /** Its first process is there or was not asked for yet, so that nobody else can have its number. */
  readonly isLive: boolean;
  /** Who is in a session of this number and started no later is of this one. */
  readonly until: number;
}

/** The sessions that were started here, by the pid of their first process. */
export interface SessionBook {
  readonly begin: (pid: number, mark: string) => void;
  readonly end: (pid: number) => void;
  readonly look: () => ReadonlyMap<number, SessionView>;
}

interface Entry {
  readonly mark: string;
  readonly firstEnded: number | undefined;
  /** How many processes the machine had started when the number was last known to be this session's, or before. */
  readonly heldAt: number;
}

/**
 * Once a session is empty its number may go to another, but not before all other numbers were given out. The machine counts
 * what it starts; until it has started so many, a session of this number is ours. After that, only who was in it when its
 * first process ended.
 */
export function createSessionBook(table: Pick<ProcessTable, 'now' | 'countStarts' | 'numbers'>): SessionBook {
  const entries = new Map<number, Entry>();
  let lastCount = table.countStarts();
  return {
    begin: (pid, mark) => {
      entries.set(pid, { mark, firstEnded: undefined, heldAt: lastCount });
    },
    end: (pid) => {
      const entry = entries.get(pid);
      if (entry !== undefined) entries.set(pid, { ...entry, firstEnded: table.now() });
    },
    look: () => {
      lastCount = table.countStarts();
      const views = new Map<number, SessionView>();
      for (const [pid, { mark, firstEnded, heldAt }] of entries) {
        const isLive = firstEnded === undefined;
        if (isLive) entries.set(pid, { mark, firstEnded, heldAt: lastCount });
        // Half, for the count is read a moment before the processes are.
        const isHeld = isLive || lastCount - heldAt < table.numbers / 2;
        views.set(pid, { mark, isLive, until: isHeld ? Infinity : firstEnded });
      }
      return views;
    },
  };
}
