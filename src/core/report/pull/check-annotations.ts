import { describeDiagnostic } from '../annotations.js';
import type { FileFindings } from '../diagnostics-text.js';
import type { RunSummary } from '../run-summary.js';
import { bodyOfNote, listNotes, titleOfNote } from '../run/list-notes.js';
import { escapeHidden } from '../visible-text.js';
import { limits } from './fit-markdown.js';

/** A problem beside its line in the files of a pull request. */
export interface CheckAnnotation {
  /** From the root of the repository. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** Room for a message of letters that take three bytes each. */
const longestMessage = Math.floor(limits.annotation / 4);
const levelsOfRun = { blocking: 'failure', warning: 'warning', info: 'notice' } as const;
const levelsOfFinding = { error: 'failure', warning: 'warning', info: 'notice' } as const;

/** What a run says; what has no place of its own stands at the head of the workflow's file. */
export function annotateRun(summary: RunSummary): readonly CheckAnnotation[] {
  return listNotes(summary).flatMap((note) => {
    const { file, line, column, severity } = note.failure;
    const path = toRepositoryPath(file ?? summary.file);
    if (path === undefined) return [];
    const at = file === null || line === null ? 1 : Math.max(1, line);
    return [{
      path, startLine: at, endLine: at, startColumn: file === null || line === null ? null : column, endColumn: file === null || line === null ? null : column,
      level: levelsOfRun[severity], title: titleOfNote(note, limits.title), message: bodyOfNote(note, { most: longestMessage }),
    }];
  });
}

/** What is wrong with workflows. */
export function annotateFindings(findings: readonly FileFindings[]): readonly CheckAnnotation[] {
  return findings.flatMap(({ source, diagnostics }) => {
    const path = toRepositoryPath(source.file);
    if (path === undefined) return [];
    return diagnostics.map((diagnostic) => {
      const { code, severity, span } = diagnostic;
      const [start, end] = [source.positionAt(span[0]), source.positionAt(Math.max(span[0], span[1]))];
      const message = describeDiagnostic(diagnostic).slice(0, longestMessage).split('\n').map(escapeHidden).join('\n');
      return { path, startLine: start.line, endLine: end.line, startColumn: start.column, endColumn: Math.max(start.column, end.column - 1), level: levelsOfFinding[severity], title: code, message };
    });
  });
}

const ranks = { failure: 0, warning: 1, notice: 2 } as const;

/** The severest first, what is said twice once. */
export function chooseAnnotations(all: readonly CheckAnnotation[], most: number): { readonly shown: readonly CheckAnnotation[]; readonly hidden: number } {
  const once = [...new Map(all.map((each) => [JSON.stringify(each), each])).values()].sort((a, b) => ranks[a.level] - ranks[b.level]);
  return { shown: once.slice(0, most), hidden: Math.max(0, once.length - most) };
}

/** GitHub refuses the whole check for one path that is none of a repository. */
function toRepositoryPath(file: string): string | undefined {
  const path = file.replaceAll('\\', '/').replace(/^(?:\.\/)+/u, '');
  const isInside = path !== '' && !/^(?:\/|[a-z]:)|(?:^|\/)\.\.(?:\/|$)|\p{Cc}/iu.test(path);
  return isInside ? path : undefined;
}
