import type { Paint } from '../paint.js';
import { escapeHidden, widthOf } from '../visible-text.js';
import { describeAge } from './describe-age.js';
import type { Piece } from './fit-line.js';
import { fitLine, padTo } from './fit-line.js';
import type { RunJson, RunStepJson } from './run-json.js';
import { describeElapsed, markOf, oneLine } from './run-words.js';
import type { StatusJson } from './status-json.js';

export interface StatusLook {
  readonly paint: Paint;
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** So many steps of a phase that is over are shown by themselves. */
const mostSteps = 40;

/** A run in a few lines: what it came to or goes through, its phases, what failed or waits for somebody, and what to type next. */
export function renderStatus(run: StatusJson, look: StatusLook): string {
  const { paint } = look;
  const failed = run.steps.flatMap((step) => renderFailure(step, paint));
  const next = run.next_command === null ? [] : ['', `  ${paint.good('→')} Run: ${escapeHidden(run.next_command)}`];
  const owner = describeOwner(run, look);
  const lines = [
    renderHead(run, look),
    paint.faint(`run ${escapeHidden(run.run_id ?? '')}${run.attempt > 1 ? `, attempt ${run.attempt}` : ''}${run.started_at === null ? '' : `, started ${run.started_at.slice(0, 19).replace('T', ' ')} UTC, ${describeAge(look.now - Date.parse(run.started_at))}`}`),
    ...(owner === undefined ? [] : [paint.faint(owner)]),
    ...renderParts(run, look),
    ...(failed.length === 0 ? [] : ['', ...failed]),
    ...next,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function renderHead(run: StatusJson, { paint, now }: StatusLook): string {
  const name = escapeHidden(run.workflow ?? '');
  const started = run.started_at === null ? now : Date.parse(run.started_at);
  const elapsed = describeElapsed((run.ended_at === null ? now : Date.parse(run.ended_at)) - started);
  if (run.reason === 'interrupted') return `${paint.warning('INTERRUPTED')}  ${name} was cut short: its process ended before it did`;
  if (run.status === 'running') return `${paint.info('RUNNING')}  ${name} for ${elapsed}`;
  if (run.status === 'paused') return `${paint.warning('PAUSED')}  ${name} stopped after ${elapsed} and can go on${run.reason === null ? '' : ` · ${escapeHidden(run.reason.replaceAll('_', ' '))}`}`;
  const label = run.verdict === null ? run.status.toUpperCase() : run.verdict.toUpperCase();
  return `${run.status === 'succeeded' ? paint.good(label) : paint.blocking(label)}  ${name} ${run.status} after ${elapsed}`;
}

/** Said where somebody may be at it. */
function describeOwner({ owner, status, reason }: StatusJson, { now }: StatusLook): string | undefined {
  if (owner === null || (status !== 'running' && reason !== 'interrupted')) return undefined;
  const who = `process ${owner.pid} on ${escapeHidden(owner.host)}`;
  if (owner.life === 'alive') return `${who} is at it, since ${owner.since.slice(0, 19).replace('T', ' ')} UTC`;
  const seen = describeAge(now - Date.parse(owner.last_seen));
  return owner.life === 'dead' ? `${who} is gone; its last sign: ${seen}` : `${who} was seen ${seen}; whether it lives cannot be seen from here`;
}

/** Of a run that has ended the phases say enough; of one that goes on it matters how far each step is. */
function renderParts(run: RunJson, look: StatusLook): readonly string[] {
  const isOver = run.ended_at !== null && run.status !== 'paused' && run.reason !== 'interrupted';
  const stepsOf = (phase: string | null): readonly string[] => (isOver ? [] : renderSteps(run.steps.filter((step) => step.phase === phase), look));
  const phases = run.phases.flatMap(({ id, status, verdict, duration_ms: duration }) => [
    fitLine([`  ${markOf(status)} ${escapeHidden(id)}`, [`  ${verdict ?? describePhase(status, run)}${status === 'pending' ? '' : `  ${describeElapsed(duration)}`}`, look.paint.faint]], look.columns),
    ...(status === 'pending' ? [] : stepsOf(id)),
  ]);
  const closing = stepsOf(null);
  return [...phases, ...(closing.length === 0 ? [] : ['  finally', ...closing])];
}

function describePhase(status: RunJson['phases'][number]['status'], { reason }: RunJson): string {
  if (status === 'pending') return 'not begun';
  return status === 'cancelled' && reason === 'interrupted' ? 'cut short' : status;
}

function renderSteps(steps: readonly RunStepJson[], { paint, columns }: StatusLook): readonly string[] {
  const shown = steps.length <= mostSteps ? steps : steps.filter(({ status }) => status !== 'succeeded' && status !== 'pending').slice(0, mostSteps);
  const width = shown.reduce((most, { id }) => Math.max(most, widthOf(id)), 0);
  const lines = shown.map((step) => {
    const pieces: readonly Piece[] = [`    ${markOf(step.status)} ${padTo(escapeHidden(step.id), width)}  `, [describeStep(step), step.status === 'indeterminate' ? paint.blocking : paint.faint]];
    return fitLine(pieces, columns);
  });
  return shown.length === steps.length ? lines : [...lines, paint.faint(`    … and ${steps.length - shown.length} more, succeeded or not begun`)];
}

function describeStep({ status, cached, attempts, duration_ms: duration, cells }: RunStepJson): string {
  if (status === 'pending') return 'not begun';
  if (status === 'skipped') return 'skipped';
  const words = { running: 'running for', succeeded: 'succeeded in', failed: 'failed after', cancelled: 'cut short after', indeterminate: 'cut short after' }[status];
  const ended = cells?.filter((cell) => cell.status === 'succeeded' || cell.status === 'failed').length ?? 0;
  const notes = [...(cached ? ['cached'] : []), ...(attempts > 1 ? [`attempt ${attempts}`] : []), ...(cells === undefined ? [] : [`${ended} of ${cells.length} cells ended`]), ...(status === 'indeterminate' ? ['nobody knows whether it has had its effect'] : [])];
  return `${words} ${describeElapsed(duration)}${notes.map((note) => ` · ${note}`).join('')}`;
}

function renderFailure({ failure, phase, id }: RunStepJson, paint: Paint): readonly string[] {
  if (failure === null) return [];
  const { tolerated, message, code, file, line, column, hints } = failure;
  return [
    `${tolerated ? paint.warning('[WARNING]') : paint.blocking('[BLOCKING]')} ${phase === null ? '' : `${escapeHidden(phase)}/`}${escapeHidden(id)}: ${escapeHidden(oneLine(message))} ${paint.faint(`(${escapeHidden(code)})`)}`,
    ...(line === null ? [] : [`  at ${escapeHidden(file ?? '')}:${line}:${column ?? 1}`]),
    ...hints.map((hint) => `  ${paint.good('→')} ${escapeHidden(hint)}`),
  ];
}
