import { isObject, type JsonObject, objectsOf, readJson } from './json-document.js';
import { type Reading, unreadable } from './reading.js';
import { readSarifFindings, type SarifFinding } from './sarif-findings.js';

/** What `parse_sarif` gives to an expression: findings that stand, so none that is suppressed, passed or gone. */
export interface SarifReport {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** `errors + warnings + notes` */
  readonly total: number;
  /** The distinct ids of the rules behind them, sorted. */
  readonly rules: readonly string[];
}

export type SarifReading = Reading<SarifReport>;

/** `parse_sarif`: reads a SARIF 2.1 log; a log that holds no finished run has no value. */
export function parseSarif(text: string): SarifReading {
  if (text.trim() === '') return unreadable('it is empty');
  const document = readJson(text);
  if (document.kind === 'unreadable') return document;
  const { version, runs } = document.report;
  if (!Array.isArray(runs)) return unreadable('it is not SARIF: it has no «runs»');
  if (typeof version === 'string' && !version.startsWith('2.')) return unreadable(`it is SARIF of version ${version}, not 2.1`);
  return reportRuns(runs);
}

function reportRuns(runs: readonly unknown[]): SarifReading {
  if (runs.length === 0) return unreadable('it holds no run');
  const findings: SarifFinding[] = [];
  for (const [index, run] of runs.entries()) {
    const read = isObject(run) ? readRun(run) : unreadable('is not an object');
    if (read.kind === 'unreadable') return unreadable(`its run ${index + 1} ${read.reason}`);
    findings.push(...read.report);
  }
  return { kind: 'report', report: summarize(findings) };
}

// A tool that broke off has found what it found: its own error is one more, and without any the log proves nothing.
function readRun(run: JsonObject): Reading<readonly SarifFinding[]> {
  const findings = readSarifFindings(run);
  if (findings.kind === 'unreadable') return findings;
  const broken = objectsOf(run.invocations).filter((invocation) => invocation.executionSuccessful === false);
  if (broken.length === 0) return findings;
  const faults = broken.flatMap((invocation) => readFaults(invocation));
  const all = [...findings.report, ...faults];
  return all.some(({ level }) => level === 'error') ? { kind: 'report', report: all } : unreadable('says that the tool did not succeed');
}

function readFaults(invocation: JsonObject): readonly SarifFinding[] {
  const notifications = [...objectsOf(invocation.toolExecutionNotifications), ...objectsOf(invocation.toolConfigurationNotifications)];
  return notifications.filter(({ level }) => level === 'error').map(() => ({ level: 'error', rule: undefined }));
}

function summarize(findings: readonly SarifFinding[]): SarifReport {
  const count = (level: SarifFinding['level']): number => findings.filter((finding) => finding.level === level).length;
  const errors = count('error');
  const warnings = count('warning');
  const notes = count('note');
  const rules = new Set(findings.filter(({ level }) => level !== 'none').flatMap(({ rule }) => rule ?? []));
  return { errors, warnings, notes, total: errors + warnings + notes, rules: [...rules].sort() };
}
