import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { GithubApi } from '../rest/github-api.js';
import type { RunArtifact } from '../rest/run-artifacts.js';
import type { RemoteArtifacts, RemoteCache, RemoteListed } from '../transfer/transfers.js';
import type { NamedSegment, RunPart, SegmentName } from './segment-names.js';
import { chooseNewest, isNewest, prefixOfPart, prefixOfRun, readSegmentName } from './segment-names.js';

/** The state of a part, in a file that `release` removes. */
export interface FoundSegment {
  readonly name: string;
  readonly segment: SegmentName;
  readonly file: string;
  readonly release: () => void;
}

export interface FoundSegments {
  readonly found: readonly FoundSegment[];
  /** Those that are known to be there and could not be had, and why. */
  readonly missing: readonly { readonly name: string; readonly segment: SegmentName; readonly reason: string }[];
  /** Why it is not known what there is. */
  readonly problem?: string;
}

export interface SegmentSources {
  readonly cache: RemoteCache;
  readonly artifacts: RemoteArtifacts;
  readonly api: GithubApi;
  readonly folder: string;
}

export interface OwnPart extends RunPart {
  /** The attempt that asks. */
  readonly attempt: number;
  /** Names of those that were no use. */
  readonly except?: ReadonlySet<string>;
  /** Something newer than what is answered may be there, and why it could not be had. */
  readonly onUnknown?: (reason: string) => void;
}

/** So many prefixes, and the key before them, are what the service takes at once. */
const mostPrefixes = 9;

/**
 * What the last process of this very part has left. It lies among the artifacts, too, where the cache could not be written, be it only in the
 * end: an older state may know nothing of what was done since. A process of an earlier attempt that came late has nothing newer to say.
 */
export async function findOwnSegment({ cache, artifacts }: Pick<SegmentSources, 'cache' | 'artifacts'>, own: OwnPart): Promise<FoundSegment | undefined> {
  const prefix = prefixOfPart(own);
  const attempts = Array.from({ length: Math.min(own.attempt, mostPrefixes - 1) }, (_, before) => own.attempt - before);
  const isWanted = (name: string): boolean => name.startsWith(prefix) && own.except?.has(name) !== true;
  const [found, listed] = await Promise.all([cache.find({ key: `${prefix}none`, prefixes: [...attempts.map((attempt) => `${prefix}${attempt}-`), prefix] }), artifacts.list()]);
  const names = listed.kind === 'listed' ? listed.artifacts.map(({ name }) => name).filter(isWanted) : [];
  const [newest] = chooseNewest(names);
  const kept = found.kind === 'found' && isWanted(found.key) ? readSegmentName(found.key) : undefined;
  // What the last attempt has left may lie where nobody answers.
  if (Math.max(newest?.segment.attempt ?? 0, kept?.attempt ?? 0) < own.attempt - 1 || (newest === undefined && kept === undefined)) {
    for (const answer of [found, listed]) if (answer.kind === 'unavailable') own.onUnknown?.(answer.reason);
  }
  if (found.kind === 'found' && kept !== undefined) {
    const segment = { name: found.key, segment: kept };
    if (newest === undefined || isNewest(segment, names)) return { ...segment, file: found.file, release: found.release };
    const brought = await download(artifacts, { listed, newest, own });
    if (brought === undefined) return { ...segment, file: found.file, release: found.release };
    found.release();
    return brought;
  }
  if (found.kind === 'found') found.release();
  return newest === undefined ? undefined : await download(artifacts, { listed, newest, own });
}

async function download(artifacts: RemoteArtifacts, { listed, newest, own }: { readonly listed: RemoteListed; readonly newest: NamedSegment; readonly own: OwnPart }): Promise<FoundSegment | undefined> {
  const artifact = listed.kind === 'listed' ? listed.artifacts.find(({ name }) => name === newest.name) : undefined;
  if (artifact === undefined) return undefined;
  const brought = await artifacts.download(artifact.id);
  if (brought.kind === 'downloaded') return { ...newest, file: join(brought.folder, 'state'), release: brought.release };
  own.onUnknown?.(brought.kind === 'unavailable' ? brought.reason : `the artifact ${newest.name} was there, and is gone`);
  return undefined;
}

/** The newest state of every part of a run. `isWanted`: not all of them are fetched. */
export async function findSegments(sources: SegmentSources, { run, isWanted = () => true }: { readonly run: string; readonly isWanted?: (part: SegmentName) => boolean }): Promise<FoundSegments> {
  const { cache, api } = sources;
  const caches = await api.listCaches({ keyPrefix: prefixOfRun(run) });
  const kept = await api.listRunArtifacts(Number(run));
  const artifacts = kept.kind === 'done' ? kept.value.filter(({ expired }) => !expired) : [];
  // Of two that are equally new the artifact, which every branch may read.
  const names = [...artifacts.map(({ name }) => name), ...(caches.kind === 'done' ? caches.value.map(({ key }) => key) : [])];
  const found: FoundSegment[] = [];
  const missing: { name: string; segment: SegmentName; reason: string }[] = [];
  for (const { name, segment } of chooseNewest(names.filter((each) => each.startsWith(prefixOfRun(run))))) {
    if (!isWanted(segment)) continue;
    const artifact = artifacts.find((each) => each.name === name);
    const fetched = artifact === undefined ? await fromCache(cache, name) : await fetchArtifact(sources, artifact, 'state');
    if ('reason' in fetched) missing.push({ name, segment, reason: fetched.reason });
    else found.push({ name, segment, ...fetched });
  }
  const [refused] = [caches, kept].filter((answer) => answer.kind === 'forbidden' || answer.kind === 'unavailable');
  return { found, missing, ...(refused === undefined ? {} : { problem: 'permission' in refused ? `the token may not see what other jobs have left (${refused.reason}); give the job the permission ${refused.permission}` : `what other jobs have left cannot be seen: ${refused.reason}` }) };
}

export type Fetched = { readonly file: string; readonly release: () => void } | { readonly reason: string };

async function fromCache(cache: RemoteCache, name: string): Promise<Fetched> {
  const found = await cache.find({ key: name });
  if (found.kind === 'found') return { file: found.file, release: found.release };
  return { reason: found.kind === 'absent' ? 'it lies in the cache of another branch, or is not there any more' : found.reason };
}

/** More than a state with all its results has. */
const mostBytes = 512 * 1024 * 1024;

/** One file of an artifact of any run. */
export async function fetchArtifact({ api, folder }: Pick<SegmentSources, 'api' | 'folder'>, { id, sha256 }: RunArtifact, name: string): Promise<Fetched> {
  mkdirSync(folder, { recursive: true });
  const place = mkdtempSync(join(folder, 'state-'));
  const release = (): void => rmSync(place, { recursive: true, force: true });
  const refuse = (reason: string): Fetched => {
    release();
    return { reason };
  };
  const archive = join(place, 'archive.zip');
  const brought = await api.downloadArtifact({ id, sha256, file: archive, mostBytes });
  if (brought.kind !== 'done') return refuse(brought.kind === 'absent' ? 'it is not there any more' : brought.reason);
  try {
    const { unzipFiles } = await import('../transfer/unzip-files.js');
    await unzipFiles(archive, join(place, 'files'));
  } catch (error) {
    return refuse(`the artifact is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
  const file = join(place, 'files', name);
  return existsSync(file) ? { file, release } : refuse(`the artifact holds no ${name}`);
}
