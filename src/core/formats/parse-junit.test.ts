import fc from 'fast-check';
import { type JunitReport, parseJunit } from './parse-junit.js';

function reportOf(text: string): JunitReport {
  const reading = parseJunit(text);
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return reading.report;
}

test('a suite at the root', () => {
  const text = `<testsuite time="2.5">
    <testcase classname="a.B" name="ok" time="1"/>
    <testcase classname="a.B" name="bad"><failure message="x"/><failure message="y"/></testcase>
    <testcase classname="a.B" name="broken"><error/></testcase>
    <testcase classname="a.B" name="later"><skipped/></testcase>
    <system-out>ignored<failure/></system-out>
  </testsuite>`;
  expect(reportOf(text)).toEqual({ tests: 4, failures: 1, errors: 1, skipped: 1, duration: 2.5, failed_names: ['a.B.bad', 'a.B.broken'] });
});

test('a case that failed and had an error is one test, one failure and one error, and not skipped', () => {
  expect(reportOf('<testsuites><testcase name="n"><failure/><error/><skipped/></testcase></testsuites>')).toMatchObject({ tests: 1, failures: 1, errors: 1, skipped: 0, failed_names: ['n'] });
});

test('a test that passed at the second attempt has not failed', () => {
  expect(reportOf('<testsuite><testcase name="n"><flakyFailure/><rerunFailure/></testcase></testsuite>')).toMatchObject({ tests: 1, failures: 0, errors: 0, failed_names: [] });
});

describe('totals that suites say of themselves', () => {
  const cases = '<testcase name="a"/><testcase name="b"><failure/></testcase>';

  test.each([
    ['absent', `<testsuites><testsuite>${cases}</testsuite><testsuite>${cases}</testsuite></testsuites>`],
    ['of the children, at the root', `<testsuites tests="4" failures="2"><testsuite tests="2" failures="1">${cases}</testsuite><testsuite tests="2" failures="1">${cases}</testsuite></testsuites>`],
    ['of nested suites too', `<testsuite tests="4" failures="2">${cases}<testsuite tests="2" failures="1">${cases}</testsuite></testsuite>`],
    ['of the own cases alone', `<testsuite tests="2" failures="1">${cases}<testsuite tests="2" failures="1">${cases}</testsuite></testsuite>`],
    ['not numbers', `<testsuites tests="many" failures="-1"><testsuite tests="1e3">${cases}${cases}</testsuite></testsuites>`],
    ['without cases', '<testsuites><testsuite tests="3" failures="2"/><testsuite tests="1"/></testsuites>'],
  ])('%s', (_name, text) => expect(reportOf(text)).toMatchObject({ tests: 4, failures: 2, errors: 0, skipped: 0 }));

  test('an error for which no case is listed is not lost', () => {
    expect(reportOf('<testsuites><testsuite tests="1" errors="1" skipped="2"><testcase name="a"/></testsuite></testsuites>')).toMatchObject({ tests: 1, errors: 1, skipped: 2 });
  });

  test('no tests are zero tests', () => {
    expect(reportOf('<testsuites/>')).toEqual({ tests: 0, failures: 0, errors: 0, skipped: 0, duration: null, failed_names: [] });
  });
});

describe('duration', () => {
  test.each([
    ['<testsuites time="9"><testsuite time="5"/><testsuite time="6"/></testsuites>', 9],
    ['<testsuites><testsuite time="5"/><testsuite time="6.5"/></testsuites>', 11.5],
    ['<testsuites><testcase name="a" time="0.25"/><testsuite><testcase name="b" time="1.5e-1"/><testcase name="c"/></testsuite></testsuites>', 0.4],
    ['<testsuite time="1,234,567.5"/>', 1_234_567.5],
    ['<testsuite time="0"/>', 0],
    ['<testsuite time="1,234"/>', null],
    ['<testsuite time="-1"/>', null],
    ['<testsuite time="1.5s"/>', null],
    ['<testsuite time=""/>', null],
  ])('%s', (text, seconds) => expect(reportOf(text).duration).toBe(seconds));
});

test.each([
  ['classname="c" name="n"', 'c.n'],
  ['classname="" name="n"', 'n'],
  ['classname="same" name="same"', 'same'],
  ['classname="c" name=""', 'c'],
  ['classname="c"', 'c'],
  ['classname="a.B" name="x&lt;y&#10;"', 'a.B.x<y\n'],
])('the name of <testcase %s>', (attributes, name) => {
  expect(reportOf(`<testsuite><testcase ${attributes}><error/></testcase><testsuite><testcase ${attributes}><failure/></testcase></testsuite></testsuite>`).failed_names).toEqual([name]);
});

test.each([
  ['', 'it is empty'],
  [' \n ', 'it is empty'],
  ['<coverage/>', 'it is not JUnit XML: its root element is <coverage>'],
])('%j is unreadable', (text, reason) => expect(parseJunit(text)).toEqual({ kind: 'unreadable', reason }));

describe('properties', () => {
  const outcome = fc.constantFrom('', '<failure/>', '<error/>', '<skipped/>');
  const suites = fc.array(fc.array(outcome, { maxLength: 6 }), { maxLength: 5 });
  const write = (all: readonly (readonly string[])[], declare: boolean): string =>
    `<testsuites>${all
      .map((cases, s) => `<testsuite${declare ? ` tests="${cases.length}"` : ''}>${cases.map((inner, c) => `<testcase name="${s}.${c}">${inner}</testcase>`).join('')}</testsuite>`)
      .join('')}</testsuites>`;

  test('counts are those of the cases', () => {
    fc.assert(
      fc.property(suites, fc.boolean(), (all, declare) => {
        const flat = all.flat();
        const count = (inner: string): number => flat.filter((one) => one === inner).length;
        const report = reportOf(write(all, declare));
        expect(report).toMatchObject({ tests: flat.length, failures: count('<failure/>'), errors: count('<error/>'), skipped: count('<skipped/>') });
        expect(report.failed_names).toHaveLength(report.failures + report.errors);
      }),
    );
  });

  test('a report cut short is always unreadable', () => {
    const whole = write([['', '<failure/>'], ['<error/>']], true);
    for (let at = 0; at < whole.length; at += 1) expect(parseJunit(whole.slice(0, at)).kind).toBe('unreadable');
  });

  test('damage never throws', () => {
    const whole = write([['', '<failure/>'], ['<error/>']], true);
    fc.assert(fc.property(fc.nat(whole.length), fc.nat(4), fc.string(), (at, cut, put) => expect(['report', 'unreadable']).toContain(parseJunit(whole.slice(0, at) + put + whole.slice(at + cut)).kind)));
  });
});
