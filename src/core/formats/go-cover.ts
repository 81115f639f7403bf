import { type CoverageReading, reportCoverage } from './coverage-report.js';
import { unreadable } from './reading.js';

interface Block {
  readonly statements: number;
  readonly covered: boolean;
}

// file:line.column,line.column statements count
const blockRow = /^((.+):\d+\.\d+,\d+\.\d+) (\d{1,9}) (\d+)$/;

/**
 * Reads a Go cover profile, which measures statements in blocks. With `-coverpkg`, and where profiles were put
 * together, the same block stands in it once for each test binary: it is counted once, covered when any ran it.
 */
export function readGoCover(text: string): CoverageReading {
  const blocks = new Map<string, Block>();
  const files = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    const row = line.trim();
    if (row === '' || row.startsWith('mode:')) continue;
    const [, place, file, statements, count] = blockRow.exec(row) ?? [];
    if (place === undefined || file === undefined) return unreadable(`line ${index + 1} is not of a Go cover profile: «${row.slice(0, 60)}»`);
    files.add(file);
    const covered = Number(count) > 0 || blocks.get(place)?.covered === true;
    blocks.set(place, { statements: Number(statements), covered });
  }
  return reportCoverage({ lines: countStatements([...blocks.values()]), branches: { covered: 0, total: 0 }, files: files.size });
}

function countStatements(blocks: readonly Block[]): { readonly covered: number; readonly total: number } {
  let covered = 0;
  let total = 0;
  for (const block of blocks) {
    total += block.statements;
    if (block.covered) covered += block.statements;
  }
  return { covered, total };
}
