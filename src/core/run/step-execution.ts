import type { Condition, Setting, ShellText } from '../definition/shape/setting.js';
import type { StepTypeFields } from '../definition/step-type-fields.js';
import type { Value } from '../expression/expression.js';
import type { Failure } from './failure.js';

/** How a step of a type is done. It reaches the world through its tools and nothing else. */
export type ExecuteStep = (fields: StepTypeFields, tools: StepTools) => Promise<StepOutcome> | StepOutcome;

export interface StepTools {
  /** Runs shell text with the step's environment; values are handed over as data. */
  readonly runShell: (command: ShellText, shell: 'bash' | 'sh' | undefined) => Promise<CommandEnd>;
  readonly check: (condition: Condition) => CheckResult;
  readonly text: (setting: Setting<string>) => Resolved<string>;
  /** A line for the step's log and whoever watches. */
  readonly say: (line: string) => void;
}

export type Resolved<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'failed'; readonly failure: Failure };

/** Whether a condition holds, and what decided it. */
export type CheckResult = { readonly kind: 'value'; readonly holds: boolean; readonly because: string } | { readonly kind: 'failed'; readonly failure: Failure };

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** It could not be started, or a signal that we did not send ended it. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly exitCode: number | null }
  /** We ended it: its time was over, or the run was stopped. */
  | { readonly kind: 'stopped' };

export interface StepOutcome {
  readonly failure: Failure | null;
  readonly exitCode: number | null;
  /** An assert with `on_false: end`. */
  readonly endsRun?: string;
  /** Outputs of the type's own. */
  readonly outputs?: Readonly<Record<string, Value>>;
}
