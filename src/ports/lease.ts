/** The right to go on with something that only one process may do at a time. */
export interface Leases {
  /** Never taken from a living owner, a stopped one included; a dead one is succeeded at once. */
  readonly claim: (name: string, wish: LeaseWish) => Claim;
}

export interface LeaseWish {
  /** What the owner does, for whoever waits: the run and its workflow. */
  readonly note: string;
  /** A person says that the owner is gone: one whose life cannot be seen from here is succeeded too. */
  readonly takeOver: boolean;
}

export type Claim =
  | { readonly kind: 'held'; readonly lease: Lease }
  | { readonly kind: 'busy'; readonly owner: LeaseOwner }
  /** Leases cannot be written where they lie. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface Lease {
  /** Grows with every owner: the later one's word counts. */
  readonly epoch: number;
  /** False once somebody else has succeeded. */
  readonly isHeld: () => boolean;
  /** Who has succeeded, where that can be told. */
  readonly successor: () => LeaseOwner | null;
  readonly release: () => void;
}

export interface LeaseOwner {
  readonly pid: number;
  readonly host: string;
  readonly note: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** `unknown`: on another machine or in another pid namespace; it is succeeded when its heartbeat has failed for 60 s. */
  readonly life: 'alive' | 'unknown';
  readonly lastSeen: number;
}
