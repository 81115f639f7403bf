import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import { openGitRepository } from '../adapters/local/git-repository.js';
import { gatherRun } from '../adapters/local/state-file/gather-run.js';
import { writePack } from '../adapters/local/pack/write-pack.js';
import { stateForm } from '../adapters/local/state-file/state-file-form.js';
import { findStoredResult } from '../adapters/local/store/find-stored-result.js';
import { listBlobs } from '../adapters/local/store/walk-store.js';
import { locateStore } from '../adapters/local/store/store-layout.js';
import type { StoredResult } from '../core/cache/stored-result.js';
import { chooseTrustDomains } from '../core/cache/trust-domain.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';
import type { RunEvent } from '../core/run/run-event.js';
import { listOutcomes } from '../core/run/list-outcomes.js';
import { findOwner, isEnd, works } from './run-standing.js';
import { readTriggeringEvent } from './triggering-event.js';
import { version } from './version.js';

export interface ExportWish {
  readonly file: string;
  readonly overwrite: boolean;
  readonly stateFolder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: number;
  /** `owner/name`, where that is known better than the workspace tells it. */
  readonly repository?: string;
}

export type ExportedRun =
  | { readonly kind: 'exported'; readonly workflow: string; readonly bytes: number; readonly files: number; readonly results: number }
  | { readonly kind: 'at-work' | 'taken' }
  | { readonly kind: 'newer'; readonly tollgate: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A run with what its steps came to, in one file. */
export function exportRun(run: FoundRun, wish: ExportWish): ExportedRun {
  const { events, newer } = readJournal(run.path);
  if (newer !== null) return { kind: 'newer', tollgate: newer.tollgate };
  const last = events.at(-1);
  if (last !== undefined && !isEnd(last) && works(findOwner(run), { now: wish.now, lastWord: last.at })) return { kind: 'at-work' };
  return packRun(run, events, wish);
}

/**
 * As it is now. `mostResultBytes`: what its results come to at most; without it, all of them and its logs and artifacts go with it.
 * `mayLeave`: not every result does.
 */
export function packRun(run: FoundRun, events: readonly RunEvent[], wish: ExportWish & { readonly mostResultBytes?: number; readonly mayLeave?: (result: StoredResult) => boolean }): ExportedRun {
  const facts = collectEarlier(events)?.facts;
  if (facts === undefined) return { kind: 'lost' };
  const { folder: storeFolder } = locateStore(wish.stateFolder);
  const stored = wish.mostResultBytes === 0 ? [] : findResults(events, { storeFolder, env: wish.env }).filter(wish.mayLeave ?? (() => true));
  const { files, results } = gatherRun({ runPath: run.path, storeFolder, results: chooseResults(stored, wish.mostResultBytes ?? Infinity), extent: wish.mostResultBytes === undefined ? 'whole' : 'core' });
  const repository = wish.repository ?? openGitRepository(wish.workspace).describe().repository ?? null;
  const header = { run: run.id, workflow: facts.workflow, file: facts.call?.file ?? facts.file, repository, exportedAt: wish.now };
  const written = writePack(wish.file, { form: stateForm, header, files, tollgateVersion: version, overwrite: wish.overwrite });
  return written.kind === 'written' ? { kind: 'exported', workflow: facts.workflow, bytes: written.bytes, files: files.length, results } : written;
}

function findResults(events: readonly RunEvent[], { storeFolder, env }: { readonly storeFolder: string; readonly env: ExportWish['env'] }): readonly StoredResult[] {
  const domains = chooseTrustDomains(readTriggeringEvent(env)).read;
  const keys = new Set(listOutcomes(events).flatMap(({ outcome, key }) => (outcome === 'succeeded' && key !== undefined ? [key] : [])));
  return [...keys].flatMap((key) => findStoredResult(storeFolder, domains, key) ?? []);
}

/** Those that there is room for, the first made first. */
function chooseResults(results: readonly StoredResult[], mostBytes: number): readonly StoredResult[] {
  let bytes = 0;
  return results.filter((result) => {
    const size = [...listBlobs(result).values()].reduce((sum, each) => sum + each, 0);
    if (bytes + size > mostBytes) return false;
    bytes += size;
    return true;
  });
}
