import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RemoteCache } from '../transfer/transfers.js';
import type { RunPart } from './segment-names.js';
import { nameClaim } from './segment-names.js';

export type RunClaim =
  | { readonly kind: 'held' }
  /** `owner`: the address of the run that goes on with it; nothing where it does not say. */
  | { readonly kind: 'busy'; readonly owner: string | undefined }
  /** Nobody can be kept from going on at once. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface ClaimWish extends RunPart {
  /** For the how-manieth time the run is gone on with. */
  readonly turn: number;
  /** The address of the run that wants it. */
  readonly owner: string;
  readonly folder: string;
}

/** Of two that go on with a run at once, one makes the entry. */
export async function claimRun(cache: RemoteCache, { turn, owner, folder, ...part }: ClaimWish): Promise<RunClaim> {
  const name = nameClaim(part, turn);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.pack`);
  try {
    writeFileSync(file, `${owner}\n`);
    const saved = await cache.save(name, file);
    if (saved.kind === 'saved') return { kind: 'held' };
    if (saved.kind === 'exists') return await readOwner(cache, name, owner);
    return { kind: 'unknown', reason: saved.kind === 'denied' ? "the job's token may only read the cache" : saved.reason };
  } finally {
    rmSync(file, { force: true });
  }
}

/** What could not be answered at first may have been done: then it is our own. */
async function readOwner(cache: RemoteCache, name: string, own: string): Promise<RunClaim> {
  const found = await cache.find({ key: name });
  if (found.kind !== 'found') return { kind: 'busy', owner: undefined };
  try {
    const owner = readFileSync(found.file, 'utf8').trim().slice(0, 500);
    return owner === own ? { kind: 'held' } : { kind: 'busy', owner };
  } finally {
    found.release();
  }
}
