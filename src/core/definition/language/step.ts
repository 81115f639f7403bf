import type { Span } from '../../diagnostic/diagnostic.js';
import type { RecordOf } from '../shape/collection.js';
import type { Word } from '../shape/scalar.js';
import type { ShellText } from '../shape/setting.js';
import type { StepTypeFields } from '../step-type.js';
import type { CommonStepFields, parallelFields } from './step-fields.js';

export type Step = SingleStep | ParallelGroup;

export interface SingleStep extends Omit<CommonStepFields, 'id' | 'type'> {
  readonly kind: 'step';
  readonly id: Word;
  /** The type's full name; `shortType` is what stood there instead of it, such as `claude_code`. */
  readonly type: string;
  readonly shortType?: string;
  readonly rollback?: ShellText | readonly Step[];
  /** The fields of its type. */
  readonly own: StepTypeFields;
  readonly at: Span;
}

export interface ParallelGroup extends RecordOf<typeof parallelFields> {
  readonly kind: 'parallel';
  readonly steps: readonly SingleStep[];
}
