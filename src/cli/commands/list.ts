import { findWorkflows, showPath, workflowFolders } from '../../adapters/local/find-workflows.js';
import { createPaint } from '../../core/report/paint.js';
import { cutToWidth, escapeHidden, widthOf } from '../../core/report/visible-text.js';
import { hasErrors } from '../../core/definition/parse-workflow.js';
import { writtenText } from '../../core/definition/shape/setting.js';
import type { Call, ExitCode } from '../command.js';
import { loadAllWorkflows } from '../load-workflow.js';
import { version } from '../../assembly/version.js';

interface Listed {
  readonly name: string;
  readonly file: string;
  readonly description: string | null;
  readonly valid: boolean;
}

/** `tollgate list`: the workflows of the repository. */
export function list(call: Call): ExitCode {
  const listed = listAll(call);
  call.terminal.out(call.options.json.value ? `${JSON.stringify({ schema_version: 1, tollgate_version: version, workflows: listed }, null, 2)}\n` : renderText(listed, call));
  return 0;
}

function listAll(call: Call): readonly Listed[] {
  const loaded = loadAllWorkflows(call);
  return findWorkflows(call.workspace).map(({ name, path }, index): Listed => {
    const loading = loaded[index];
    const workflow = loading?.kind === 'loaded' ? loading.workflow : undefined;
    const description = writtenText(workflow?.parsed?.outline.workflow.description) ?? null;
    return { name, file: showPath(path, call.folder), description, valid: workflow !== undefined && !hasErrors(workflow.diagnostics) };
  });
}

function renderText(listed: readonly Listed[], { terminal, calledAs, workspace }: Call): string {
  const paint = createPaint(terminal.color);
  if (listed.length === 0) return `There is no workflow here: they lie in ${workflowFolders.join(', ')} of ${workspace}.\n  ${paint.good('→')} Run: ${calledAs} init\n`;
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(widthOf));
  const [names, files] = [widest(listed.map(({ name }) => name)), widest(listed.map(({ file }) => file))];
  const lines = listed.map(({ name, file, description, valid }) => {
    const note = valid ? (description ?? '').replace(/\s+/gu, ' ') : `has problems: ${calledAs} validate ${file}`;
    const room = Math.max(24, terminal.columns - names - files - 4);
    const shown = cutToWidth(escapeHidden(note), valid ? room : note.length);
    return `${paint.strong(pad(name, names))}  ${paint.faint(pad(file, files))}  ${valid ? shown : paint.warning(shown)}`.trimEnd();
  });
  return lines.map((line) => `${line}\n`).join('');
}

function pad(text: string, width: number): string {
  return `${escapeHidden(text)}${' '.repeat(Math.max(0, width - widthOf(text)))}`;
}
