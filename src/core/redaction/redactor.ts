import type { Value } from '../expression/expression.js';
import type { MaskedStream } from './open-mask.js';

/** What stands before everything that leaves a run: logs, events, outputs, summaries, messages. */
export interface Redactor {
  /** Names of the secrets that are too short or too common to be masked. */
  readonly unmasked: readonly string[];
  readonly text: (text: string) => string;
  /** Keys are masked as well. */
  readonly value: (value: Value) => Value;
  /** A stream of its own: what it holds back is never mixed with another's. */
  readonly open: () => MaskedStream;
  readonly holdsSecret: (data: string | Uint8Array) => boolean;
}

/** Where there is no secret there is nothing to look for. */
export const blindRedactor: Redactor = {
  unmasked: [],
  text: (text) => text,
  value: (value) => value,
  open: () => ({ push: (bytes) => bytes, end: () => new Uint8Array(0) }),
  holdsSecret: () => false,
};
