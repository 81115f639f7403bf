import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { GithubApi } from '../rest/github-api.js';
import type { RunArtifact } from '../rest/run-artifacts.js';
import type { RemoteArtifacts, RemoteCache } from '../transfer/transfers.js';
import type { RunPart, SegmentName } from './segment-names.js';
import { chooseNewest, prefixOfPart, prefixOfRun, readSegmentName } from './segment-names.js';

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

/** What the last process of this very part has left; one request where there is none. */
export async function findOwnSegment({ cache, artifacts }: Pick<SegmentSources, 'cache' | 'artifacts'>, part: RunPart): Promise<FoundSegment | undefined> {
  const prefix = prefixOfPart(part);
  const found = await cache.find({ key: `${prefix}none`, prefixes: [prefix] });
  const segment = found.kind === 'found' ? readSegmentName(found.key) : undefined;
  if (found.kind === 'found' && segment !== undefined) return { name: found.key, segment, file: found.file, release: found.release };
  if (found.kind === 'found') found.release();
  // Where the cache could not be written, the state lies among the artifacts.
  const listed = await artifacts.list();
  if (listed.kind !== 'listed') return undefined;
  const [newest] = chooseNewest(listed.artifacts.map(({ name }) => name).filter((name) => name.startsWith(prefix)));
  const artifact = listed.artifacts.find(({ name }) => name === newest?.name);
  if (newest === undefined || artifact === undefined) return undefined;
  const brought = await artifacts.download(artifact.id);
  return brought.kind === 'downloaded' ? { ...newest, file: join(brought.folder, 'state'), release: brought.release } : undefined;
}

/** The newest state of every part of a run. `isWanted`: not all of them are fetched. */
export async function findSegments(sources: SegmentSources, { run, isWanted = () => true }: { readonly run: string; readonly isWanted?: (part: SegmentName) => boolean }): Promise<FoundSegments> {
  const { cache, api } = sources;
  const caches = await api.listCaches({ keyPrefix: prefixOfRun(run) });
  const kept = await api.listRunArtifacts(Number(run));
  const artifacts = kept.kind === 'done' ? kept.value.filter(({ expired }) => !expired) : [];
  const names = [...(caches.kind === 'done' ? caches.value.map(({ key }) => key) : []), ...artifacts.map(({ name }) => name)];
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
