import type { RunEvent } from '../core/run/run-event.js';
import type { LeaseOwner } from './lease.js';

/** Where a run is written down: its events, the logs of its steps, and the files that steps write to. */
export interface RunStore {
  /** One event or several in one go. Written when it answers, so that a process that is killed loses nothing; `durable` outlives a loss of power too. */
  readonly append: (what: RunEvent | readonly RunEvent[], wish?: { readonly durable?: boolean }) => AppendOutcome;
  /** The log of a step, from its first byte on; a fault of it never reaches the step. */
  readonly openLog: (name: string) => LogWriter;
  /** The files that an attempt writes outputs and its own markdown to; they need not be there afterwards. */
  readonly filesFor: (name: string) => StepFiles;
  /** What the attempt has written, which is not kept as it is; nothing where it has not. */
  readonly read: (path: string) => string | undefined;
  readonly keepNote: (name: string, markdown: string) => void;
}

export type AppendOutcome =
  | { readonly kind: 'written' }
  /** It is not written down, and nothing after it will be. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Somebody else goes on with the run: nothing may be done any more. Whether the event counts is theirs to say. */
  | { readonly kind: 'fenced'; readonly by: LeaseOwner | null };

export interface LogWriter {
  /** Where it lies; nothing where it cannot be written. */
  readonly path: string | null;
  readonly write: (bytes: Uint8Array) => void;
  readonly close: () => void;
}

export interface StepFiles {
  readonly output: string;
  readonly summary: string;
}
