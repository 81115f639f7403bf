import type { Lease, LeaseOwner } from '../../../ports/lease.js';
import type { LeaseFolder } from './lease-folder.js';
import type { LeaseWorld } from './lease-world.js';

/** Who cannot see whether we live goes by this. */
const heartbeatMs = 5_000;

export interface Holding {
  readonly world: LeaseWorld;
  readonly describeSuccessor: (epoch: number) => LeaseOwner | null;
}

/** The lease of an epoch that was placed. Once lost it is lost for good. */
export function holdLease(folder: LeaseFolder, epoch: number, { world, describeSuccessor }: Holding): Lease {
  const own = folder.pin(epoch);
  let state: 'held' | 'lost' | 'released' = 'held';
  const isHeld = (): boolean => {
    // In this order: a successor is taken away only after those before it.
    if (state === 'held' && (folder.isThere(epoch + 1) || !own.isThere())) lose('lost');
    return state === 'held';
  };
  const endHeartbeat = world.every(heartbeatMs, () => {
    try {
      if (isHeld()) folder.touch(epoch, world.now());
    } catch {
      // It is gone, which the next look finds, or the disk does not answer, which is no reason to stop.
    }
  });
  const lose = (how: 'lost' | 'released'): void => {
    state = how;
    endHeartbeat();
    own.letGo();
  };
  return {
    epoch,
    isHeld,
    successor: () => {
      try {
        const last = folder.epochs().at(-1) ?? 0;
        return last > epoch ? describeSuccessor(last) : null;
      } catch {
        // Somebody has removed all of it.
        return null;
      }
    },
    release: () => {
      if (!isHeld()) return;
      lose('released');
      try {
        folder.release(epoch);
      } catch {
        // It ends with this process.
      }
    },
  };
}
