/** How long a run is held up by what fails. Calls that wait side by side hold it up once. */
export interface Patience {
  /** Milliseconds held up so far. */
  readonly spent: () => number;
  /** A call that waited from one moment to another has failed. */
  readonly charge: (from: number, to: number) => void;
  /** Until when a call that began then may go on: were it to fail at that moment, all would be spent. */
  readonly lastMomentOf: (from: number) => number;
}

interface Wait {
  readonly from: number;
  readonly to: number;
}

export function createPatience(most: number): Patience {
  /** In order, none touching another. */
  let waits: readonly Wait[] = [];
  const spent = (): number => waits.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    spent,
    charge: (from, to) => {
      if (to <= from) return;
      const apart = waits.filter((wait) => wait.to < from || wait.from > to);
      const joined = waits.filter((wait) => !apart.includes(wait));
      const whole = { from: Math.min(from, ...joined.map((wait) => wait.from)), to: Math.max(to, ...joined.map((wait) => wait.to)) };
      waits = [...apart, whole].sort((a, b) => a.from - b.from);
    },
    lastMomentOf: (from) => {
      let left = Math.max(0, most - spent());
      let moment = from;
      for (const wait of waits) {
        if (wait.to <= moment) continue;
        const gap = Math.max(0, wait.from - moment);
        if (gap > left) break;
        left -= gap;
        moment = wait.to;
      }
      return moment + left;
    },
  };
}
