import type { Value } from '../../expression/expression.js';
import type { AttemptResult, RunEvent, RunFacts, Spent } from '../run-event.js';

/** What earlier attempts of a run have come to, as far as a further one can take it up. */
export interface EarlierRun {
  readonly facts: RunFacts;
  /** When the last of them is known to have been at work: what changed later, somebody else has changed. */
  readonly stoppedAt: number;
  readonly spent: Spent;
  readonly find: (step: string, matrix: Readonly<Record<string, Value>> | undefined) => EarlierResult | undefined;
  readonly results: readonly EarlierResult[];
  /** Steps with an effect of which nobody knows whether it happened, with the cells that were cut short. */
  readonly undecided: readonly UndecidedStep[];
  /** Steps without such an effect that were cut short: they run again. */
  readonly interrupted: readonly string[];
}

/** A cell that succeeded. */
export interface EarlierResult {
  readonly step: string;
  readonly matrix: Readonly<Record<string, Value>>;
  readonly key: string;
  readonly attempts: number;
  readonly durationMs: number;
  readonly result: AttemptResult;
}

export interface UndecidedStep {
  readonly step: string;
  readonly matrix: Readonly<Record<string, Value>>;
}

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;

interface Cell {
  readonly step: string;
  readonly matrix: Readonly<Record<string, Value>>;
  readonly once: boolean;
  status: 'unbegun' | 'running' | 'succeeded' | 'ended' | 'undecided';
  key: string;
  attempts: number;
  durationMs: number;
  result: AttemptResult | undefined;
}

/** Folds the events of all attempts; it needs no plan, because the workflow may be another by now. `lastSeen`: when its process last gave a sign. */
export function collectEarlier(events: readonly RunEvent[], lastSeen = 0): EarlierRun | undefined {
  const cells = new Map<string, Cell>();
  /** By step: the cells of the attempt that is being read. */
  const open = new Map<string, readonly Cell[]>();
  let facts: RunFacts | undefined;
  let spent: Spent = { usd: 0, tokens: 0 };
  const at = ({ step, cell }: { readonly step: string; readonly cell: number }): Cell | undefined => open.get(step)?.[cell];

  for (const event of events) {
    switch (event.kind) {
      case 'run-started':
      case 'run-resumed': {
        facts = factsOf(event);
        cutShort(cells.values());
        break;
      }
      case 'step-opened': {
        open.set(event.step, event.cells.map((matrix) => cellFor(cells, event, matrix)));
        break;
      }
      case 'attempt-started': {
        const cell = at(event);
        if (cell !== undefined) Object.assign(cell, { status: 'running', attempts: event.attempt, result: undefined });
        break;
      }
      case 'attempt-ended': {
        const cell = at(event);
        spent = { usd: spent.usd + event.result.costUsd, tokens: spent.tokens + event.result.tokens };
        if (cell !== undefined) endAttempt(cell, event);
        break;
      }
      case 'result-reused': {
        const cell = at(event);
        const { key, attempts, durationMs, result } = event;
        if (cell !== undefined) Object.assign(cell, { status: 'succeeded', key, attempts, durationMs, result });
        break;
      }
      case 'background-ended': {
        const cell = at(event);
        if (cell !== undefined) Object.assign(cell, { status: 'ended', result: undefined });
        break;
      }
      case 'step-decided': {
        // Whoever decides has seen the run stand still.
        cutShort(cells.values());
        for (const cell of cells.values()) if (cell.step === event.step && cell.status === 'undecided') decideCell(cell, event);
        break;
      }
      default:
    }
  }
  if (facts === undefined) return undefined;
  const interrupted = [...cells.values()].flatMap((cell) => (cell.status === 'running' && !cell.once ? [cell.step] : []));
  cutShort(cells.values());
  const results = [...cells.values()].flatMap(({ status, step, matrix, key, attempts, durationMs, result }) => (status === 'succeeded' && result !== undefined ? [{ step, matrix, key, attempts, durationMs, result }] : []));
  const byCell = new Map(results.map((each) => [nameCell(each.step, each.matrix), each]));
  return {
    facts,
    stoppedAt: Math.max(events.at(-1)?.at ?? 0, lastSeen),
    spent,
    results,
    find: (step, matrix) => byCell.get(nameCell(step, matrix ?? {})),
    undecided: [...cells.values()].flatMap(({ status, step, matrix }) => (status === 'undecided' ? [{ step, matrix }] : [])),
    interrupted: [...new Set(interrupted)],
  };
}

function factsOf(event: EventOf<'run-started'> | EventOf<'run-resumed'>): RunFacts {
  const own: ReadonlySet<string> = new Set(['kind', 'at', 'spent']);
  return Object.fromEntries(Object.entries(event).filter(([name]) => !own.has(name))) as unknown as RunFacts;
}

/** A cell is known by its values, not by its place: others may have come before it since. */
function nameCell(step: string, matrix: Readonly<Record<string, Value>>): string {
  return `${step} ${JSON.stringify(Object.entries(matrix).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function cellFor(cells: Map<string, Cell>, { step, once }: EventOf<'step-opened'>, matrix: Readonly<Record<string, Value>>): Cell {
  const name = nameCell(step, matrix);
  const known = cells.get(name);
  const cell: Cell = { step, matrix, once: once === true, status: 'unbegun', key: '', attempts: 0, durationMs: 0, result: undefined, ...(known === undefined ? {} : { status: known.status, key: known.key, attempts: known.attempts, durationMs: known.durationMs, result: known.result }) };
  cells.set(name, cell);
  return cell;
}

function endAttempt(cell: Cell, { attempt, result, key, durationMs }: EventOf<'attempt-ended'>): void {
  const total = cell.durationMs + durationMs;
  if (result.outcome === 'succeeded') Object.assign(cell, { status: 'succeeded', key: key ?? '', durationMs: total, result });
  else Object.assign(cell, { status: cell.once && attempt > 0 && isCutShort(result) ? 'undecided' : 'ended', durationMs: total, result: undefined });
}

/** It did not end by itself: nobody knows how far it came. */
function isCutShort({ outcome, failure }: AttemptResult): boolean {
  return outcome === 'cancelled' || failure?.kind === 'signal' || failure?.kind === 'timeout' || failure?.kind === 'crashed';
}

/** What ran when its process ended is over without having ended. */
function cutShort(cells: Iterable<Cell>): void {
  for (const cell of cells) if (cell.status === 'running') cell.status = cell.once ? 'undecided' : 'ended';
}

function decideCell(cell: Cell, { decision }: EventOf<'step-decided'>): void {
  if (decision === 'rerun') cell.status = 'ended';
  else Object.assign(cell, { status: 'succeeded', key: '', result: doneByWord });
}

/** What a person says is done has left nothing that is known. */
const doneByWord: AttemptResult = { outcome: 'succeeded', failure: null, exitCode: null, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };
