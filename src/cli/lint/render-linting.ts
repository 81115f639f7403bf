import { renderAnnotation } from '../../core/report/annotations.js';
import type { DiagnosticJson } from '../../core/report/diagnostics-json.js';
import { toDiagnosticJson } from '../../core/report/diagnostics-json.js';
import { countFindings, renderDiagnostics } from '../../core/report/diagnostics-text.js';
import type { Paint } from '../../core/report/paint.js';
import { createPaint } from '../../core/report/paint.js';
import { counted } from '../../core/report/plan-words.js';
import { escapeHidden } from '../../core/report/visible-text.js';
import type { Call } from '../command.js';
import { version } from '../../assembly/version.js';
import type { LintedFile } from './lint-file.js';

export function renderLinting(files: readonly LintedFile[], { terminal, calledAs, options }: Call): string {
  const paint = createPaint(terminal.color);
  const found = renderDiagnostics(files, { paint, columns: terminal.columns, calledAs, verbose: options.verbose.value });
  return `${found === '' ? '' : `${found}\n`}${files.flatMap((file) => describe(file, { paint, fix: options.fix.value })).map((line) => `${line}\n`).join('')}`;
}

export function renderLintingForGithub(files: readonly LintedFile[], { options }: Call): string {
  const annotations = files.flatMap(({ source, diagnostics }) => diagnostics.map((diagnostic) => renderAnnotation(source, diagnostic)));
  return [...annotations, ...files.flatMap((file) => describe(file, { paint: createPaint(false), fix: options.fix.value }))].map((line) => `${line}\n`).join('');
}

/** One line for the file, and one for everything that was mended in it. */
function describe(file: LintedFile, look: { readonly paint: Paint; readonly fix: boolean }): readonly string[] {
  const { paint } = look;
  const mark = !file.valid ? paint.blocking('✗') : file.diagnostics.length > 0 ? paint.warning('!') : paint.good('✓');
  const name = paint.strong(escapeHidden(file.source.file));
  const found = countFindings(file.diagnostics);
  const fixable = file.diagnostics.filter(({ fix }) => fix?.safe === true).length;
  const offer = look.fix || !file.valid || fixable === 0 ? '' : `; --fix mends ${fixable === 1 ? 'one' : fixable} of them`;
  return [
    ...file.fixed.map(({ title }) => `${paint.good('✓')} ${name}: mended: ${title}`),
    ...(file.unwritten === undefined ? [] : [`${paint.warning('!')} ${name}: ${counted(file.unwritten.fixes.length, 'fix', 'fixes')} not applied: ${file.unwritten.reason}`]),
    `${mark} ${name}: ${found === '' ? 'nothing to say' : found}${offer}`,
  ];
}

/** `tollgate lint --json`. */
export interface LintingJson {
  readonly schema_version: 1;
  readonly tollgate_version: string;
  readonly valid: boolean;
  readonly files: readonly {
    readonly file: string;
    readonly workflow: string | null;
    readonly valid: boolean;
    /** The titles of the fixes that were written to the file. */
    readonly fixed: readonly string[];
    readonly not_fixed: { readonly fixes: readonly string[]; readonly reason: string } | null;
  }[];
  /** What is left. */
  readonly diagnostics: readonly DiagnosticJson[];
}

export function renderLintingJson(files: readonly LintedFile[]): string {
  const json: LintingJson = {
    schema_version: 1,
    tollgate_version: version,
    valid: files.every(({ valid }) => valid),
    files: files.map(({ source, workflow, valid, fixed, unwritten }) => ({
      file: source.file,
      workflow: workflow ?? null,
      valid,
      fixed: fixed.map(({ title }) => title),
      not_fixed: unwritten === undefined ? null : { fixes: unwritten.fixes.map(({ title }) => title), reason: unwritten.reason },
    })),
    diagnostics: files.flatMap(({ source, diagnostics }) => diagnostics.map((diagnostic) => toDiagnosticJson(source, diagnostic))),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
