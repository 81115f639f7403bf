import type { CoverageReport } from '../../formats/parse-coverage.js';
import type { JunitReport } from '../../formats/parse-junit.js';
import type { SarifReport } from '../../formats/parse-sarif.js';
import type { ReportReaders } from '../function-library.js';
import { objectOf } from '../import-value.js';
import { describeObject } from '../object-shape.js';
import type { ValueShape } from '../value-shape.js';
import { give, wrong } from './function-entry.js';
import type { FunctionEntry } from './function-entry.js';
import { readFileText } from './path-list.js';

const number: ValueShape = { kind: 'number' };
const texts: ValueShape = { kind: 'list', of: { kind: 'string' } };

/** A report's properties, each with its shape, so that a new one cannot be forgotten here. */
function describeReport<Report>(
  name: keyof ReportReaders,
  summary: string,
  properties: Readonly<Record<keyof Report & string, ValueShape>>,
): FunctionEntry {
  return {
    name,
    parameters: [{ name: 'path', kind: 'path' }],
    result: describeObject('property', properties),
    summary,
    traits: { readsFiles: true },
    call: {
      kind: 'eager',
      run: ([path = null], library) =>
        readFileText(path, name, library, (text, file) => {
          const reading = library.reports[name](text);
          return reading.kind === 'report' ? give(objectOf({ ...reading.report })) : wrong(`${name}(): '${file}' has no value: ${reading.reason}`);
        }),
    },
  };
}

export const reportFunctions: readonly FunctionEntry[] = [
  describeReport<CoverageReport>(
    'parse_coverage',
    'The numbers of a coverage report (Cobertura, LCOV, Istanbul summary, JaCoCo, Go cover), percentages from 0 to 100; fails without one.',
    { line_coverage: number, branch_coverage: number, lines_covered: number, lines_total: number, files: number },
  ),
  describeReport<JunitReport>(
    'parse_junit',
    'The numbers of a JUnit XML report and the names of the tests that failed; fails without one.',
    { tests: number, failures: number, errors: number, skipped: number, duration: number, failed_names: texts },
  ),
  describeReport<SarifReport>(
    'parse_sarif',
    'How many findings of each level a SARIF log holds, and the rules behind them; fails without one.',
    { errors: number, warnings: number, notes: number, total: number, rules: texts },
  ),
];
