import type { DiagnosticCode } from '../diagnostic/codes.js';
import type { Span } from '../diagnostic/diagnostic.js';

/** Why a step did not succeed: data, for every report and for what comes after. */
export interface Failure {
  /** `step-type:<name>` is for what step types invent. */
  readonly kind: FailureKind | `step-type:${string}`;
  readonly code: DiagnosticCode;
  readonly message: string;
  /** The field of the workflow file that it is about; the step's id when nothing is nearer. */
  readonly at?: Span;
  /** What a person can do, each a line of its own. */
  readonly hints: readonly string[];
  /** Of what stops nothing: worth knowing, and no warning. */
  readonly level?: 'info';
}

export type FailureKind =
  /** The command ended with an exit code that is not one of those that will do. */
  | 'exit'
  /** A signal ended it that we did not send. */
  | 'signal'
  | 'timeout'
  /** The command could not be started. */
  | 'not-started'
  /** An assert does not hold. */
  | 'assertion'
  /** A declared output is not there, or cannot be read. */
  | 'output'
  /** An expression has no value, or fails. */
  | 'expression'
  /** A background step was not ready in time, or ended by itself. */
  | 'background'
  /** It was cut short, and its effect may have happened. */
  | 'indeterminate'
  /** A fault of our own inside a step type. */
  | 'crashed';
