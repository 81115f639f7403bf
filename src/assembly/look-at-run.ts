import { join } from 'node:path';
import { lookAtLease } from '../adapters/local/leases/look-at-lease.js';
import type { SeenOwner } from '../adapters/local/leases/look-at-lease.js';
import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { readRunResult } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import type { JournalDamage } from '../core/journal/join-epochs.js';
import { asInterrupted } from '../core/report/run/as-interrupted.js';
import type { RunJson } from '../core/report/run/run-json.js';
import { toRunJson } from '../core/report/run/run-json.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';
import type { RunEvent } from '../core/run/run-event.js';
import { summarizeJournal } from './summarize-journal.js';
import { version } from './version.js';

/** A run as it stands, whether anybody is at it or not. */
export type RunLook =
  | SeenRun
  | { readonly kind: 'newer'; readonly tollgate: string }
  /** Not even its first record can be used. */
  | { readonly kind: 'lost'; readonly damage: readonly JournalDamage[] };

export interface SeenRun {
  readonly kind: 'seen';
  readonly json: RunJson;
  /** Who had the right to go on with it last; nobody where it was given back. */
  readonly owner: SeenOwner | undefined;
  readonly isAtWork: boolean;
  readonly damage: readonly JournalDamage[];
}

export interface LookingPlace {
  readonly workspace: string;
  readonly now: number;
  /** The command that goes on with a run. */
  readonly resumeWith: (runId: string) => string;
}

/** From its result where it has one, else from its journal as far as that got. */
export function lookAtRun(run: FoundRun, { workspace, now, resumeWith }: LookingPlace): RunLook {
  const { events, damage, newer } = readJournal(run.path);
  if (newer !== null) return { kind: 'newer', tollgate: newer.tollgate };
  const last = events.at(-1);
  const result = readCurrentResult(run, last);
  if (result !== undefined) return { kind: 'seen', json: result, owner: undefined, isAtWork: false, damage };
  const earlier = collectEarlier(events);
  if (earlier === undefined || last === undefined) return { kind: 'lost', damage };
  const owner = findOwner(run);
  const isAtWork = !isEnd(last) && works(owner, { now, lastWord: last.at });
  const summary = summarizeJournal({
    run, facts: earlier.facts, events, workspace, now: isAtWork ? now : Math.max(last.at, lastSign(owner)),
    nextCommand: ({ status }) => (status === 'succeeded' || isAtWork ? null : resumeWith(run.id)),
  });
  if (summary === undefined) return { kind: 'lost', damage };
  const told = isEnd(last) || isAtWork ? summary : asInterrupted(summary, new Set(earlier.undecided.map(({ step }) => step)));
  return { kind: 'seen', json: toRunJson(told, { tollgateVersion: version }), owner: owner === 'released' ? undefined : owner, isAtWork, damage };
}

/** The result of a run, unless somebody has gone on with it since. */
export function readCurrentResult(run: FoundRun, last: RunEvent | undefined): RunJson | undefined {
  const result = readRunResult(run);
  if (result === undefined || !isRunJson(result)) return undefined;
  return last === undefined || (isEnd(last) && result.ended_at === new Date(last.at).toISOString()) ? result : undefined;
}

/** Who has, or had, the right to go on with a run. */
export function findOwner({ path }: FoundRun): SeenOwner | 'released' | undefined {
  return lookAtLease(join(path, 'lease'), 'run');
}

/** When a process that is gone is known to have lived. */
function lastSign(owner: SeenOwner | 'released' | undefined): number {
  return typeof owner === 'object' ? owner.lastSeen : 0;
}

/** So long an owner whose life cannot be seen is believed to be there; see runs.md, section 3. */
const silenceMs = 60_000;

/** Where nobody has ever taken the right to it, as in a job on GitHub, its last word counts. */
export function works(owner: SeenOwner | 'released' | undefined, { now, lastWord }: { readonly now: number; readonly lastWord: number }): boolean {
  if (owner === 'released') return false;
  if (owner === undefined) return now - lastWord < silenceMs;
  return owner.life === 'alive' || (owner.life === 'unknown' && now - owner.lastSeen < silenceMs);
}

/** Whether nothing of the run was under way any more. */
export function isEnd({ kind }: RunEvent): boolean {
  return kind === 'run-ended' || kind === 'run-paused';
}

function isRunJson(value: unknown): value is RunJson {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return fields.get('schema_version') === 1 && typeof fields.get('run_id') === 'string' && typeof fields.get('status') === 'string' && Array.isArray(fields.get('steps')) && Array.isArray(fields.get('phases'));
}
