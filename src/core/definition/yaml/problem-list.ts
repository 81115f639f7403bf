import type { Diagnostic, Span } from '../../diagnostic/diagnostic.js';
import { yamlLimits } from './limits.js';

/** Everything that is wrong with YAML itself stops. */
export type Problem = Omit<Diagnostic, 'severity'>;

/** Gathers what is wrong with one file, and knows when there is no point in reading on. */
export interface ProblemList {
  readonly all: readonly Diagnostic[];
  readonly add: (problem: Problem) => void;
  readonly isFull: () => boolean;
}

export function createProblemList(): ProblemList {
  const all: Diagnostic[] = [];
  return {
    all,
    add: (problem) => {
      if (all.length < yamlLimits.problems) all.push({ severity: 'error', ...problem });
      else if (all.length === yamlLimits.problems) all.push(tooManyProblems(problem.span));
    },
    isFull: () => all.length > yamlLimits.problems,
  };
}

function tooManyProblems(span: Span): Diagnostic {
  return {
    code: 'TG1007',
    severity: 'error',
    message: `more than ${yamlLimits.problems} problems: the file was not read on from here`,
    span,
    hint: 'Mend the first ones and look again.',
  };
}
