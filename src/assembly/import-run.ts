import { existsSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describeFileProblem } from '../adapters/local/describe-file-problem.js';
import { findWorkflows } from '../adapters/local/find-workflows.js';
import { openGitRepository } from '../adapters/local/git-repository.js';
import { readJournal } from '../adapters/local/run-folder/journal/read-journal.js';
import { nodeJournalFiles } from '../adapters/local/run-folder/journal/node-journal-files.js';
import { makeFolder, makeStateFolder } from '../adapters/local/run-folder/state-folder.js';
import { openPack } from '../adapters/local/pack/open-pack.js';
import { takeInResults } from '../adapters/local/result-pack/take-in-results.js';
import type { StateHeader } from '../adapters/local/state-file/state-file-form.js';
import { stateForm } from '../adapters/local/state-file/state-file-form.js';
import { removeQuietly } from '../adapters/local/store/remove-quietly.js';
import { locateStore } from '../adapters/local/store/store-layout.js';
import type { JournalDamage } from '../core/journal/join-epochs.js';
import { listOutcomes } from '../core/run/list-outcomes.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';
import { openRunLease } from './open-leases.js';

/** What a person has taken in lies apart: a laptop reads it, a runner does not. */
const importedDomain = 'imported';

export interface ImportWish {
  readonly file: string;
  readonly stateFolder: string;
  readonly workspace: string;
  /** `owner/name`, where that is known better than the workspace tells it. */
  readonly repository?: string;
  /** Repositories and workflows that a person has named, though they are not of this workspace. */
  readonly accepted: readonly string[];
  /** A run of this name that is there and knows less gives way. */
  readonly replaceOlder?: boolean;
}

export type ImportedRun =
  | { readonly kind: 'imported'; readonly run: string; readonly workflow: string; readonly results: number; readonly damage: readonly JournalDamage[] }
  | { readonly kind: 'newer'; readonly tollgate: string }
  | { readonly kind: 'foreign'; readonly what: 'repository' | 'workflow'; readonly name: string; readonly here: string | null; readonly file: string }
  | { readonly kind: 'there'; readonly run: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Takes in a run from a file: verified as a whole before any of it can be seen. */
export function importRun(wish: ImportWish): ImportedRun {
  const opened = openPack(wish.file, stateForm);
  if (opened.kind !== 'opened') return opened;
  try {
    const { header } = opened;
    const foreign = findForeign(header, wish);
    if (foreign !== undefined) return foreign;
    const target = join(wish.stateFolder, 'runs', header.run);
    if (existsSync(target) && wish.replaceOlder !== true) return { kind: 'there', run: header.run };
    return unpackRun(header, { wish, target, unpack: opened.unpack });
  } finally {
    opened.close();
  }
}

/** Nothing where the run is of this workspace, as well as that can be told, or where a person says that it may be another. */
function findForeign({ repository, workflow, file }: StateHeader, { workspace, accepted, repository: known }: ImportWish): ImportedRun | undefined {
  const isAccepted = (name: string): boolean => accepted.some((each) => each.toLowerCase() === name.toLowerCase());
  const here = known ?? openGitRepository(workspace).describe().repository ?? null;
  const isOther = repository !== null && here !== null && repository.toLowerCase() !== here.toLowerCase();
  if (isOther && !isAccepted(repository)) return { kind: 'foreign', what: 'repository', name: repository, here, file };
  const isKnown = existsSync(join(workspace, file)) || findWorkflows(workspace).some(({ name }) => name === workflow);
  return isKnown || isAccepted(workflow) ? undefined : { kind: 'foreign', what: 'workflow', name: workflow, here: null, file };
}

interface Unpacking {
  readonly wish: ImportWish;
  readonly target: string;
  readonly unpack: (folder: string) => string | undefined;
}

function unpackRun(header: StateHeader, { wish: { stateFolder, replaceOlder }, target, unpack }: Unpacking): ImportedRun {
  const runs = join(stateFolder, 'runs');
  let staging: string | undefined;
  try {
    makeStateFolder(stateFolder);
    makeFolder(runs);
    staging = mkdtempSync(join(runs, '.import-'));
    const staged = join(staging, header.run);
    const fault = unpack(staged);
    if (fault !== undefined) return { kind: 'refused', reason: fault };
    const { events, newer, damage } = readJournal(staged);
    if (newer !== null) return { kind: 'newer', tollgate: newer.tollgate };
    const facts = collectEarlier(events)?.facts;
    if (facts === undefined) return { kind: 'refused', reason: `nothing of its journal can be used${damage.map(({ problem }) => `: ${problem}`).join('')}` };
    if (facts.runId !== header.run || facts.workflow !== header.workflow) return { kind: 'refused', reason: `its journal is of run ${facts.runId} of ${facts.workflow}` };
    if (replaceOlder === true && existsSync(target)) {
      if (readJournal(target).events.length >= events.length || isAtWork(stateFolder, header.run)) return { kind: 'there', run: header.run };
      removeQuietly(target);
    }
    const known = new Set(listOutcomes(events).map(({ step, key }) => `${step} ${key ?? ''}`));
    const results = takeInResults({ files: header.files, folder: staged, storeFolder: locateStore(stateFolder).folder, domainOf: ({ step, key }) => (known.has(`${step ?? ''} ${key}`) ? importedDomain : undefined) }).length;
    for (const name of ['results', 'blobs']) removeQuietly(join(staged, name));
    for (const name of ['logs', 'steps']) makeFolder(join(staged, name));
    for (const name of readdirSync(join(staged, 'journal'))) nodeJournalFiles.sync(join(staged, 'journal', name));
    renameSync(staged, target);
    nodeJournalFiles.sync(runs);
    return { kind: 'imported', run: header.run, workflow: header.workflow, results, damage: damage.map((each) => ({ ...each, file: each.file.replace(staged, target) })) };
  } catch (error) {
    return { kind: 'refused', reason: describeFileProblem(error) };
  } finally {
    if (staging !== undefined) removeQuietly(staging);
  }
}

function isAtWork(stateFolder: string, run: string): boolean {
  const claim = openRunLease(stateFolder, run).claim('run', { note: `run ${run}`, takeOver: false });
  if (claim.kind === 'held') claim.lease.release();
  return claim.kind === 'busy';
}
