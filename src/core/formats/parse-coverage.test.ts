import fc from 'fast-check';
import { type CoverageReport, parseCoverage } from './parse-coverage.js';

function reportOf(text: string): CoverageReport {
  const reading = parseCoverage(text);
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return reading.report;
}

const reasonOf = (text: string): string => {
  const reading = parseCoverage(text);
  return reading.kind === 'unreadable' ? reading.reason : 'readable';
};

const summary = (lines: object, branches?: object): string => JSON.stringify({ total: { lines, branches }, 'a.js': {}, 'b.js': {} });

describe('which format it is', () => {
  test.each([
    ['\uFEFF<?xml version="1.0"?>\n<coverage lines-valid="4" lines-covered="1"/>', 25],
    ['<?xml version="1.0"?><!-- a - b --><!DOCTYPE coverage SYSTEM "x.dtd">\n<coverage lines-valid="4" lines-covered="1"/>', 25],
    ['<report><counter type="LINE" missed="3" covered="1"/></report>', 25],
    ['\n TN:\nSF:a\nDA:1,1\nDA:2,0\nend_of_record\n', 50],
    ['# made by hand\r\nSF:a\r\nDA:1,1\r\nDA:2,0\r\nend_of_record\r\n', 50],
    ['mode: set\na/b.go:1.1,2.2 3 1\na/b.go:3.1,4.2 1 0\n', 75],
    [summary({ total: 4, covered: 3 }), 75],
  ])('is found by the content: %j', (text, percent) => expect(reportOf(text).line_coverage).toBe(percent));

  test.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['hello', 'it is not Cobertura XML, LCOV, Istanbul coverage-summary.json, JaCoCo XML or a Go cover profile'],
    ['<testsuites/>', 'it is not Cobertura XML, LCOV, Istanbul coverage-summary.json, JaCoCo XML or a Go cover profile: its root element is <testsuites>'],
    ['{"a.js":{"statementMap":{}}}', `it is JSON, but not Istanbul's coverage-summary.json (reporter «json-summary»): it has no «total»`],
    ['{"total":', 'it is not valid JSON (cut short?)'],
    ['{"total":{"lines":{"pct":80}}}', 'its «total.lines» has no counts «covered» and «total»'],
    [summary({ total: 1.5, covered: 1 }), 'its «total.lines» has no counts «covered» and «total»'],
    [summary({ total: 2, covered: -1 }), 'its «total.lines» has no counts «covered» and «total»'],
    ['SF:a\nDA:1,1\n', 'it ends in the middle of a record (cut short?)'],
    ['SF:a\nDA:1\nend_of_record', 'line 2 is not LCOV: «DA:1»'],
    ['SF:a\nDA:x,1\nend_of_record', 'line 2 is not LCOV: «DA:x,1»'],
    ['SF:a\nDA:x1,1\nend_of_record', 'line 2 is not LCOV: «DA:x1,1»'],
    ['SF:a\nDA:1,x\nend_of_record', 'line 2 is not LCOV: «DA:1,x»'],
    ['SF:a\nBRDA:1,0,0\nBRDA:1\nend_of_record', 'line 3 is not LCOV: «BRDA:1»'],
    ['SF:a\nBRDA:1,0,0,x\nend_of_record', 'line 2 is not LCOV: «BRDA:1,0,0,x»'],
    ['SF:a\nBRDA:,1\nend_of_record', 'line 2 is not LCOV: «BRDA:,1»'],
    ['SF:a\nDA:1,1,x\nDA:1,\nend_of_record', 'line 3 is not LCOV: «DA:1,»'],
    ['SF:a\nend_of_record\nDA:1,1', 'line 3 is not LCOV: «DA:1,1»'],
    [`SF:a\nDA:${'9'.repeat(99)}x,1\nend_of_record`, `line 2 is not LCOV: «DA:${'9'.repeat(57)}»`],
    ['mode: set\na/b.go:1.1,2.2 3', 'line 2 is not of a Go cover profile: «a/b.go:1.1,2.2 3»'],
    [`mode: set\n${'x'.repeat(99)}`, `line 2 is not of a Go cover profile: «${'x'.repeat(60)}»`],
  ])('%j is unreadable', (text, reason) => expect(reasonOf(text)).toBe(reason));
});

describe('nothing measured is no value', () => {
  test.each([
    '<coverage lines-valid="0" lines-covered="0" line-rate="1"/>',
    '<coverage line-rate="0.9"/>',
    '<report/>',
    '<report><counter type="BRANCH" missed="1" covered="1"/></report>',
    'TN:\n',
    'SF:a\nend_of_record\n',
    'mode: atomic\n',
    'mode: set\na/b.go:1.1,2.2 0 1\n',
    summary({ total: 0, covered: 0, pct: 100 }),
  ])('%j', (text) => expect(reasonOf(text)).toBe('no lines were measured'));

  test.each([
    '<coverage lines-valid="1" lines-covered="2"/>',
    '<coverage lines-valid="1" lines-covered="1" branches-valid="1" branches-covered="2"/>',
    summary({ total: 1, covered: 2 }),
  ])('more covered than there is: %j', (text) => expect(reasonOf(text)).toBe('it counts more as covered than there is'));

  test('branches that were not measured are null', () => {
    expect(reportOf('<coverage lines-valid="1" lines-covered="1" branches-valid="0" branches-covered="0" branch-rate="0"/>').branch_coverage).toBeNull();
    expect(reportOf('<report><counter type="LINE" missed="1" covered="1"/></report>').branch_coverage).toBeNull();
    expect(reportOf(summary({ total: 1, covered: 1 })).branch_coverage).toBeNull();
    expect(reportOf('SF:a\nDA:1,1\nend_of_record').branch_coverage).toBeNull();
    expect(reportOf('mode: set\na.go:1.1,2.2 1 1').branch_coverage).toBeNull();
  });
});

describe('what is listed twice counts once', () => {
  const line = (number: number, hits: number, more = ''): string => `<line number="${number}" hits="${hits}" ${more}/>`;
  const inClass = (name: string, lines: string): string => `<class name="${name}" filename="a.py"><methods><method><lines>${lines}</lines></method></methods><lines>${lines}</lines></class>`;

  test('Cobertura without totals: by method, by class, and by another class of the file', () => {
    const classes = inClass('A', line(1, 0) + line(2, 1)) + inClass('A$B', line(1, 7) + line(3, 0)) + '<class name="C"><lines/></class>';
    expect(reportOf(`<coverage><packages><package><classes>${classes}</classes></package></packages></coverage>`)).toMatchObject({ lines_covered: 2, lines_total: 3, files: 2 });
  });

  test('Cobertura without totals: branches of a line, at their best', () => {
    const half = line(1, 1, 'branch="true" condition-coverage="66% (2/3)"');
    const other = line(1, 1, 'branch="true" condition-coverage="7% (1/14)"');
    const second = line(2, 1, 'branch="true" condition-coverage="100% (12/12)"');
    const report = reportOf(`<coverage branches-valid="0" branches-covered="0"><classes>${inClass('A', half + second)}${inClass('B', other)}</classes></coverage>`);
    expect(report.branch_coverage).toBe(1400 / 26);
  });

  test('Cobertura: totals at the root win over the lines', () => {
    const classes = inClass('A', line(1, 0));
    expect(reportOf(`<coverage lines-valid="8" lines-covered="2" branches-valid="4" branches-covered="3"><classes>${classes}</classes></coverage>`)).toEqual({
      line_coverage: 25,
      branch_coverage: 75,
      lines_covered: 2,
      lines_total: 8,
      files: 1,
    });
    expect(reportOf(`<coverage lines-valid="8"><classes>${classes}</classes></coverage>`).lines_total).toBe(1);
    expect(reportOf(`<coverage lines-covered="8"><classes>${classes}</classes></coverage>`).lines_total).toBe(1);
  });

  test('JaCoCo: counters of packages and groups stand in the report’s own', () => {
    const counter = '<counter type="LINE" missed="1" covered="3"/><counter type="BRANCH" missed="3" covered="1"/>';
    const inPackage = `<package name="p"><class name="C">${counter}</class><sourcefile name="C.java">${counter}</sourcefile>${counter}</package>`;
    expect(reportOf(`<report><group name="g">${inPackage}${counter}</group>${counter}</report>`)).toEqual({
      line_coverage: 75,
      branch_coverage: 25,
      lines_covered: 3,
      lines_total: 4,
      files: 1,
    });
  });

  test('LCOV: a record per test run', () => {
    const first = 'TN:one\nSF:C:/a\nDA:1,1\nDA:2,0,checksum\nBRDA:1,0,jump, far,-\nBRDA:1,0,b,0\nLF:2\nLH:1\nend_of_record\n';
    const second = 'TN:two\nSF:C:/a\nDA:1,0\nDA:2,3\nDA:3,0\nBRDA:1,0,jump, far,2\nend_of_record\nSF:C:/b\nDA:1,0\nBRDA:1,0,b,0\nend_of_record\n';
    expect(reportOf(first + second)).toEqual({ line_coverage: 50, branch_coverage: 100 / 3, lines_covered: 2, lines_total: 4, files: 2 });
  });

  test('Go: profiles put together, with a mode line each', () => {
    const first = 'mode: count\nm/a.go:1.1,2.2 3 0\nm/a.go:3.1,4.2 1 5\n';
    const second = 'mode: count\nm/a.go:1.1,2.2 3 1\nm/a.go:3.1,4.2 1 0\nm/b c.go:1.1,2.2 4 0\n';
    expect(reportOf(first + second)).toMatchObject({ line_coverage: 50, lines_covered: 4, lines_total: 8, files: 2 });
  });
});

describe('properties', () => {
  // the files of a project: for each line, whether it ran
  const project = fc.array(fc.array(fc.boolean(), { maxLength: 12 }), { minLength: 1, maxLength: 6 }).filter((files) => files.flat().length > 0);
  const hits = (covered: boolean): number => (covered ? 3 : 0);

  const asLcov = (files: readonly (readonly boolean[])[]): string =>
    files.map((lines, f) => `SF:f${f}\n${lines.map((covered, n) => `DA:${n + 1},${hits(covered)}\n`).join('')}end_of_record\n`).join('');
  const asCobertura = (files: readonly (readonly boolean[])[]): string =>
    `<coverage>${files.map((lines, f) => `<class filename="f${f}"><lines>${lines.map((covered, n) => `<line number="${n + 1}" hits="${hits(covered)}"/>`).join('')}</lines></class>`).join('')}</coverage>`;
  const asGo = (files: readonly (readonly boolean[])[]): string =>
    `mode: count\n${files.flatMap((lines, f) => lines.map((covered, n) => `m/f${f}.go:${n + 1}.1,${n + 1}.9 1 ${hits(covered)}\n`)).join('')}`;

  test.each([
    ['LCOV', asLcov],
    ['Cobertura', asCobertura],
    ['Go', asGo],
  ])('%s: totals are those of the project, also when all is listed twice', (_name, write) => {
    fc.assert(
      fc.property(project, (files) => {
        const all = files.flat();
        const covered = all.filter(Boolean).length;
        const totals = { lines_covered: covered, lines_total: all.length, line_coverage: (100 * covered) / all.length };
        expect(reportOf(write(files))).toMatchObject(totals);
        const twice = write(files) + (write === asCobertura ? '' : write(files));
        expect(reportOf(twice)).toMatchObject(totals);
      }),
    );
  });

  test('a whole percentage is a whole number', () => {
    for (let covered = 0; covered <= 100; covered += 1) expect(reportOf(summary({ total: 100, covered })).line_coverage).toBe(covered);
  });

  test.each([
    ['LCOV', asLcov([[true, false], [true]])],
    ['Cobertura', asCobertura([[true, false], [true]])],
    ['Go', asGo([[true, false], [true]])],
    ['Istanbul', summary({ total: 3, covered: 2 })],
    ['JaCoCo', '<report name="r"><package name="p"><sourcefile name="s"/></package><counter type="LINE" missed="1" covered="2"/></report>'],
  ])('%s cut short or damaged never throws, and a percentage stays one', (_name, whole) => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(4), fc.string({ unit: fc.constantFrom('<', '>', '"', '/', '{', ':', ',', '9', '-', 'e', '\n', '&', '!') }), (at, cut, put) => {
        for (const text of [whole.slice(0, at), whole.slice(0, at) + put + whole.slice(at + cut)]) {
          const reading = parseCoverage(text);
          if (reading.kind === 'unreadable') expect(reading.reason).not.toBe('');
          else expect(reading.report.line_coverage >= 0 && reading.report.line_coverage <= 100).toBe(true);
        }
      }),
    );
  });

  test.each([
    ['blank lines before what is no report', `x${'\n'.repeat(200_000)}x`],
    ['a long row of spaces in LCOV', `SF:a\nDA:1,1${' '.repeat(200_000)}x\nend_of_record`],
    ['a long row in a Go profile', `mode: set\n${':1.1,1.1'.repeat(20_000)}`],
    ['an SF row without end', `SF:${' a'.repeat(100_000)}`],
  ])('%s is answered at once', (_name, text) => {
    const started = performance.now();
    expect(parseCoverage(text).kind).toBe('unreadable');
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test('XML and JSON that are cut short are always unreadable', () => {
    for (const whole of [asCobertura([[true, false]]), summary({ total: 3, covered: 2 })]) {
      for (let at = 0; at < whole.length; at += 1) expect(parseCoverage(whole.slice(0, at)).kind).toBe('unreadable');
    }
  });
});
