import { showPath } from '../adapters/local/find-workflows.js';
import { readWorkflowFile } from '../adapters/local/read-workflow-file.js';
import type { CallProblem } from './call-problem.js';
import { readSettings } from './read-settings.js';
import type { FileSettings } from './resolve-options.js';

/** The settings of a file that is there. */
export function readSettingsFile(path: string, folder: string): { readonly settings: FileSettings; readonly problems: readonly CallProblem[] } {
  const file = showPath(path, folder);
  const read = readWorkflowFile(path, file);
  switch (read.kind) {
    case 'read': return readSettings(read.source);
    case 'refused': {
      const { message, span, hint } = read.diagnostic;
      const { line, column } = read.source.positionAt(span[0]);
      return { settings: new Map(), problems: [{ message: `${file}:${line}:${column}: ${message}`, hint }] };
    }
    case 'unreadable': return { settings: new Map(), problems: [{ message: `${file} cannot be read: ${read.reason}` }] };
  }
}
