import type { RunEvent } from '../core/run/run-event.js';
import type { RunState } from '../core/run/run-state.js';

/** Tells people how a run goes, as it goes. A fault of it never fails a run. */
export interface RunReporter {
  readonly onEvent: (event: RunEvent, state: RunState) => void;
  /** A piece of a step's output, masked. */
  readonly onOutput: (step: string, cell: number, bytes: Uint8Array) => void;
}
