import type { Paint } from '../paint.js';
import { escapeHidden } from '../visible-text.js';
import { fitLine } from './fit-line.js';
import type { RunJson } from './run-json.js';
import { describeElapsed, markOf } from './run-words.js';

/** A run that has ended, in a few lines: what it came to, its phases, and what failed. */
export function renderStatus(run: RunJson, { paint, columns }: { readonly paint: Paint; readonly columns: number }): string {
  const good = run.status === 'succeeded';
  const label = run.verdict === null ? run.status.toUpperCase() : run.verdict.toUpperCase();
  const head = `${good ? paint.good(label) : paint.blocking(label)}  ${run.workflow ?? ''} ${run.status}${run.started_at === null ? '' : `, started ${run.started_at.slice(0, 19).replace('T', ' ')} UTC`}`;
  const phases = run.phases.map(({ id, status, verdict, duration_ms: duration }) => fitLine([`  ${markOf(status)} ${id}`, [`  ${verdict ?? status}  ${describeElapsed(duration)}`, paint.faint]], columns));
  const failed = run.steps.flatMap((step) =>
    step.failure === null ? [] : [`${step.failure.tolerated ? paint.warning('[WARNING]') : paint.blocking('[BLOCKING]')} ${step.phase === null ? '' : `${step.phase}/`}${step.id}: ${escapeHidden(step.failure.message)} ${paint.faint(`(${step.failure.code})`)}`, ...(step.failure.line === null ? [] : [`  at ${step.failure.file ?? ''}:${step.failure.line}:${step.failure.column ?? 1}`]), ...step.failure.hints.map((hint) => `  ${paint.good('→')} ${escapeHidden(hint)}`)],
  );
  const next = run.next_command === null ? [] : ['', `  ${paint.good('→')} Run: ${run.next_command}`];
  return [head, paint.faint(`run ${run.run_id ?? ''}`), ...phases, ...(failed.length === 0 ? [] : ['', ...failed]), ...next].map((line) => `${line}\n`).join('');
}
