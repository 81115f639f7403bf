import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GithubApi } from '../rest/github-api.js';
import type { RemoteArtifacts, RemoteCache } from '../transfer/transfers.js';
import { fetchArtifact, type SegmentSources } from './find-segments.js';

/** What `plan` has found of a run, for whoever gives the verdict. */
export interface PlanEntryName {
  readonly run: string;
  readonly group: string;
  readonly attempt: number;
}

export interface FoundPlan {
  readonly name: string;
  readonly group: string;
  readonly attempt: number;
  /** Its text, or why it cannot be had. */
  readonly text: string | { readonly reason: string };
}

/** On the cache, else among the artifacts; answers why it is on neither. */
export async function keepPlanEntry({ cache, artifacts, folder }: { readonly cache: RemoteCache; readonly artifacts: RemoteArtifacts; readonly folder: string }, { run, group, attempt }: PlanEntryName, text: string): Promise<string | undefined> {
  const name = `${prefixOf(run)}${group}-${attempt}-${randomBytes(3).toString('hex')}`;
  mkdirSync(folder, { recursive: true });
  const place = mkdtempSync(join(folder, 'plan-'));
  try {
    const file = join(place, 'plan');
    writeFileSync(file, text);
    const saved = await cache.save(name, file);
    if (saved.kind === 'saved') return undefined;
    const uploaded = await artifacts.upload({ name, folder: place, retentionDays: 7 });
    return uploaded.kind === 'uploaded' ? undefined : uploaded.kind === 'exists' ? 'an artifact of this name is there' : uploaded.reason;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

export async function findPlanEntries(sources: SegmentSources, run: string): Promise<readonly FoundPlan[]> {
  const { api, cache } = sources;
  const [caches, artifacts] = await Promise.all([api.listCaches({ keyPrefix: prefixOf(run) }), listArtifacts(api, run)]);
  const found: FoundPlan[] = [];
  for (const name of caches.kind === 'done' ? caches.value.map(({ key }) => key) : []) {
    const brought = await cache.find({ key: name });
    found.push({ ...readName(name), text: brought.kind === 'found' ? read(brought) : { reason: brought.kind === 'absent' ? 'it is not there any more' : brought.reason } });
  }
  for (const artifact of artifacts) {
    const brought = await fetchArtifact(sources, artifact, 'plan');
    found.push({ ...readName(artifact.name), text: 'reason' in brought ? brought : read(brought) });
  }
  return found;
}

async function listArtifacts(api: GithubApi, run: string) {
  const answer = await api.listRunArtifacts(Number(run));
  return answer.kind === 'done' ? answer.value.filter(({ name, expired }) => !expired && name.startsWith(prefixOf(run))) : [];
}

function read({ file, release }: { readonly file: string; readonly release: () => void }): string {
  try {
    return readFileSync(file, 'utf8');
  } finally {
    release();
  }
}

function readName(name: string): Omit<FoundPlan, 'text'> {
  const [, group = '', attempt = '1'] = /^tollgate-plan-1-\d+-(\w+)-(\d+)-/u.exec(name) ?? [];
  return { name, group, attempt: Number(attempt) };
}

function prefixOf(run: string): string {
  return `tollgate-plan-1-${run}-`;
}
