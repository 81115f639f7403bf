import type { Opening } from '../../core/run/opening/open-parts.js';
import { openStep } from '../../core/run/opening/open-parts.js';
import type { EarlierRun } from '../../core/run/resume/earlier-run.js';
import type { RunProgress } from '../../core/run/run-event.js';
import type { Finding } from './find-result.js';
import { isPromise } from './find-result.js';
import type { BeginningCell } from './result-reuse.js';

export interface StandingIn {
  readonly opening: Opening;
  readonly standIns: EarlierRun | null;
  readonly find: (cell: BeginningCell, earlier: EarlierRun | null) => Finding | Promise<Finding>;
}

type StandIn = readonly RunProgress[] | undefined;

/** For a step that the call leaves out: the events by which its last result stands in for it; nothing where none holds. */
export function findStandIn(step: string, { opening, standIns, find }: StandingIn): StandIn | Promise<StandIn> {
  if (opening.standIns?.has(step) !== true || !opening.leftOut.has(step)) return undefined;
  const opened = openStep(step, { ...opening, leftOut: new Map() });
  const placed = opening.parsed.outline.steps[opening.plan.steps.get(step)?.index ?? -1];
  if (opened.kind !== 'step-opened' || placed === undefined || opened.background !== null) return undefined;
  const cells = opened.cells.map((values, index): BeginningCell => ({ step, index, placed, matrix: opened.isMatrix ? values : undefined }));
  const found: readonly (Finding | Promise<Finding>)[] = cells.map((cell) => find(cell, standIns));
  const settle = (findings: readonly Finding[]): StandIn => {
    // What that run has kept is not kept with this one.
    const events = findings.flatMap((finding) => (finding.kind === 'reused' ? [{ ...finding.event, result: { ...finding.event.result, artifacts: [] } }] : []));
    return events.length === cells.length ? [opened, ...events] : undefined;
  };
  const ready = found.flatMap((each) => (isPromise(each) ? [] : [each]));
  return ready.length === found.length ? settle(ready) : Promise.all(found.map(async (each) => await each)).then(settle);
}
