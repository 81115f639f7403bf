import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RemoteCache } from '../transfer/transfers.js';
import type { RunPart } from './segment-names.js';
import { nameClaim } from './segment-names.js';

export type RunClaim =
  | { readonly kind: 'held' }
  /** `owner`: the address of the run that goes on with it. */
  | { readonly kind: 'busy'; readonly owner: string }
  /** Nobody can be kept from going on at once. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface ClaimWish extends RunPart {
  /** For the how-manieth time the run is gone on with. */
  readonly turn: number;
  /** The address of the run that wants it. */
  readonly owner: string;
  readonly folder: string;
  /** Whether the one at this address has ended and left nothing that could be gone on with: then its turn is passed over. */
  readonly isGone: (owner: string) => Promise<boolean>;
  readonly after: (ms: number, act: () => void) => () => void;
}

/** So many in a row that ended without leaving anything are no accident. */
const mostPassedOver = 20;

/** Of two that go on with a run at once, one makes the entry. */
export async function claimRun(cache: RemoteCache, wish: ClaimWish): Promise<RunClaim> {
  for (let { turn } = wish; ; turn += 1) {
    const claim = await claimTurn(cache, { ...wish, turn });
    if (claim.kind !== 'busy' || turn >= wish.turn + mostPassedOver || !(await wish.isGone(claim.owner))) return claim;
  }
}

async function claimTurn(cache: RemoteCache, wish: ClaimWish): Promise<RunClaim> {
  const { turn, owner, folder } = wish;
  const name = nameClaim(wish, turn);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.pack`);
  try {
    writeFileSync(file, `${owner}\n`);
    const saved = await cache.save(name, file);
    if (saved.kind === 'saved') return { kind: 'held' };
    if (saved.kind === 'exists') return await readOwner(cache, name, wish);
    return { kind: 'unknown', reason: saved.kind === 'denied' ? "the job's token may only read the cache" : saved.reason };
  } finally {
    rmSync(file, { force: true });
  }
}

/** Whoever has just begun the entry needs a moment to finish it. */
const looks = 6;
const betweenLooksMs = 1_000;

/** What could not be answered at first may have been done: then it is our own. */
async function readOwner(cache: RemoteCache, name: string, { owner: own, after }: ClaimWish): Promise<RunClaim> {
  for (let look = 1; ; look += 1) {
    const found = await cache.find({ key: name });
    if (found.kind === 'unavailable') return { kind: 'unknown', reason: found.reason };
    if (found.kind === 'found') {
      try {
        const owner = readFileSync(found.file, 'utf8').trim().slice(0, 500);
        return owner === own ? { kind: 'held' } : { kind: 'busy', owner };
      } finally {
        found.release();
      }
    }
    // Somebody was cut off in the middle of it, or we were not told that it was done.
    if (look === looks) return { kind: 'unknown', reason: `the entry ${name} of the cache was begun and never finished` };
    await new Promise<void>((resolve) => void after(betweenLooksMs, resolve));
  }
}
