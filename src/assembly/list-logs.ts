import type { FoundLog, FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { findLogs } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import { findStoredResult, readStoredContent } from '../adapters/local/store/find-stored-result.js';
import { locateStore } from '../adapters/local/store/store-layout.js';
import { chooseTrustDomains } from '../core/cache/trust-domain.js';
import { listOutcomes } from '../core/run/list-outcomes.js';
import { readTriggeringEvent } from './triggering-event.js';

/** What a step of a run said: itself, or when the result that was used again was made. */
export type StepLog =
  | { readonly kind: 'own'; readonly name: string; readonly bytes: number; readonly file: FoundLog }
  | { readonly kind: 'kept'; readonly name: string; readonly bytes: number; /** Milliseconds since 1970. */ readonly madeAt: number; readonly read: () => Uint8Array | undefined };

export interface LogsOfRun {
  readonly logs: readonly StepLog[];
  /** Steps and cells that ended and of which nothing is there. */
  readonly silent: readonly string[];
}

export interface LogsPlace {
  readonly stateFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The logs of a run; of a step whose result was used again, that of the result. */
export function listLogs(run: FoundRun, { stateFolder, env }: LogsPlace): LogsOfRun {
  const { folder } = locateStore(stateFolder);
  const domains = chooseTrustDomains(readTriggeringEvent(env)).read;
  const own = findLogs(run);
  const logs: StepLog[] = own.map((file) => ({ kind: 'own', name: file.name, bytes: file.bytes, file }));
  const silent: string[] = [];
  for (const { name, source, key } of listOutcomes(readJournal(run.path).events)) {
    const result = source === 'cache' && key !== undefined ? findStoredResult(folder, domains, key) : undefined;
    const log = result?.log;
    if (result !== undefined && log != null) logs.push({ kind: 'kept', name, bytes: log.size, madeAt: result.createdAt, read: () => readStoredContent(folder, log) });
    else if (!own.some((file) => file.name === name)) silent.push(name);
  }
  return { logs, silent };
}
