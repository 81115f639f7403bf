import type { Fields, RecordOf } from './shape/collection.js';
import type { Reading } from './shape/shape.js';

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
}

/** The read fields of a type, by name; what could not be read is missing. */
export type StepTypeFields = Readonly<Record<string, unknown>>;

export interface StepTypeDescription<F extends Fields> {
  readonly name: string;
  readonly summary: string;
  readonly succeedsWhen: string;
  readonly shortTypes?: readonly string[];
  readonly fields: F;
  readonly check?: (fields: Partial<RecordOf<F>>, reading: Reading) => void;
  readonly ownOutputs?: (fields: Partial<RecordOf<F>>) => readonly string[] | 'open';
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
  };
}

/** The types that a workflow can use, in the order the reference shows them. */
export type StepTypes = readonly StepType[];

