import { createPaint } from '../core/report/paint.js';
import type { CallProblem } from './call-problem.js';
import { renderProblems } from './call-problem.js';
import type { Call, ExitCode } from './command.js';

/** Says what is wrong with the call, and answers its exit code. */
export function refuseCall(problems: readonly CallProblem[], { terminal, calledAs }: Call): ExitCode {
  terminal.err(renderProblems(problems, { paint: createPaint(terminal.color), calledAs }));
  return 2;
}
