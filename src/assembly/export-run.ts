import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import { openGitRepository } from '../adapters/local/git-repository.js';
import { gatherRun } from '../adapters/local/state-file/gather-run.js';
import { writePack } from '../adapters/local/pack/write-pack.js';
import { stateForm } from '../adapters/local/state-file/state-file-form.js';
import { findStoredResult } from '../adapters/local/store/find-stored-result.js';
import { locateStore } from '../adapters/local/store/store-layout.js';
import { chooseTrustDomains } from '../core/cache/trust-domain.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';
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
  const facts = collectEarlier(events)?.facts;
  const last = events.at(-1);
  if (facts === undefined || last === undefined) return { kind: 'lost' };
  if (!isEnd(last) && works(findOwner(run), { now: wish.now, lastWord: last.at })) return { kind: 'at-work' };
  const { folder: storeFolder } = locateStore(wish.stateFolder);
  const domains = chooseTrustDomains(readTriggeringEvent(wish.env)).read;
  const keys = new Set(listOutcomes(events).flatMap(({ outcome, key }) => (outcome === 'succeeded' && key !== undefined ? [key] : [])));
  const { files, results } = gatherRun({ runPath: run.path, storeFolder, results: [...keys].flatMap((key) => findStoredResult(storeFolder, domains, key) ?? []) });
  const repository = openGitRepository(wish.workspace).describe().repository ?? null;
  const header = { run: run.id, workflow: facts.workflow, file: facts.call?.file ?? facts.file, repository, exportedAt: wish.now };
  const written = writePack(wish.file, { form: stateForm, header, files, tollgateVersion: version, overwrite: wish.overwrite });
  return written.kind === 'written' ? { kind: 'exported', workflow: facts.workflow, bytes: written.bytes, files: files.length, results } : written;
}
