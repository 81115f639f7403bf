import type { DiagnosticCode } from '../diagnostic/codes.js';
import { renderMessage } from './message.js';
import type { Paint } from './paint.js';
import { counted } from './plan-words.js';
import type { StepSummary } from './run-summary.js';
import { placeOf } from './run/list-problems.js';
import { escapeHidden } from './visible-text.js';

export interface CleanupReport {
  readonly workflow: string;
  /** The run that was cleaned up after; null where there was none. */
  readonly run: string | null;
  /** Steps that would be done. */
  readonly planned: readonly string[];
  readonly steps: readonly StepSummary[];
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly kept: readonly { readonly path: string; readonly reason: string }[];
}

export interface CleanupLook {
  readonly paint: Paint;
  readonly isDry: boolean;
  /** Something stands above. */
  readonly hasPrinted: boolean;
}

/** So many paths are named; the rest is counted. */
const mostNamed = 40;

/** What was removed and what was left, and why. */
export function renderCleanup({ workflow, run, planned, steps, files, folders, kept }: CleanupReport, { paint, isDry, hasPrinted }: CleanupLook): string {
  const failed = steps.flatMap(({ id, failure }) => {
    const at = failure === null ? undefined : placeOf(failure);
    return failure === null ? [] : renderMessage({ severity: failure.tolerated ? 'warning' : 'error', message: `cleanup/${id}: ${failure.message}`, code: failure.code as DiagnosticCode, ...(at === undefined ? {} : { at }), ways: failure.hints }, paint);
  });
  const name = (paths: readonly string[]): readonly string[] => [...paths.slice(0, mostNamed).map((path) => `  ${escapeHidden(path)}`), ...(paths.length > mostNamed ? [paint.faint(`  … and ${paths.length - mostNamed} more`)] : [])];
  const isFull = (folder: string): boolean => kept.some(({ path }) => path.startsWith(`${folder}/`));
  const gone = [...files, ...folders.filter((folder) => !isFull(folder)).map((folder) => `${folder}/`)].sort();
  const lines = [
    ...failed,
    ...(planned.length === 0 ? [] : [paint.strong(`Would do ${counted(planned.length, 'step', 'steps')} of cleanup`), ...name(planned)]),
    ...(gone.length === 0 ? [run === null ? `Nothing to remove: there is no run of ${escapeHidden(workflow)} here.` : `Nothing to remove of run ${run}.`] : [paint.strong(`${isDry ? 'Would remove' : 'Removed'} ${counted(files.length, 'file', 'files')} that run ${run ?? ''} declared`), ...name(gone)]),
    ...(kept.length === 0 ? [] : [paint.strong('Left as it is'), ...name(kept.map(({ path, reason }) => `${path}: ${reason}`))]),
  ];
  return `${hasPrinted ? '\n' : ''}${lines.map((line) => `${line}\n`).join('')}`;
}
