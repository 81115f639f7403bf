import type { RunSummary } from '../run-summary.js';
import { toWorkflowCommand } from '../workflow-command.js';
import type { Note } from './list-notes.js';
import { bodyOfNote, listNotes, titleOfNote } from './list-notes.js';

/** What GitHub shows of one step: the eleventh of a kind, and what is longer, is dropped without a word. */
const most = { ofAKind: 10, message: 4_096, title: 255 };
const commands = { blocking: 'error', warning: 'warning', info: 'notice' } as const;

/** The problems of a run beside their lines on GitHub, the severest first. */
export function renderAnnotations(summary: RunSummary): readonly string[] {
  const notes = listNotes(summary);
  return (['blocking', 'warning', 'info'] as const).flatMap((severity) => {
    const all = notes.filter(({ failure }) => failure.severity === severity);
    const hidden = all.length - most.ofAKind;
    return all.slice(0, most.ofAKind).map((note, index) => renderNote(note, index === most.ofAKind - 1 && hidden > 0 ? `… and ${hidden} more: the job summary has the table of all steps` : ''));
  });
}

function renderNote(note: Note, more: string): string {
  const { severity, file, line, column } = note.failure;
  const place = file === null ? {} : { file, ...(line === null ? {} : { line, ...(column === null ? {} : { col: column }) }) };
  return toWorkflowCommand(commands[severity], bodyOfNote(note, { most: most.message, more }), { ...place, title: titleOfNote(note, most.title) });
}
