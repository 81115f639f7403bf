import { readCobertura } from './cobertura.js';
import type { CoverageReading } from './coverage-report.js';
import { readGoCover } from './go-cover.js';
import { readIstanbulSummary } from './istanbul-summary.js';
import { readJacoco } from './jacoco.js';
import { readJson } from './json-document.js';
import { readLcov } from './lcov.js';
import { unreadable } from './reading.js';
import { readXml } from './xml-document.js';

export type { CoverageReading, CoverageReport } from './coverage-report.js';

const known = 'Cobertura XML, LCOV, Istanbul coverage-summary.json, JaCoCo XML or a Go cover profile';

/** `parse_coverage`: finds the format by what stands in the text, never by the file's name. */
export function parseCoverage(text: string): CoverageReading {
  const start = text.trimStart();
  if (start === '') return unreadable('it is empty');
  if (start.startsWith('<')) return readCoverageXml(text);
  if (start.startsWith('{')) return readCoverageJson(text);
  if (start.startsWith('mode:')) return readGoCover(text);
  if (/^[ \t]*(?:TN|SF):/m.test(text)) return readLcov(text);
  return unreadable(`it is not ${known}`);
}

function readCoverageXml(text: string): CoverageReading {
  const document = readXml(text);
  if (document.kind === 'unreadable') return document;
  const root = document.report;
  if (root.name === 'coverage') return readCobertura(root);
  if (root.name === 'report') return readJacoco(root);
  return unreadable(`it is not ${known}: its root element is <${root.name}>`);
}

function readCoverageJson(text: string): CoverageReading {
  const document = readJson(text);
  return document.kind === 'unreadable' ? document : readIstanbulSummary(document.report);
}
