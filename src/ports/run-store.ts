import type { RunEvent } from '../core/run/run-event.js';

/** Where a run is written down: its events, the logs of its steps, and the files that steps write to. */
export interface RunStore {
  readonly append: (event: RunEvent) => void;
  /** The log of a step, from its first byte on; a fault of it never reaches the step. */
  readonly openLog: (name: string) => LogWriter;
  /** The files that an attempt writes outputs and its own markdown to; they need not be there afterwards. */
  readonly filesFor: (name: string) => StepFiles;
  /** What the attempt has written, which is not kept as it is; nothing where it has not. */
  readonly read: (path: string) => string | undefined;
  readonly keepNote: (name: string, markdown: string) => void;
}

export interface LogWriter {
  readonly write: (bytes: Uint8Array) => void;
  readonly close: () => void;
}

export interface StepFiles {
  readonly output: string;
  readonly summary: string;
}
