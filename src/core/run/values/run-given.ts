import type { Outline } from '../../definition/check/outline.js';
import type { Value } from '../../expression/expression.js';
import type { FunctionLibrary } from '../../expression/function-library.js';
import type { PartialValue } from '../../expression/unknown.js';
import type { RunPlan } from '../run-plan.js';
import type { RunState } from '../run-state.js';

/** What a run knows besides its own state. */
export interface RunGiven {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly github: () => PartialValue;
  readonly run: Readonly<Record<string, Value>>;
  /** Outputs that the call gives for steps that it leaves out. */
  readonly set: ReadonlyMap<string, Readonly<Record<string, Value>>>;
  /** What the last run has left, for steps that come after its end. */
  readonly left?: LeftValues | undefined;
  readonly functions: Pick<FunctionLibrary, 'reader' | 'matches' | 'digest' | 'reports' | 'readYaml' | 'changed' | 'baseline'>;
}

/** Steps and phases of a run that is over, as expressions see them. */
export interface LeftValues {
  readonly steps: readonly string[];
  /** By its id, in lower case. */
  readonly step: (name: string) => PartialValue | undefined;
  readonly phases: PartialValue;
}

/** All that expressions are evaluated from. */
export interface RunValuesParts {
  readonly outline: Outline;
  readonly plan: RunPlan;
  readonly given: RunGiven;
  readonly state: RunState;
}
