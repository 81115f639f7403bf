import type { CoverageReading } from '../formats/parse-coverage.js';
import type { JunitReading } from '../formats/parse-junit.js';
import type { SarifReading } from '../formats/parse-sarif.js';
import type { PartialValue, Unknown } from './unknown.js';
import type { WorkspaceReader } from './workspace-reader.js';

/** Tells whether a pattern occurs in a text, in time linear in the text; an `error` for a pattern it refuses. */
export type Matcher = (text: string, pattern: string) => boolean | { readonly error: string };

/** SHA-256 over the pieces, one after the other, in lower-case hex. */
export type Digest = (pieces: readonly string[], written: 'utf8' | 'hex') => string;

/** The readers of reports, by the function that calls them. */
export interface ReportReaders {
  readonly parse_coverage: (text: string) => CoverageReading;
  readonly parse_junit: (text: string) => JunitReading;
  readonly parse_sarif: (text: string) => SarifReading;
}

/**
 * What functions need of the world, handed in by whoever evaluates. Wherever `Unknown` is allowed it means
 * «this is only known during the run», and so does the value of the function that asked.
 */
export interface FunctionLibrary {
  readonly reader: WorkspaceReader | Unknown;
  readonly matches: Matcher;
  readonly digest: Digest;
  readonly reports: ReportReaders;
  readonly readYaml: (text: string) => { readonly value: PartialValue } | { readonly error: string };
  /** `always()` is never asked for. */
  readonly status: (name: StatusFunction) => boolean | Unknown;
  /** The files among those the patterns name that differ from the last GO, else from the base branch. */
  readonly changed: (patterns: readonly string[]) => readonly string[] | Unknown;
  /** The value last recorded on the default branch; nothing when none was. */
  readonly baseline: (metric: string) => number | Unknown | undefined;
  /** A variable of the environment; nothing when it is not set. */
  readonly env: (name: string) => string | Unknown | undefined;
}

export type StatusFunction = 'success' | 'failure' | 'cancelled';
