import { type CoverageReading, type Ratio, reportCoverage } from './coverage-report.js';
import { isObject, type JsonObject } from './json-document.js';
import { unreadable } from './reading.js';

/** Reads Istanbul's `coverage-summary.json`, as Jest, Vitest, nyc and c8 write it: `total`, and an entry per file. */
export function readIstanbulSummary(summary: JsonObject): CoverageReading {
  if (!isObject(summary.total)) return unreadable(`it is JSON, but not Istanbul's coverage-summary.json (reporter «json-summary»): it has no «total»`);
  const lines = readRatio(summary.total.lines);
  if (lines === undefined) return unreadable('its «total.lines» has no counts «covered» and «total»');
  return reportCoverage({
    lines,
    branches: readRatio(summary.total.branches) ?? { covered: 0, total: 0 },
    files: Object.keys(summary).length - 1,
  });
}

function readRatio(value: unknown): Ratio | undefined {
  if (!isObject(value)) return undefined;
  const { covered, total } = value;
  return isCount(covered) && isCount(total) ? { covered, total } : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
