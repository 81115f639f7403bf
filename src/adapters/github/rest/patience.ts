/** How much of the job's time GitHub's faults may still cost. */
export interface Patience {
  readonly left: () => number;
  readonly spend: (ms: number) => void;
}

/** Of the time that goes by, this part comes back. */
const share = 1 / 30;

/** Time for failed tries and for waiting, for all calls of a job together: it is soon used up, and comes back slowly. */
export function createPatience(now: () => number, mostMs: number): Patience {
  let left = mostMs;
  let seen = now();
  const refill = (): number => {
    const at = now();
    left = Math.min(mostMs, left + Math.max(0, at - seen) * share);
    seen = at;
    return left;
  };
  return {
    left: refill,
    spend: (ms) => {
      refill();
      left -= ms;
    },
  };
}
