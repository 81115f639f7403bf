import type { DiagnosticCode } from '../../diagnostic/codes.js';
import { addressOfPage } from '../page-address.js';
import type { FailureSummary, RunSummary } from '../run-summary.js';
import { escapeHidden } from '../visible-text.js';
import { listFailedParts, listRemarks } from './list-problems.js';
import { cutText, oneLine } from './run-words.js';

/** A problem as it stands beside a line of a file. */
export interface Note {
  readonly name: string;
  readonly failure: FailureSummary;
}

/** All that a run says beside lines on GitHub: what failed, then the rest by severity. */
export function listNotes(summary: RunSummary): readonly Note[] {
  const failed: readonly Note[] = listFailedParts(summary).map(({ name, failure, ways }) => ({ name, failure: { ...failure, severity: 'blocking', hints: ways } }));
  return [...failed, ...listRemarks(summary).map(({ name, remark }) => ({ name, failure: remark }))];
}

export function titleOfNote({ name, failure: { code } }: Note, most: number): string {
  return cutText(escapeHidden(oneLine(name === '' ? code : `${name} (${code})`)), most);
}

/** What is wrong and the ways out, a line each; whatever else is to be said, and the page of the code, keep their room. */
export function bodyOfNote({ failure: { message, hints, code } }: Note, { most, more = '' }: { readonly most: number; readonly more?: string }): string {
  const end = [...(more === '' ? [] : [more]), addressOfPage(code as DiagnosticCode)].join('\n');
  const body = [message, ...hints.map((hint) => `→ ${hint}`)].map((text) => showLines(text, most)).join('\n');
  return `${cutText(body, most - end.length - 1)}\n${end}`;
}

function showLines(text: string, most: number): string {
  return text.slice(0, most).split(/\r\n|\r|\n/u).map(escapeHidden).join('\n');
}
