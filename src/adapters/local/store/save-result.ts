import type { StoredFile, StoredResult } from '../../../core/cache/stored-result.js';
import type { SavedFrom, SavedResult } from '../../../ports/result-store.js';
import { describeFileProblem, findRefusedPath } from '../describe-file-problem.js';
import { readErrorCode } from '../processes/error-code.js';
import { digestOf } from './digest.js';
import { isSameStamp } from './file-stamp.js';
import { findCaptured, type FoundPath } from './find-captured.js';
import { writeManifest } from './manifest.js';
import { findResultFault } from './path-faults.js';
import { ownerOf } from './placed-entry.js';
import { readLogEnd } from './read-log-end.js';
import { eachOf } from './side-by-side.js';
import { lookAt, type Site } from './site.js';
import type { StoreLayout } from './store-layout.js';
import type { StoreWriter } from './store-writer.js';
import { once, takeIn, type TakingIn } from './take-in.js';

export interface Saving {
  readonly site: Site;
  readonly layout: StoreLayout;
  readonly writer: StoreWriter;
  readonly domain: string;
  /** A path of the store, as people know it. */
  readonly show: (path: string) => string;
}

/** Blobs first, the manifest last: nobody sees a result that is not whole. Contents are told even where nothing can be kept. */
export async function saveResult(saving: Saving, given: Omit<StoredResult, 'domain' | 'files'>, from: SavedFrom): Promise<SavedResult> {
  const { site, layout, writer, domain } = saving;
  const found = findCaptured(site, from.paths);
  let refusal = found.refusal;
  let problem: string | undefined;
  const giveUp = (error: unknown): void => void (problem ??= describeProblem(saving, error));
  const taking: TakingIn = {
    site, layout, writer, owner: ownerOf(given), holdsSecret: from.holdsSecret, giveUp,
    refuse: (reason) => void (refusal ??= reason),
    isLost: () => refusal !== undefined || problem !== undefined,
  };
  const taken = new Map<string, StoredFile>();
  await eachOf(found.paths, async (path) => {
    const file = await takeIn(taking, path);
    if (file !== undefined) taken.set(path.path, file);
  });
  const files = found.paths.flatMap(({ path }) => taken.get(path) ?? []);
  refusal ??= findChange(site, found.paths) ?? (await findFault(saving, { files, folders: given.folders }, from));
  if (refusal !== undefined) return { kind: 'refused', reason: refusal, files };
  if (problem === undefined) {
    try {
      const result: StoredResult = { ...given, domain, files, log: keepLog(saving, from.log) };
      writer.put(layout.resultOf(result), writeManifest(result));
      return { kind: 'saved', files };
    } catch (error) {
      giveUp(error);
    }
  }
  return { kind: 'unavailable', reason: problem ?? '', files };
}

/** Files that came or went while the rest was read. */
function findChange(site: Site, paths: readonly FoundPath[]): string | undefined {
  const changed = paths.find(({ path, kind, stats }) => {
    const now = kind === 'folder' ? lookAt(site, path) : stats;
    return now === undefined || !isSameStamp(now, stats);
  });
  return changed === undefined ? undefined : `${changed.path} changed while it was read: what is still writing to it?`;
}

/** What could not be brought back, and names that say what they should not. */
async function findFault({ site }: Saving, result: Pick<StoredResult, 'files' | 'folders'>, { holdsSecret }: SavedFrom): Promise<string | undefined> {
  const fault = findResultFault(result, site.reserved);
  if (fault !== undefined) return `the outputs cannot be kept: ${fault}`;
  const names = result.files.map((file) => (file.kind === 'link' ? `${file.path}\n${file.target}` : file.path)).join('\n');
  return holdsSecret !== null && (await holdsSecret(once(Buffer.from(names)))) ? 'the name of an output file holds a secret' : undefined;
}

function keepLog({ site, layout, writer }: Saving, log: string | null): StoredResult['log'] {
  const bytes = log === null ? undefined : readLogEnd(site.root, log);
  if (bytes === undefined) return null;
  const content = { digest: digestOf(bytes), size: bytes.length };
  if (!writer.claimBlob(content)) writer.put(layout.blobOf(content.digest), bytes);
  return content;
}

function describeProblem({ layout, show }: Saving, error: unknown): string {
  const path = findRefusedPath(error) ?? layout.folder;
  return `${show(path)} cannot be ${path.startsWith(layout.folder) ? 'written' : 'read'}: ${describeFileProblem(error)} (${readErrorCode(error) ?? 'unknown'})`;
}
