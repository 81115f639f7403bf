import { type CoverageReading, type Ratio, reportCoverage } from './coverage-report.js';
import { readCount } from './read-count.js';
import { childrenNamed, descendantsNamed, type XmlElement } from './xml-document.js';

/**
 * Reads JaCoCo XML. Counters stand at every level and each covers all below it, so the report's own are taken alone:
 * adding up the classes would count a line twice that two classes share.
 */
export function readJacoco(root: XmlElement): CoverageReading {
  return reportCoverage({ lines: readCounter(root, 'LINE'), branches: readCounter(root, 'BRANCH'), files: countFiles(root) });
}

function readCounter(root: XmlElement, type: string): Ratio {
  const attributes = childrenNamed(root, 'counter').find((counter) => counter.attributes.type === type)?.attributes;
  const covered = readCount(attributes?.covered);
  const missed = readCount(attributes?.missed);
  return covered === undefined || missed === undefined ? { covered: 0, total: 0 } : { covered, total: covered + missed };
}

// A source file stands once below its package; only packages of different modules may repeat a name.
function countFiles(root: XmlElement): number {
  return descendantsNamed(root, 'sourcefile').length;
}
