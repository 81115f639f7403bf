import { judgeLife } from './judge-life.js';
import { openLeaseFolder } from './lease-folder.js';
import type { LeaseWorld } from './lease-world.js';
import { thisWorld } from './lease-world.js';
import { placeOfLease } from './place-of-lease.js';

/** Who had a lease last, for people who only want to know. */
export interface SeenOwner {
  readonly pid: number;
  readonly host: string;
  readonly note: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly lastSeen: number;
  readonly life: 'alive' | 'unknown' | 'dead';
}

/** `released`: it was given back. Nothing where nobody ever had it. */
export function lookAtLease(folder: string, name: string, world: LeaseWorld = thisWorld): SeenOwner | 'released' | undefined {
  try {
    const place = openLeaseFolder(placeOfLease(folder, name));
    const last = place.epochs().at(-1);
    if (last === undefined) return undefined;
    if (place.isReleased(last)) return 'released';
    const found = place.read(last);
    if (found === undefined) return 'released';
    const { record, lastSeen } = found;
    if (record === undefined) return { pid: 0, host: 'unknown', note: '', since: lastSeen, lastSeen, life: 'unknown' };
    const { pid, host, note, since } = record;
    return { pid, host, note, since, lastSeen, life: judgeLife(record, world.identifySelf(), world) };
  } catch {
    // Where nobody can look nobody can say.
    return undefined;
  }
}
