import type { BadReason, Origin } from './judgement.js';

/** What one part says of one step, or of the gate of a phase. */
export type Claim = {
  readonly origin: Origin;
  /** A later attempt counts for more. */
  readonly attempt: number;
  readonly because: string;
} & ({ readonly holds: true; readonly how: GoodReason } | { readonly holds: false; readonly how: BadReason });

/** `hit`: its result is there. `when`: left out by its own condition, or tolerated. */
export type GoodReason = 'ran' | 'hit' | 'when' | 'ended-early';

/** Claims by the step that they are about, and by `gate <phase>`: no id of a step holds a space. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;

export function gateKey(phase: string): string {
  return `gate ${phase}`;
}

export interface CountedClaim {
  readonly counts: Claim;
  /** All that say the same. */
  readonly origins: readonly Origin[];
}

/** Of several the ones of the latest attempt count, and of these what speaks against; nobody's place in the list matters. */
export function chooseClaim(claims: readonly Claim[]): CountedClaim | undefined {
  const attempt = claims.reduce((latest, claim) => Math.max(latest, claim.attempt), 0);
  const latest = claims.filter((claim) => claim.attempt === attempt);
  const bad = latest.filter(({ holds }) => !holds);
  const counting = [...(bad.length > 0 ? bad : latest)].sort(compareClaims);
  const [counts] = counting;
  return counts === undefined ? undefined : { counts, origins: counting.map(({ origin }) => origin) };
}

function compareClaims(a: Claim, b: Claim): number {
  return compareTexts(describeOrder(a), describeOrder(b));
}

function describeOrder({ origin, how, because }: Claim): string {
  return `${nameOrigin(origin)} ${how} ${because}`;
}

/** One text for each origin, to order and to tell apart by. */
export function nameOrigin({ job, cell, attempt, url }: Origin): string {
  return JSON.stringify([job, cell, attempt, url]);
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
