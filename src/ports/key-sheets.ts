import type { KeySheet } from '../core/cache/key-sheet.js';

/** What the keys of earlier results were made of: to say why one does not fit, and what has changed since. */
export interface KeySheets {
  readonly read: (at: StepOfWorkflow, key: string) => KeySheet | undefined;
  /** The newest first, a few. */
  readonly list: (at: StepOfWorkflow) => readonly { readonly key: string; readonly sheet: KeySheet }[];
  /** A fault of it only makes an explanation poorer. */
  readonly keep: (at: StepOfWorkflow, key: string, sheet: KeySheet) => void;
}

export interface StepOfWorkflow {
  readonly workflow: string;
  readonly step: string;
}
