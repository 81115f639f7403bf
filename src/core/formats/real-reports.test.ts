import { readFileSync } from 'node:fs';
import { type CoverageReport, parseCoverage } from './parse-coverage.js';
import { type JunitReport, parseJunit } from './parse-junit.js';
import { parseSarif } from './parse-sarif.js';

// The reports and what the tools printed beside them: test/fixtures/reports/README.md says how each was made.
const read = (path: string): string => readFileSync(new URL(`../../../test/fixtures/reports/${path}`, import.meta.url), 'utf8');

function printed(path: string, pattern: RegExp): readonly number[] {
  const found = pattern.exec(read(path));
  if (found === null) throw new Error(`${path} does not print ${String(pattern)}`);
  return found.slice(1).map(Number);
}

function coverageOf(path: string): CoverageReport {
  const reading = parseCoverage(read(path));
  if (reading.kind === 'unreadable') throw new Error(`${path}: ${reading.reason}`);
  return reading.report;
}

function junitOf(path: string): JunitReport {
  const reading = parseJunit(read(path));
  if (reading.kind === 'unreadable') throw new Error(`${path}: ${reading.reason}`);
  return reading.report;
}

const outcomes = ({ tests, failures, errors, skipped }: JunitReport): readonly number[] => [tests, failures, errors, skipped];
const twoDecimals = (value: number | null): number => Math.floor((value ?? Number.NaN) * 100) / 100;

describe('pytest-cov', () => {
  test.each(['coverage.xml', 'coverage.lcov'])('%s has the numbers of the printed table', (file) => {
    const [statements = 0, missed = 0, , , percent] = printed('pytest/printed.txt', /^TOTAL +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)%/m);
    const [branches = 0] = printed('pytest/printed.txt', /^TOTAL +\d+ +\d+ +(\d+)/m);
    const report = coverageOf(`pytest/${file}`);
    expect(report).toMatchObject({ lines_covered: statements - missed, lines_total: statements, files: 3 });
    expect(report.line_coverage).toBeCloseTo((100 * (statements - missed)) / statements, 12);
    // coverage.py prints lines and branches as one percentage
    const branchesHit = ((report.branch_coverage ?? Number.NaN) * branches) / 100;
    expect(Math.round((100 * (report.lines_covered + branchesHit)) / (statements + branches))).toBe(percent);
  });

  test.each(['coverage-lines.xml', 'coverage-lines.lcov'])('%s, made without branches, has no branch coverage', (file) => {
    const [statements = 0, missed = 0, percent] = printed('pytest/printed-lines.txt', /^TOTAL +(\d+) +(\d+) +(\d+)%/m);
    const report = coverageOf(`pytest/${file}`);
    expect(report).toMatchObject({ lines_covered: statements - missed, lines_total: statements, branch_coverage: null });
    expect(Math.round(report.line_coverage)).toBe(percent);
  });

  test('two source folders with files of one name: the totals hold, though the XML lists one of them alone', () => {
    const [statements = 0, missed = 0] = printed('coverage-py-two-sources/printed.txt', /^TOTAL +(\d+) +(\d+)/m);
    expect(coverageOf('coverage-py-two-sources/coverage.xml')).toMatchObject({ lines_covered: statements - missed, lines_total: statements, branch_coverage: 50 });
  });
});

describe.each(['jest', 'c8'])('%s', (tool) => {
  test.each(['coverage-summary.json', 'lcov.info', 'cobertura-coverage.xml'])('%s has the percentages of the printed table', (file) => {
    const [branches, lines] = printed(`${tool}/printed.txt`, /^All files +\| +[\d.]+ \| +([\d.]+) \| +[\d.]+ \| +([\d.]+)/m);
    const report = coverageOf(`${tool}/${file}`);
    expect([twoDecimals(report.line_coverage), twoDecimals(report.branch_coverage), report.files]).toEqual([lines, branches, 3]);
  });

  test('all its formats tell the same', () => {
    const [summary, ...others] = ['coverage-summary.json', 'lcov.info', 'cobertura-coverage.xml'].map((file) => coverageOf(`${tool}/${file}`));
    expect(others).toEqual([summary, summary]);
  });
});

test("Jest's Clover report is refused by its name", () => {
  expect(parseCoverage(read('jest/clover.xml'))).toEqual({ kind: 'unreadable', reason: 'it is a Clover report; write Cobertura or LCOV instead' });
});

test.each([
  ['go/cover.out', 'go/func.txt'],
  ['go/cover-pkg.out', 'go/func-pkg.txt'],
])('Go: %s has the total of %s, blocks of several test binaries counted once', (profile, func) => {
  const [percent] = printed(func, /^total:\s+\(statements\)\s+([\d.]+)%/m);
  const report = coverageOf(profile);
  expect(Math.round(report.line_coverage * 10) / 10).toBe(percent);
  // eleven blocks of one statement and one of three
  expect(report).toMatchObject({ lines_total: 14, branch_coverage: null, files: 2 });
});

test('JaCoCo: the totals of index.html, where a line that two classes share counts once', () => {
  const page = read('jacoco/index.html');
  const total = /<tfoot>.*?<\/tfoot>/.exec(page)?.[0] ?? '';
  const [branchesMissed = 0, branches = 0] = [.../(\d+) of (\d+)<\/td><td class="ctr2">\d+%<\/td><td class="ctr1">/.exec(total) ?? []].slice(1).map(Number);
  const [, , linesMissed = 0, lines = 0] = [...total.matchAll(/<td class="ctr[12]">(\d+)<\/td>/g)].map((cell) => Number(cell[1]));
  expect(coverageOf('jacoco/jacoco.xml')).toEqual({
    line_coverage: (100 * (lines - linesMissed)) / lines,
    branch_coverage: (100 * (branches - branchesMissed)) / branches,
    lines_covered: lines - linesMissed,
    lines_total: lines,
    files: 2,
  });
  const rows = read('jacoco/jacoco.csv').trim().split('\n').slice(1).map((row) => row.split(',').map(Number));
  const perClass = rows.reduce((sum, row) => sum + (row[7] ?? 0) + (row[8] ?? 0), 0);
  expect(perClass).toBe(lines + 1);
});

describe('JUnit', () => {
  test('pytest: a test that fails and then cannot clean up is a failure and an error', () => {
    const [failed, , skipped = 0, xfailed = 0, errors] = printed('pytest/printed.txt', /^(\d+) failed, (\d+) passed, (\d+) skipped, (\d+) xfailed, (\d+) errors/m);
    const report = junitOf('pytest/junit.xml');
    expect(outcomes(report)).toEqual([13, failed, errors, skipped + xfailed]);
    expect(report.duration).toBe(0.153);
    expect(report.failed_names).toEqual([
      'tests.test_cart.TestCart.test_wrong',
      'tests.test_cart.TestCart.test_needs_database',
      'tests.test_cart.TestCart.test_fails_and_leaks',
      'tests.test_cart.TestCart.test_passes_and_leaks',
      'tests.test_price.test_label_other[a<b & "c"]',
    ]);
  });

  test('jest-junit: its own total leaves out a todo that Jest counts', () => {
    const [failed, skipped, , , total] = printed('jest/printed.txt', /^Tests: +(\d+) failed, (\d+) skipped, (\d+) todo, (\d+) passed, (\d+) total/m);
    const report = junitOf('jest/junit.xml');
    expect(outcomes(report)).toEqual([total, failed, 0, skipped]);
    expect(report.failed_names).toEqual(['price fails', 'cart total throws']);
  });

  test('jest-junit with suite errors: the file that could not be loaded is an error, and named once', () => {
    const report = junitOf('jest/junit-suite-errors.xml');
    expect(outcomes(report)).toEqual([9, 3, 1, 1]);
    expect(report.failed_names).toEqual(['price fails', 'cart total throws', 'Test suite failed to run.test/broken.test.js']);
  });

  test('gotestsum: tests, failures and skipped as it prints them', () => {
    const [tests, skipped, failures] = printed('go/printed-gotestsum.txt', /^DONE (\d+) tests, (\d+) skipped, (\d+) failures/m);
    const report = junitOf('go/junit.xml');
    expect(outcomes(report)).toEqual([tests, failures, 0, skipped]);
    expect(report.failed_names).toEqual(['example.com/shop/text.TestPlural/fails', 'example.com/shop/text.TestPlural']);
  });

  test('gotestsum: an error that the root alone knows is not lost; the case for the failed build counts as a test', () => {
    const [tests = 0, skipped, failures, errors] = printed('go/printed-gotestsum-build-failed.txt', /^DONE (\d+) tests, (\d+) skipped, (\d+) failures, (\d+) error/m);
    expect(outcomes(junitOf('go/junit-build-failed.xml'))).toEqual([tests + 1, failures, errors, skipped]);
  });

  test.each([
    ['surefire/cart.xml', /^Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+),.*CartTest$/m, []],
    ['surefire/cart-inner.xml', /^Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+),.*Inner$/m, ['com.example.shop.CartTest.fails', 'com.example.shop.CartTest.throwsError']],
    ['surefire/set-up-fails.xml', /^Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+),.*SetUpFailsTest$/m, ['com.example.shop.SetUpFailsTest']],
  ])('Maven Surefire: %s', (file, pattern, names) => {
    const report = junitOf(file);
    expect(outcomes(report)).toEqual(printed('surefire/printed.txt', pattern));
    expect(report.failed_names).toEqual(names);
  });

  test("Node's test runner: cases without a suite, and no totals but in comments", () => {
    const [tests] = printed('node-test/junit.xml', /<!-- tests (\d+) -->/);
    const [failed] = printed('node-test/junit.xml', /<!-- fail (\d+) -->/);
    const report = junitOf('node-test/junit.xml');
    expect(outcomes(report)).toEqual([tests, failed, 0, 0]);
    expect(report.duration).toBeCloseTo(0.330596, 3);
  });
});

describe('ESLint SARIF', () => {
  const problems = /^✖ (\d+) problems \((\d+) errors, (\d+) warnings\)/m;

  test('counts as printed, without what a comment in the source suppresses', () => {
    const [total, errors, warnings] = printed('eslint/printed.txt', problems);
    expect(parseSarif(read('eslint/eslint.sarif'))).toEqual({
      kind: 'report',
      report: { errors, warnings, notes: 0, total, rules: ['eqeqeq', 'no-debugger', 'no-eval', 'no-unused-vars', 'no-var'] },
    });
  });

  test('a file that cannot be parsed is a notification and no result, and an error all the same', () => {
    const [total, errors, warnings] = printed('eslint/printed-broken.txt', problems);
    expect(parseSarif(read('eslint/eslint-fatal.sarif'))).toMatchObject({ report: { errors, warnings, total } });
  });

  test('nothing found is zero', () => {
    expect(parseSarif(read('eslint/eslint-clean.sarif'))).toMatchObject({ report: { errors: 0, warnings: 0, notes: 0, total: 0, rules: [] } });
  });
});
