import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import { setAside } from '../adapters/local/run-folder/journal/set-aside.js';
import type { JournalDamage, JournalReading } from '../core/journal/join-epochs.js';
import type { EarlierRun } from '../core/run/resume/earlier-run.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';
import type { RunEvent, RunProgress } from '../core/run/run-event.js';
import type { Lease } from '../ports/lease.js';

/** A run that is gone on with: what was done, and what a person says of what nobody knows. */
export interface ContinuedRun {
  readonly runId: string;
  readonly attempt: number;
  readonly past: JournalReading;
  readonly lease: Lease;
  readonly earlier: EarlierRun;
  readonly decisions: readonly RunProgress[];
}

export type ReadRun =
  | { readonly kind: 'read'; readonly past: JournalReading; readonly earlier: EarlierRun; readonly damage: readonly JournalDamage[] }
  | { readonly kind: 'newer'; readonly tollgate: string }
  /** Not even its first record can be used. */
  | { readonly kind: 'lost'; readonly damage: readonly JournalDamage[] };

/** What a run has done, after its lease was claimed: nobody else writes to it any more. Damaged files are kept beside. */
export function readForContinuing(stateFolder: string, runId: string): ReadRun {
  const path = join(stateFolder, 'runs', runId);
  const past = readJournal(path);
  if (past.newer !== null) return { kind: 'newer', tollgate: past.newer.tollgate };
  const damage = setAside(past);
  const earlier = collectEarlier(past.events, lastSign(path));
  return earlier === undefined ? { kind: 'lost', damage } : { kind: 'read', past, earlier, damage };
}

/** The state with what a person has just said of it. */
export function withDecisions(past: JournalReading, decisions: readonly RunProgress[], now: number): EarlierRun | undefined {
  return collectEarlier([...past.events, ...decisions.map((decision): RunEvent => ({ ...decision, at: now }))]);
}

/** What steps said came from the run, too: until then it was certainly at work. */
function lastSign(runPath: string): number {
  try {
    const folder = join(runPath, 'logs');
    return Math.max(0, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
  } catch {
    return 0;
  }
}
