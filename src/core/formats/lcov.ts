import { type CoverageReading, reportCoverage } from './coverage-report.js';
import { countHits, type Hits, openFile, recordHit } from './hits.js';
import { unreadable } from './reading.js';

/**
 * Reads LCOV: `SF:` opens a file's record, `DA:` and `BRDA:` are its lines and branches. The record's own sums (`LF`,
 * `LH`, …) are passed over, because a file has one record per test run, and its lines are to be counted once.
 */
export function readLcov(text: string): CoverageReading {
  const lines: Hits = new Map();
  const branches: Hits = new Map();
  let file: string | undefined;
  for (const [index, row] of text.split('\n').entries()) {
    const { tag, value } = readRow(row);
    if (tag === 'SF') {
      file = value;
      openFile(lines, file);
    } else if (tag === 'end_of_record') {
      file = undefined;
    } else if (tag === 'DA' || tag === 'BRDA') {
      const hit = tag === 'DA' ? readLine(value) : readBranch(value);
      if (hit === undefined || file === undefined) return unreadable(`line ${index + 1} is not LCOV: «${row.trim().slice(0, 60)}»`);
      recordHit(openFile(tag === 'DA' ? lines : branches, file), hit.unit, hit.covered);
    }
  }
  if (file !== undefined) return unreadable('it ends in the middle of a record (cut short?)');
  return reportCoverage({ lines: countHits(lines), branches: countHits(branches), files: lines.size });
}

function readRow(row: string): { readonly tag: string; readonly value: string } {
  const text = row.trim();
  const colon = text.indexOf(':');
  return colon < 0 ? { tag: text, value: '' } : { tag: text.slice(0, colon), value: text.slice(colon + 1) };
}

interface Hit {
  readonly unit: string;
  readonly covered: boolean;
}

function readLine(value: string): Hit | undefined {
  const [unit = '', hits = ''] = value.split(',');
  return /^\d+$/.test(unit) && isNumber(hits) ? { unit, covered: Number(hits) > 0 } : undefined;
}

// The branch is named by all that stands before the last comma: line, block, and a text that may hold commas itself.
function readBranch(value: string): Hit | undefined {
  const comma = value.lastIndexOf(',');
  const taken = value.slice(comma + 1);
  if (comma < 1 || !(taken === '-' || isNumber(taken))) return undefined;
  return { unit: value.slice(0, comma), covered: Number(taken) > 0 };
}

function isNumber(written: string): boolean {
  return written !== '' && Number.isFinite(Number(written));
}
