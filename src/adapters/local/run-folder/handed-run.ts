import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalReading } from '../../../core/journal/join-epochs.js';
import { readJournal } from './journal/read-journal.js';

export interface Note {
  readonly step: string;
  readonly markdown: string;
}

/** What a run leaves in its folder for the process that goes on with it. */
export interface HandedRun {
  readonly journal: JournalReading;
  readonly notes: readonly Note[];
}

const workflowCopy = 'workflow.yml';
const notesFile = 'notes.json';

/** The workflow as the run has read it: the workspace may be another by the time that somebody goes on. */
export function copyWorkflow(runPath: string, text: string): void {
  writeFileSync(join(runPath, workflowCopy), text, { mode: 0o600 });
}

export function copiedWorkflow(runPath: string): string {
  return join(runPath, workflowCopy);
}

export function leaveNotes(runPath: string, notes: readonly Note[]): void {
  writeFileSync(join(runPath, notesFile), JSON.stringify(notes), { mode: 0o600 });
}

/** Nothing when somebody has cleaned up in between. */
export function readHandedRun(runPath: string): HandedRun | undefined {
  if (!existsSync(runPath)) return undefined;
  return { journal: readJournal(runPath), notes: (parse(readOr(join(runPath, notesFile), '[]')) ?? []) as readonly Note[] };
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
