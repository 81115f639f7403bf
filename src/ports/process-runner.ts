/** Starts processes, each in a group of its own with stdin closed, and sees to it that none is left. */
export interface ProcessRunner {
  readonly start: (command: ProcessCommand, write: WriteOutput) => RunningProcess;
  /** What is still alive of those with a mark that begins so, whoever started it: for all of a run, `<run>/`. */
  readonly findMarked: (mark: string) => Promise<readonly MarkedProcess[]>;
  /** Ends all of them, in passes, until none is left; answers those that there were. */
  readonly endMarked: (mark: string, order: StopOrder) => Promise<readonly MarkedProcess[]>;
}

export interface ProcessCommand {
  /** Found on the PATH of `env` when it has no slash. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment; the runner adds the mark to it. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** One word, carried in the environment by every descendant, so that none can hide: `<run>/<step>/<cell>/<attempt>`. */
  readonly mark: string;
}

/**
 * Called with each piece as it comes, and not any more once `ended` has settled; the process waits while it works. One that
 * throws makes `ended` reject, and the process goes on until it is stopped.
 */
export type WriteOutput = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

export interface RunningProcess {
  readonly pid: number | undefined;
  /** Settles once the process has ended and its output is in, or soon after when a descendant holds the output open. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends the group and every descendant with this mark; settles when none is left. */
  readonly stop: (order: StopOrder) => Promise<void>;
}

export interface StopOrder {
  readonly signal: 'SIGTERM' | 'SIGINT';
  readonly killAfterMs: number;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number; /** A descendant kept the output open. */ readonly outputHeld: boolean }
  | { readonly kind: 'signalled'; readonly signal: string; readonly outputHeld: boolean }
  | { readonly kind: 'not-started'; readonly reason: 'no-program' | 'no-folder' | 'not-executable' | 'too-long' | 'other'; readonly message: string };

export interface MarkedProcess {
  readonly pid: number;
  readonly mark: string;
  /** The command line, as far as it can be read. */
  readonly command: string;
}
