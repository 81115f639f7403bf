/** Whether a service that fails is asked at all. */
export interface Circuit {
  /** Failures in a row. */
  readonly failures: () => number;
  /** `probe` is the one call that finds out whether it is back. */
  readonly ask: (now: number) => 'closed' | 'probe' | 'open';
  readonly succeed: () => void;
  readonly fail: (now: number) => void;
  /** A call that says nothing of the service, such as one that was taken back. */
  readonly letGo: () => void;
}

export function createCircuit(most: number, restMs: number): Circuit {
  let failures = 0;
  let openUntil: number | undefined;
  let isProbing = false;
  return {
    failures: () => failures,
    ask: (now) => {
      if (openUntil === undefined) return 'closed';
      if (isProbing || now < openUntil) return 'open';
      isProbing = true;
      return 'probe';
    },
    succeed: () => {
      failures = 0;
      openUntil = undefined;
      isProbing = false;
    },
    fail: (now) => {
      failures += 1;
      isProbing = false;
      if (failures >= most) openUntil = now + restMs;
    },
    letGo: () => {
      isProbing = false;
    },
  };
}
