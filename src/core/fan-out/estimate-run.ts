import type { RunEvent } from '../run/run-event.js';

/** How long a step took, and what it cost, when it was done once. */
export interface StepMeasure {
  readonly step: string;
  readonly durationMs: number;
  readonly costUsd: number;
}

/** What steps will take by what they took; null where nothing is known. */
export interface Estimate {
  /** Of machines, all jobs together. */
  readonly minutes: number | null;
  readonly usd: number | null;
  /** Steps of which nothing is known, and that are left out of both. */
  readonly unknown: readonly string[];
}

/** What the steps of an earlier run took, attempts and cells together: of those that succeeded, and were not found done. */
export function measureSteps(events: readonly RunEvent[]): readonly StepMeasure[] {
  const found = new Map<string, { durationMs: number; costUsd: number; readonly failed: Set<number>; isWhole: boolean }>();
  for (const event of events) {
    if (event.kind === 'step-opened') found.set(event.step, { durationMs: 0, costUsd: 0, failed: new Set(event.cells.keys()), isWhole: true });
    const at = 'step' in event ? found.get(event.step) : undefined;
    if (at === undefined) continue;
    if (event.kind === 'result-reused' || event.kind === 'background-ended') at.isWhole = false;
    if (event.kind !== 'attempt-ended') continue;
    at.durationMs += event.durationMs;
    at.costUsd += event.result.costUsd;
    if (event.result.outcome === 'succeeded') at.failed.delete(event.cell);
  }
  return [...found].flatMap(([step, { durationMs, costUsd, failed, isWhole }]) => (isWhole && failed.size === 0 ? [{ step, durationMs, costUsd }] : []));
}

/** The median of each step: one run that hung says little. */
export function estimateRun(steps: readonly string[], history: readonly StepMeasure[]): Estimate {
  const wanted = new Set(steps);
  const measured = new Map<string, StepMeasure[]>();
  for (const measure of history) if (wanted.has(measure.step)) measured.set(measure.step, [...(measured.get(measure.step) ?? []), measure]);
  const sum = (read: (measure: StepMeasure) => number): number => [...measured.values()].reduce((total, list) => total + median(list.map(read)), 0);
  const isKnown = measured.size > 0;
  return {
    minutes: isKnown ? roundTo(sum(({ durationMs }) => durationMs) / 60_000, 2) : null,
    usd: isKnown ? roundTo(sum(({ costUsd }) => costUsd), 4) : null,
    unknown: steps.filter((step) => !measured.has(step)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return ((sorted[middle] ?? 0) + (sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? 0)) / 2;
}

function roundTo(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
