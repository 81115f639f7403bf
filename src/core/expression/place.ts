import type { Strictness } from './evaluation-world.js';

/** Where an expression stands, as far as its check depends on it. */
export interface Place {
  readonly strict: Strictness;
  /** Why a regular expression cannot be used; those that are written out are asked for where this is handed in. */
  readonly refusePattern?: (pattern: string) => string | undefined;
}
