import type { FunctionLibrary } from './function-library.js';
import type { PartialValue } from './unknown.js';

/** All that an expression can see. */
export interface EvaluationWorld {
  /** The value of a context, by its name as it is written; names count whatever their case. */
  readonly context: (name: string) => PartialValue | undefined;
  readonly functions: FunctionLibrary;
  readonly strict: Strictness;
}

/**
 * `condition`: `when`, `resume_when` and their like, in which nothing must not pass for something.
 * `check`: a gate's `check` and asserts, which are true or false and nothing else.
 */
export type Strictness = 'no' | 'condition' | 'check';
