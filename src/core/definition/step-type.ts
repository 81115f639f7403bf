import type { Fields, RecordOf } from './shape/collection.js';
import type { Reading } from './shape/shape.js';
import type { ExecuteStep, StepOutcome, StepTools } from '../run/step-execution.js';
import type { StepTypeFields } from './step-type-fields.js';

/** What a step can do, as the language sees it: its fields, and what it gives to those that come after. */
export interface StepType {
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  /** When a step of this type has succeeded. */
  readonly succeedsWhen: string;
  /** Short forms of `type` that mean this one, such as `claude_code`. */
  readonly shortTypes: readonly string[];
  readonly fields: Fields;
  /** A closer look over several fields at once. */
  readonly check: (fields: StepTypeFields, reading: Reading) => void;
  /** Names that the step puts into `.outputs` without declaring them; `open`: any. */
  readonly ownOutputs: (fields: StepTypeFields) => readonly string[] | 'open';
  /** How it is done; a type without can be checked and planned, and not yet run. */
  readonly execute?: ExecuteStep;
}

export type { StepTypeFields } from './step-type-fields.js';

export interface StepTypeDescription<F extends Fields> {
  readonly name: string;
  readonly summary: string;
  readonly succeedsWhen: string;
  readonly shortTypes?: readonly string[];
  readonly fields: F;
  readonly check?: (fields: Partial<RecordOf<F>>, reading: Reading) => void;
  readonly ownOutputs?: (fields: Partial<RecordOf<F>>) => readonly string[] | 'open';
  readonly execute?: (fields: RecordOf<F>, tools: StepTools) => Promise<StepOutcome> | StepOutcome;
}

/** A step type touches one folder: this is all that folder says to the language. */
export function defineStepType<const F extends Fields>(description: StepTypeDescription<F>): StepType {
  const typed = (fields: StepTypeFields): Partial<RecordOf<F>> => fields as Partial<RecordOf<F>>;
  return {
    name: description.name,
    summary: description.summary,
    succeedsWhen: description.succeedsWhen,
    shortTypes: description.shortTypes ?? [],
    fields: description.fields,
    check: (fields, reading) => description.check?.(typed(fields), reading),
    ownOutputs: (fields) => description.ownOutputs?.(typed(fields)) ?? [],
    // A workflow that is run has no problem: every field that has to be there is.
    ...(description.execute === undefined ? {} : { execute: description.execute as ExecuteStep }),
  };
}

/** The types that a workflow can use, in the order the reference shows them. */
export type StepTypes = readonly StepType[];

