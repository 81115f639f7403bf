import type { Ratio } from './coverage-report.js';

/** Lines or branches by file. What is recorded twice counts once, and is covered when any record covers it. */
export type Hits = Map<string, Map<string, boolean>>;

/** Makes a file known that may have nothing to measure. */
export function openFile(hits: Hits, file: string): Map<string, boolean> {
  const known = hits.get(file) ?? new Map<string, boolean>();
  hits.set(file, known);
  return known;
}

export function recordHit(units: Map<string, boolean>, unit: string, covered: boolean): void {
  units.set(unit, covered || units.get(unit) === true);
}

export function countHits(hits: Hits): Ratio {
  let covered = 0;
  let total = 0;
  for (const units of hits.values()) {
    total += units.size;
    for (const hit of units.values()) if (hit) covered += 1;
  }
  return { covered, total };
}
