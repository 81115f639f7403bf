import type { DiagnosticCode } from '../../diagnostic/codes.js';
import { addressOfPage } from '../page-address.js';
import { escapeHidden } from '../visible-text.js';
import type { FailureSummary, RunSummary } from '../run-summary.js';
import { listFailedParts, listRemarks } from './list-problems.js';
import { cutText, oneLine } from './run-words.js';
import { toWorkflowCommand } from '../workflow-command.js';

/** What GitHub shows of one step: the eleventh of a kind, and what is longer, is dropped without a word. */
const most = { ofAKind: 10, message: 4_096, title: 255 };
const commands = { blocking: 'error', warning: 'warning', info: 'notice' } as const;

interface Note {
  readonly name: string;
  readonly failure: FailureSummary;
}

/** The problems of a run beside their lines on GitHub, the severest first. */
export function renderAnnotations(summary: RunSummary): readonly string[] {
  const failed: readonly Note[] = listFailedParts(summary).map(({ name, failure, ways }) => ({ name, failure: { ...failure, severity: 'blocking', hints: ways } }));
  const notes = [...failed, ...listRemarks(summary).map(({ name, remark }) => ({ name, failure: remark }))];
  return (['blocking', 'warning', 'info'] as const).flatMap((severity) => {
    const all = notes.filter(({ failure }) => failure.severity === severity);
    const hidden = all.length - most.ofAKind;
    return all.slice(0, most.ofAKind).map((note, index) => renderNote(note, index === most.ofAKind - 1 && hidden > 0 ? `… and ${hidden} more: the job summary has the table of all steps` : ''));
  });
}

function renderNote({ name, failure }: Note, more: string): string {
  const { severity, code, message, file, line, column, hints } = failure;
  const end = [...(more === '' ? [] : [more]), addressOfPage(code as DiagnosticCode)].join('\n');
  const body = [message, ...hints.map((hint) => `→ ${hint}`)].map(showLines).join('\n');
  const place = file === null ? {} : { file, ...(line === null ? {} : { line, ...(column === null ? {} : { col: column }) }) };
  const title = cutText(escapeHidden(oneLine(name === '' ? code : `${name} (${code})`)), most.title);
  return toWorkflowCommand(commands[severity], `${cutText(body, most.message - end.length - 1)}\n${end}`, { ...place, title });
}

function showLines(text: string): string {
  return text.slice(0, most.message).split(/\r\n|\r|\n/u).map(escapeHidden).join('\n');
}
