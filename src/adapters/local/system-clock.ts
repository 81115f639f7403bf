import type { Clock } from '../../ports/clock.js';

/** Node takes a longer wait for one of a millisecond. */
const longestTimer = 2 ** 31 - 1;

/** The clock of this machine. A wait keeps the process alive until it is over or taken back. */
export function createSystemClock(): Clock {
  const steady = (): number => performance.now();
  return {
    now: () => Date.now(),
    steady,
    after: (milliseconds, call) => {
      const due = steady() + milliseconds;
      let timer: NodeJS.Timeout | undefined;
      const wait = (): void => {
        const left = due - steady();
        // A timer may come a moment early; a wait is never shorter than was asked for.
        if (left > 0) timer = setTimeout(wait, Math.min(longestTimer, Math.ceil(left)));
        else call();
      };
      timer = setTimeout(wait, Math.min(longestTimer, Math.max(0, milliseconds)));
      return () => clearTimeout(timer);
    },
  };
}
