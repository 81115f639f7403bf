/** What the system knows of one living process. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Where the system does not tell sessions, the group. */
  readonly session: number;
  /** In the table's own unit; with the pid it names a process for good, for pids come round again. */
  readonly started: number;
  readonly isStopped: boolean;
  readonly marks: readonly string[];
}

/** The processes of this machine. Those that have ended and wait to be asked for (zombies) are not in it. */
export interface ProcessTable {
  readonly read: () => readonly ProcessEntry[];
  /** The moment at which a living process started; nothing when there is none by that number. */
  readonly startOf: (pid: number) => number | undefined;
  readonly commandOf: (pid: number) => string;
  /** The present, in the unit of `started`: not behind, and ahead by less than it takes for pids to come round. */
  readonly now: () => number;
  /** How many processes the machine has started so far; NaN where it does not say. */
  readonly countStarts: () => number;
  /** How many have to start before a pid comes round again. */
  readonly numbers: number;
}
