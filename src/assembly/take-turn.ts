import type { Clock } from '../ports/clock.js';
import type { Claim, Lease, LeaseOwner, Leases, LeaseWish } from '../ports/lease.js';

export interface TurnWish extends LeaseWish {
  readonly name: string;
  readonly onConflict: 'wait' | 'fail';
  readonly clock: Clock;
  /** Called when it has to be waited for somebody, once for each owner. */
  readonly onWait: (owner: LeaseOwner) => void;
  /** Settles when nobody wants to wait any longer. */
  readonly givenUp: Promise<unknown>;
}

export type Turn = { readonly kind: 'taken'; readonly lease: Lease } | { readonly kind: 'busy'; readonly owner: LeaseOwner } | { readonly kind: 'given-up' } | { readonly kind: 'failed'; readonly reason: string };

const pollMs = 250;

/** Waits until nobody else is at it, or says who is. */
export async function takeTurn(leases: Leases, wish: TurnWish): Promise<Turn> {
  let told: string | undefined;
  const patience = { isGivenUp: false };
  let wake: () => void = () => undefined;
  void wish.givenUp.then(() => {
    patience.isGivenUp = true;
    wake();
  });
  for (;;) {
    const claim: Claim = leases.claim(wish.name, wish);
    if (claim.kind === 'held') return { kind: 'taken', lease: claim.lease };
    if (claim.kind === 'failed') return { kind: 'failed', reason: `whose turn it is cannot be written down: ${claim.reason}` };
    if (wish.onConflict === 'fail') return { kind: 'busy', owner: claim.owner };
    if (patience.isGivenUp) return { kind: 'given-up' };
    const name = `${claim.owner.host} ${claim.owner.pid}`;
    if (told !== name) wish.onWait(claim.owner);
    told = name;
    await new Promise<void>((resolve) => {
      wake = resolve;
      wish.clock.after(pollMs, resolve);
    });
  }
}
