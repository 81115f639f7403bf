import type { Claim, LeaseOwner, Leases, LeaseWish } from '../../../ports/lease.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { makeFolder } from '../run-folder/state-folder.js';
import { holdLease } from './hold-lease.js';
import { judgeLife } from './judge-life.js';
import { placeOfLease } from './place-of-lease.js';
import type { FoundLease, LeaseFolder } from './lease-folder.js';
import { openLeaseFolder } from './lease-folder.js';
import type { LeaseWorld } from './lease-world.js';
import { thisWorld } from './lease-world.js';
import type { ProcessIdentity } from './process-identity.js';

/** An owner whose life cannot be seen is given up after so long without a word. */
const silenceMs = 60_000;
/** Making a file takes no time; what is half made for so long was left behind. */
const leftoverMs = 600_000;
/** Each try but the last was lost to somebody who was at it in the same moment. */
const mostTries = 1000;

/** Leases in a folder that all who compete for them can see: `<folder>/<digest of the name>/<epoch>`. */
export function createLeases(folder: string, world: LeaseWorld = thisWorld): Leases {
  return {
    claim: (name, wish) => {
      const place = placeOfLease(folder, name);
      try {
        makeFolder(place);
        return claimIn(openLeaseFolder(place), { name, wish, world });
      } catch (error) {
        return { kind: 'failed', reason: `${place} cannot be used: ${describeFileProblem(error)}` };
      }
    },
  };
}

interface Claiming {
  readonly name: string;
  readonly wish: LeaseWish;
  readonly world: LeaseWorld;
}

function claimIn(folder: LeaseFolder, { name, wish, world }: Claiming): Claim {
  const self = world.identifySelf();
  const record = { ...self, name, note: wish.note, since: world.now() };
  for (let tries = 0; tries < mostTries; tries++) {
    const last = folder.epochs().at(-1) ?? 0;
    const owner = findOwner(folder, last, { self, world });
    if (owner !== undefined && !mayRob(owner, { wish, world })) return { kind: 'busy', owner };
    const epoch = last + 1;
    if (!folder.place(epoch, record)) continue;
    // Who has looked long ago places a number that has been given out, and taken away, since. It stays: who had it before goes by it.
    if (folder.epochs().some((each) => each > epoch)) continue;
    tidy(folder, world.now());
    return { kind: 'held', lease: holdLease(folder, epoch, { world, describeSuccessor: (at) => describeOwner(folder.read(at), { self, world }) ?? null }) };
  }
  return { kind: 'failed', reason: 'others have claimed it again and again' };
}

interface Looking {
  readonly self: ProcessIdentity;
  readonly world: LeaseWorld;
}

/** Who has it now; nobody where it was released, or where its owner is dead. */
function findOwner(folder: LeaseFolder, epoch: number, looking: Looking): LeaseOwner | undefined {
  return epoch === 0 || folder.isReleased(epoch) ? undefined : describeOwner(folder.read(epoch), looking);
}

function describeOwner(found: FoundLease | undefined, { self, world }: Looking): LeaseOwner | undefined {
  if (found === undefined) return undefined;
  const { record, lastSeen } = found;
  if (record === undefined) return { pid: 0, host: 'unknown', note: 'what it says of itself cannot be read', since: lastSeen, life: 'unknown', lastSeen };
  const life = judgeLife(record, self, world);
  const { pid, host, note, since } = record;
  return life === 'dead' ? undefined : { pid, host, note, since, life, lastSeen };
}

/** A clock that was set back makes an owner look as if it were seen in the future: just now, then. */
function mayRob({ life, lastSeen }: LeaseOwner, { wish, world }: Pick<Claiming, 'wish' | 'world'>): boolean {
  return life === 'unknown' && (wish.takeOver || world.now() - lastSeen >= silenceMs);
}

/** The lowest goes first: whoever does not find its successor any more does not find itself. */
function tidy(folder: LeaseFolder, now: number): void {
  try {
    for (const epoch of folder.epochs().slice(0, -2)) folder.remove(epoch);
    folder.sweep(now - leftoverMs);
  } catch {
    // The next one tries again.
  }
}
