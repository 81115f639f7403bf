import type { Condition } from '../definition/shape/setting.js';
import { explainCondition } from '../expression/explain-condition.js';
import type { FunctionLibrary } from '../expression/function-library.js';
import type { PartialValue } from '../expression/unknown.js';
import type { JudgeWhen } from './plan-workflow.js';

/** What is known before anything runs. */
export interface KnownBefore {
  /** A context by its name; `unknownValue` stands for what only the run can tell. */
  readonly context: (name: string) => PartialValue;
  readonly functions: FunctionLibrary;
}

/** Judges conditions with what is known; what depends on steps stays open, and says on which. */
export function createJudge(before: KnownBefore): JudgeWhen {
  return (condition: Condition) => {
    const { holds, because } = explainCondition(condition.expression, { ...before, strict: condition.strict });
    return { text: condition.text, holds, because };
  };
}
