import type { Diagnostic, Fix } from '../diagnostic/diagnostic.js';
import { applySafeFixes } from './apply-fixes.js';

/** What lint says of a text: whether it is a workflow at all, and what it found. */
export interface Linting {
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Mending {
  readonly text: string;
  readonly applied: readonly Fix[];
  /** Of the text as it is now. */
  readonly linting: Linting;
  /** Fixes that would have left a file that is no workflow any more: they were not applied. */
  readonly refused: readonly Fix[];
}

/** A fix that brings up another is followed this far. */
const mostPasses = 10;

/** Applies what is safe to apply, reads the result again, and takes back a pass that broke the file. */
export function mendWorkflow(text: string, lint: (text: string) => Linting): Mending {
  let mending: Mending = { text, applied: [], linting: lint(text), refused: [] };
  for (let pass = 0; pass < mostPasses && mending.linting.valid; pass++) {
    const next = applySafeFixes(mending.text, mending.linting.diagnostics);
    if (next.applied.length === 0) break;
    const linting = lint(next.text);
    if (!linting.valid) return { ...mending, refused: next.applied };
    mending = { text: next.text, applied: [...mending.applied, ...next.applied], linting, refused: [] };
  }
  return mending;
}
