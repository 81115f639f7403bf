import type { SeenOwner } from '../adapters/local/leases/look-at-lease.js';
import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import type { JournalDamage } from '../core/journal/join-epochs.js';
import type { RunJson } from '../core/report/run/run-json.js';
import { findOwner, isEnd, readCurrentResult, works } from './run-standing.js';
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
export async function lookAtRun(run: FoundRun, { workspace, now, resumeWith }: LookingPlace): Promise<RunLook> {
  const { events, damage, newer } = readJournal(run.path);
  if (newer !== null) return { kind: 'newer', tollgate: newer.tollgate };
  const last = events.at(-1);
  const result = readCurrentResult(run, last);
  if (result !== undefined) return { kind: 'seen', json: result, owner: undefined, isAtWork: false, damage };
  if (last === undefined) return { kind: 'lost', damage };
  const owner = findOwner(run);
  const isAtWork = !isEnd(last) && works(owner, { now, lastWord: last.at });
  const { summarizeUnfinished } = await import('./summarize-journal.js');
  const json = summarizeUnfinished({
    run, events, workspace, now: isAtWork ? now : Math.max(last.at, lastSign(owner)),
    nextCommand: ({ status }) => (status === 'succeeded' || isAtWork ? null : resumeWith(run.id)),
  }, { isInterrupted: !isEnd(last) && !isAtWork, tollgateVersion: version });
  return json === undefined ? { kind: 'lost', damage } : { kind: 'seen', json, owner: owner === 'released' ? undefined : owner, isAtWork, damage };
}

/** When a process that is gone is known to have lived. */
function lastSign(owner: SeenOwner | 'released' | undefined): number {
  return typeof owner === 'object' ? owner.lastSeen : 0;
}
