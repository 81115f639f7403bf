import type { Value } from '../../expression/expression.js';
import type { Failure } from '../../run/failure.js';
import type { RunEvent, RunFacts, StopCause } from '../../run/run-event.js';
import { counted } from '../plan-words.js';
import { describeCost, describeElapsed, describeValue } from './run-words.js';

export type EventTone = 'good' | 'bad' | 'unsure' | 'busy' | 'plain';

/** An event in words. */
export interface DescribedEvent {
  readonly mark: string;
  readonly text: string;
  readonly tone: EventTone;
}

/** What a cell is called: `build`, `test[node=20]`. */
export type NameCell = (step: string, cell: number) => string;

/** What happened, for somebody who reads the story of a run. */
export function describeEvent(event: RunEvent, nameCell: NameCell): DescribedEvent {
  switch (event.kind) {
    case 'run-started': return { mark: '▶', tone: 'busy', text: `run of ${event.workflow} started${describeFacts(event)}` };
    case 'run-resumed': return { mark: '▶', tone: 'busy', text: `attempt ${event.attempt} of the run began${event.spent.usd > 0 ? `; spent before: ${describeCost(event.spent.usd)}` : ''}${describeFacts(event)}` };
    case 'run-paused': return { mark: '‖', tone: 'unsure', text: `the run paused: it waits for a ${event.reason.replaceAll('_', ' ')}` };
    case 'run-stopped': return { mark: '■', tone: 'bad', text: `the run was stopped${event.hard ? ' at once' : ''}: ${event.failure === null ? describeCause(event.cause) : describeFailure(event.failure)}` };
    case 'run-ended': return { mark: { succeeded: '✔', failed: '✖', cancelled: '–' }[event.status], tone: event.status === 'succeeded' ? 'good' : 'bad', text: `the run ${event.status === 'cancelled' ? 'was cancelled' : event.status}${event.verdict === null ? '' : `: ${event.verdict.toUpperCase()}`}` };
    case 'phase-started': return plain(`phase ${event.phase} began`);
    case 'phase-skipped': return skipped(`phase ${event.phase}`, event.because);
    case 'phase-failed': return { mark: '✖', tone: 'bad', text: `phase ${event.phase} failed: ${describeFailure(event.failure)}` };
    case 'phase-ended': return { mark: event.verdict === 'go' ? '✔' : '✖', tone: event.verdict === 'go' ? 'good' : 'bad', text: `phase ${event.phase} ended: ${event.verdict.toUpperCase()}` };
    case 'group-opened': return plain(`group ${event.group} began`);
    case 'group-skipped': return skipped(`group ${event.group}`, event.because);
    case 'step-skipped': return skipped(event.step, event.because);
    case 'step-refused': return { mark: '✖', tone: event.tolerated ? 'unsure' : 'bad', text: `${event.step} could not start: ${describeFailure(event.failure)}` };
    case 'step-opened': return plain(`${event.step} was due${event.isMatrix ? `, in ${counted(event.cells.length, 'cell', 'cells')}` : ''}${event.once === true ? '; its effect may happen once' : ''}`);
    case 'step-decided': return { mark: '?', tone: 'unsure', text: `${event.by ?? 'somebody'} said of ${event.step}: ${event.decision === 'mark-done' ? 'it is done' : 'it has had no effect, and runs again'}${event.reason === null ? '' : ` («${event.reason}»)`}` };
    default: return describeCellEvent(event, nameCell(event.step, event.cell));
  }
}

type CellEvent = Extract<RunEvent, { readonly cell: number }>;

function describeCellEvent(event: CellEvent, name: string): DescribedEvent {
  switch (event.kind) {
    case 'lookup-started': return plain(`${name}: a kept result was looked for`);
    case 'twin-awaited': return plain(`${name} waited for ${event.twin}, which made the very result`);
    case 'result-reused': return { mark: '✔', tone: 'good', text: event.source === 'cache' ? `${name}: a kept result was used (${event.key.slice(0, 12)})` : `${name}: kept from an earlier attempt` };
    case 'attempt-started': return { mark: '▶', tone: 'busy', text: event.attempt === 1 ? `${name} started` : `${name} started, attempt ${event.attempt}` };
    case 'attempt-ended': return describeEnd(event, name);
    case 'attempt-stopping': return { mark: '■', tone: 'unsure', text: `${name} was told to end: ${describeCause(event.cause)}` };
    case 'attempts-over': return { mark: '✖', tone: 'bad', text: `${name} failed: no further attempt` };
    case 'retry-planned': return { mark: '↻', tone: 'unsure', text: `${name} was to be tried again in ${describeElapsed(event.delayMs)}` };
    case 'retry-due': return plain(`${name} was due again`);
    case 'background-stopping': return plain(`the server ${name} was told to end`);
    case 'background-stopped': return plain(`the server ${name} ended`);
    case 'background-ended': return { mark: '✖', tone: 'bad', text: `the server ${name} ended by itself: ${describeFailure(event.failure)}` };
  }
}

function describeEnd({ attempt, durationMs, result }: Extract<CellEvent, { kind: 'attempt-ended' }>, name: string): DescribedEvent {
  const { outcome, failure, costUsd, endsRun, warnings } = result;
  const which = attempt > 1 ? `${name}, attempt ${attempt},` : name;
  const notes = [...(costUsd > 0 ? [describeCost(costUsd)] : []), ...(warnings.length > 0 ? [counted(warnings.length, 'warning', 'warnings')] : [])].map((note) => ` · ${note}`).join('');
  switch (outcome) {
    case 'succeeded': return { mark: '✔', tone: 'good', text: `${which} succeeded in ${describeElapsed(durationMs)}${notes}${endsRun === null ? '' : `, and ended the run: ${endsRun}`}` };
    case 'failed': return { mark: '✖', tone: 'bad', text: `${which} failed after ${describeElapsed(durationMs)}${failure === null ? '' : `: ${describeFailure(failure)}`}${notes}` };
    case 'cancelled': return { mark: '–', tone: 'unsure', text: `${which} was cancelled after ${describeElapsed(durationMs)}${notes}` };
  }
}

function plain(text: string): DescribedEvent {
  return { mark: '·', tone: 'plain', text };
}

function skipped(name: string, because: string): DescribedEvent {
  return { mark: '–', tone: 'plain', text: `${name} was skipped: ${because}` };
}

function describeFailure({ message, code }: Failure): string {
  return `${message} (${code})`;
}

const causes: Readonly<Record<StopCause | 'phase-timeout' | 'fail-fast', string>> = { SIGINT: 'Ctrl-C', SIGTERM: 'SIGTERM', timeout: 'its time was over', 'phase-timeout': 'the time of its phase was over', 'fail-fast': 'another cell failed' };

function describeCause(cause: keyof typeof causes): string {
  return causes[cause];
}

function describeFacts({ commit, actor, trigger, inputs, partial, tollgateVersion, os, arch, node }: RunFacts): string {
  const facts = [
    ...(actor === null ? [] : [`by ${actor}`]),
    ...(trigger === 'cli' ? [] : [`for ${trigger}`]),
    ...(commit === null ? [] : [`at ${commit.slice(0, 12)}`]),
    ...Object.entries(inputs).map(([name, value]) => `${name}=${shorten(value)}`),
    ...partial,
    `tollgate ${tollgateVersion}, node ${node.replace(/^v/u, '')}, ${os} ${arch}`,
  ];
  return ` · ${facts.join(' · ')}`;
}

function shorten(value: Value): string {
  const text = describeValue(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
