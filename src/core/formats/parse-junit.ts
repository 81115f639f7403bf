import { readCount } from './read-count.js';
import { type Reading, unreadable } from './reading.js';
import { attributeText, childrenNamed, readXml, type XmlElement } from './xml-document.js';

/** What `parse_junit` gives to an expression. */
export interface JunitReport {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  /** Seconds; null where the report tells no time. */
  readonly duration: number | null;
  /** `classname.name` of each test that failed or had an error, in the report's order, each once. */
  readonly failed_names: readonly string[];
}

export type JunitReading = Reading<JunitReport>;

/** `parse_junit`: reads the JUnit XML of any tool, with one suite at the root, many, or suites in suites. */
export function parseJunit(text: string): JunitReading {
  if (text.trim() === '') return unreadable('it is empty');
  const document = readXml(text);
  if (document.kind === 'unreadable') return document;
  const root = document.report;
  if (!isSuite(root)) return unreadable(`it is not JUnit XML: its root element is <${root.name}>`);
  return { kind: 'report', report: { ...tally(root), failed_names: [...new Set(namesOfFailed(root))] } };
}

type Tally = Omit<JunitReport, 'failed_names'>;
type Outcome = 'failures' | 'errors' | 'skipped';

function isSuite(element: XmlElement): boolean {
  return element.name === 'testsuites' || element.name === 'testsuite';
}

/**
 * A suite's numbers: what it says of itself or what its cases and suites add up to, whichever is more. A suite may say
 * nothing, speak for its own cases alone, or know of an error for which it lists no case: no failure is ever lost.
 */
function tally(suite: XmlElement): Tally {
  const parts = suite.children.filter((child) => isSuite(child) || child.name === 'testcase').map((child) => (isSuite(child) ? tally(child) : tallyCase(child)));
  const most = (what: Outcome | 'tests'): number => Math.max(readCount(suite.attributes[what]) ?? 0, sum(parts.map((part) => part[what])));
  return {
    tests: most('tests'),
    failures: most('failures'),
    errors: most('errors'),
    skipped: most('skipped'),
    duration: readSeconds(suite.attributes.time) ?? sumKnown(parts.map((part) => part.duration)),
  };
}

function tallyCase(testcase: XmlElement): Tally {
  const has = (name: string): number => (childrenNamed(testcase, name).length > 0 ? 1 : 0);
  const failures = has('failure');
  const errors = has('error');
  const skipped = failures + errors > 0 ? 0 : has('skipped');
  return { tests: 1, failures, errors, skipped, duration: readSeconds(testcase.attributes.time) };
}

function namesOfFailed(suite: XmlElement): readonly string[] {
  return suite.children.flatMap((child) => {
    if (isSuite(child)) return namesOfFailed(child);
    if (child.name !== 'testcase') return [];
    const { failures, errors } = tallyCase(child);
    return failures + errors > 0 ? [nameOf(child)] : [];
  });
}

// Some tools write the whole name into both attributes, some leave the class empty.
function nameOf(testcase: XmlElement): string {
  const name = attributeText(testcase, 'name');
  const owner = attributeText(testcase, 'classname');
  if (name === '') return owner;
  return owner === '' || owner === name ? name : `${owner}.${name}`;
}

// «1,234.567» is Maven's; a comma without a point could be either mark, so it tells nothing.
function readSeconds(written: string | undefined): number | null {
  if (written === undefined) return null;
  const plain = /^\d{1,3}(?:,\d{3})+\.\d+$/.test(written) ? written.replaceAll(',', '') : written;
  return /^\d+(?:\.\d+)?(?:e-?\d{1,2})?$/i.test(plain) ? Number(plain) : null;
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
