import { nameSome } from '../plan-words.js';
import type { FailureSummary, PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';
import { isTolerated, listSteps, nameStep } from './run-words.js';

/** What went wrong, with all that a person needs in order to mend it. */
export interface FailedPart {
  /** `build/authorizer`, `test/unit[node=20]`, the phase's id, or the workflow's name. */
  readonly name: string;
  readonly failure: FailureSummary;
  /** What can be done, in order, each said once. */
  readonly ways: readonly string[];
  readonly tail: readonly string[];
  readonly log: string | null;
  readonly attempts: number;
  readonly durationMs: number;
}

/** What is worth a look though it stops nothing. */
export interface Remark {
  /** Where it was said; empty where it is about the whole run. */
  readonly name: string;
  readonly remark: FailureSummary;
}

/** Every failure that counts. What stopped the run as a whole comes first, then in the order of the workflow. */
export function listFailedParts(summary: RunSummary): readonly FailedPart[] {
  const { failure } = summary;
  return [
    ...(failure === null ? [] : [failedPart(summary.workflow, failure)]),
    ...summary.phases.flatMap(listOfPhase),
    ...summary.finally.flatMap(listOfStep),
  ];
}

function listOfPhase(phase: PhaseSummary): readonly FailedPart[] {
  return [...(phase.failure === null ? [] : [failedPart(phase.id, phase.failure)]), ...phase.steps.flatMap(listOfStep)];
}

/** The cells of a matrix speak for themselves where they can. */
function listOfStep(step: StepSummary): readonly FailedPart[] {
  if (isTolerated(step) || step.failure?.tolerated === true) return [];
  const { recovery, log, failure, tail, attempts, durationMs } = step;
  const failed = (step.cells ?? []).flatMap((cell) => (cell.failure === null || cell.failure.tolerated ? [] : [{ ...cell, failure: cell.failure }]));
  const cells = failed.map((cell, index) => {
    // The step's log is that of the first cell that failed.
    const rest = { recovery, log: index === 0 ? log : null, tail: cell.tail, attempts: cell.attempts, durationMs: cell.durationMs };
    return failedPart(`${nameStep(step)}[${cell.label}]`, cell.failure, rest);
  });
  if (cells.length > 0 || failure === null) return cells;
  return [failedPart(nameStep(step), failure, { recovery, log, tail, attempts, durationMs })];
}

type Rest = Pick<StepSummary, 'recovery' | 'tail' | 'log' | 'attempts' | 'durationMs'>;
const nothingMore: Rest = { recovery: [], tail: [], log: null, attempts: 1, durationMs: 0 };

function failedPart(name: string, failure: FailureSummary, { recovery, ...rest }: Rest = nothingMore): FailedPart {
  return { name, failure, ways: [...new Set([...failure.hints, ...recovery])], ...rest };
}

/** Warnings, tolerated failures and notes, the severest first; what several steps say alike stands there once. */
export function listRemarks(summary: RunSummary): readonly Remark[] {
  const all: Remark[] = [
    ...summary.messages.map((remark) => ({ name: '', remark })),
    ...listSteps(summary).flatMap((step) => [...listTolerated(step), ...step.warnings].map((remark) => ({ name: nameStep(step), remark }))),
  ];
  const alike = new Map<string, Remark[]>();
  for (const each of all) {
    const { severity, code, message, file, line, column } = each.remark;
    const key = JSON.stringify([severity, code, message, file, line, column]);
    const found = alike.get(key);
    if (found === undefined) alike.set(key, [each]);
    else found.push(each);
  }
  const remarks = [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ name: nameSome([...new Set([first, ...others].map(({ name }) => name))].filter((name) => name !== '')), remark: first.remark }],
  );
  return remarks.sort((a, b) => severityRank(a.remark) - severityRank(b.remark));
}

/** A failure that was tolerated is a warning to people. */
function listTolerated({ failure, recovery, cells }: StepSummary): readonly FailureSummary[] {
  const own = (cells ?? []).flatMap((cell) => (cell.failure === null ? [] : [cell.failure])).filter(({ tolerated }) => tolerated);
  const all = own.length > 0 ? own : failure?.tolerated === true ? [failure] : [];
  return all.map((each) => ({ ...each, severity: 'warning', hints: [...new Set([...each.hints, ...recovery])] }));
}

export function severityRank({ severity }: FailureSummary): number {
  return { blocking: 0, warning: 1, info: 2 }[severity];
}

/** `file:line:column`, as far as it is known. */
export function placeOf({ file, line, column }: FailureSummary): string | undefined {
  if (file === null) return undefined;
  return [file, ...(line === null ? [] : [line, ...(column === null ? [] : [column])])].join(':');
}
