import { type Reading, unreadable } from './reading.js';

/**
 * What `parse_coverage` gives to an expression. Percentages are 0–100 and not rounded. `files` is the number of
 * files that the report lists: a list of them would say nothing that a condition can compare.
 * For a Go profile, which knows no lines, `lines_*` and `line_coverage` are of statements, as `go tool cover` prints them.
 */
export interface CoverageReport {
  readonly line_coverage: number;
  /** Null where the tool measured no branches; a comparison with it fails by name. */
  readonly branch_coverage: number | null;
  readonly lines_covered: number;
  readonly lines_total: number;
  readonly files: number;
}

export type CoverageReading = Reading<CoverageReport>;

export interface Ratio {
  readonly covered: number;
  readonly total: number;
}

export interface CoverageCounts {
  readonly lines: Ratio;
  readonly branches: Ratio;
  readonly files: number;
}

/** Turns counts into a report; nothing measured is neither 0 % nor 100 %, it is no value. */
export function reportCoverage({ lines, branches, files }: CoverageCounts): CoverageReading {
  if (lines.total === 0) return unreadable('no lines were measured');
  if (lines.covered > lines.total || branches.covered > branches.total) return unreadable('it counts more as covered than there is');
  return {
    kind: 'report',
    report: {
      line_coverage: toPercent(lines),
      branch_coverage: branches.total === 0 ? null : toPercent(branches),
      lines_covered: lines.covered,
      lines_total: lines.total,
      files,
    },
  };
}

// Multiplied first, so that 29 of 100 is 29 and not 28.999999999999996: people compare with whole numbers.
function toPercent({ covered, total }: Ratio): number {
  return (100 * covered) / total;
}
