import type { Clock } from '../../src/ports/clock.js';

/** A clock that stands until a test moves it on; calls come in the order in which they are due. */
export interface ManualClock extends Clock {
  readonly advance: (milliseconds: number) => void;
  /** How many waits are still to come. */
  readonly waiting: () => number;
}

interface Wait {
  readonly due: number;
  readonly call: () => void;
}

export function createManualClock(startsAt = Date.UTC(2026, 0, 1)): ManualClock {
  const waits = new Set<Wait>();
  let passed = 0;
  const nextUntil = (end: number): Wait | undefined => {
    let next: Wait | undefined;
    for (const wait of waits) if (wait.due <= end && (next === undefined || wait.due < next.due)) next = wait;
    return next;
  };
  return {
    now: () => startsAt + passed,
    steady: () => passed,
    after: (milliseconds, call) => {
      const wait = { due: passed + Math.max(0, milliseconds), call };
      waits.add(wait);
      return () => {
        waits.delete(wait);
      };
    },
    advance: (milliseconds) => {
      const end = passed + milliseconds;
      for (let wait = nextUntil(end); wait !== undefined; wait = nextUntil(end)) {
        waits.delete(wait);
        passed = Math.max(passed, wait.due);
        wait.call();
      }
      passed = end;
    },
    waiting: () => waits.size,
  };
}
