import { type CoverageReading, type Ratio, reportCoverage } from './coverage-report.js';
import { countHits, type Hits, openFile, recordHit } from './hits.js';
import { readCount } from './read-count.js';
import { unreadable } from './reading.js';
import { childrenNamed, descendantsNamed, type XmlElement } from './xml-document.js';

/**
 * Reads Cobertura XML: the root's own totals, which are what the tool prints. They win over the lines because a report
 * over several source folders may name two files alike; the lines are counted where a tool writes no totals.
 */
export function readCobertura(root: XmlElement): CoverageReading {
  if (childrenNamed(root, 'project').length > 0) return unreadable('it is a Clover report; write Cobertura or LCOV instead');
  const classes = descendantsNamed(root, 'class');
  return reportCoverage({
    lines: readTotals(root, 'lines') ?? countLines(classes),
    branches: readTotals(root, 'branches') ?? countBranches(classes),
    files: new Set(classes.map(fileOf)).size,
  });
}

// Tools that do not know a total write 0 for it, so 0 counts as not said.
function readTotals(root: XmlElement, what: 'lines' | 'branches'): Ratio | undefined {
  const covered = readCount(root.attributes[`${what}-covered`]);
  const total = readCount(root.attributes[`${what}-valid`]);
  return covered === undefined || total === undefined || total === 0 ? undefined : { covered, total };
}

function fileOf(element: XmlElement): string {
  return element.attributes.filename ?? element.attributes.name ?? '';
}

// The same line stands below its method, below its class, and again below a nested class of the same file.
function countLines(classes: readonly XmlElement[]): Ratio {
  const hits: Hits = new Map();
  for (const element of classes) {
    const lines = openFile(hits, fileOf(element));
    for (const { attributes } of descendantsNamed(element, 'line')) recordHit(lines, attributes.number ?? '', Number(attributes.hits) > 0);
  }
  return countHits(hits);
}

function countBranches(classes: readonly XmlElement[]): Ratio {
  const byLine = new Map<string, Ratio>();
  for (const element of classes) {
    for (const { attributes } of descendantsNamed(element, 'line')) {
      const said = /\((\d{1,9})\/(\d{1,9})\)/.exec(attributes['condition-coverage'] ?? '');
      if (said === null) continue;
      const key = `${attributes.number ?? ''}:${fileOf(element)}`;
      byLine.set(key, larger(byLine.get(key), { covered: Number(said[1]), total: Number(said[2]) }));
    }
  }
  return sum([...byLine.values()]);
}

function larger(known: Ratio | undefined, next: Ratio): Ratio {
  return known === undefined ? next : { covered: Math.max(known.covered, next.covered), total: Math.max(known.total, next.total) };
}

function sum(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce((all, one) => ({ covered: all.covered + one.covered, total: all.total + one.total }), { covered: 0, total: 0 });
}
