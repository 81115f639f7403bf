import { parseCoverage } from '../formats/parse-coverage.js';
import { parseJunit } from '../formats/parse-junit.js';
import { parseSarif } from '../formats/parse-sarif.js';
import type { ReportReaders } from './function-library.js';

/** In a file of its own, so that the XML parser is loaded only where reports are read. */
export const reportReaders: ReportReaders = {
  parse_coverage: parseCoverage,
  parse_junit: parseJunit,
  parse_sarif: parseSarif,
};
