import type { RunEvent } from '../../src/core/run/run-event.js';

/** The journal of one run, which outlives those who write it. */
export interface MemoryRunLog {
  readonly events: RunEvent[];
  /** Whoever has it from now on; before it, nobody may write any more. */
  readonly begin: () => number;
  readonly isHeldBy: (owner: number) => boolean;
  /** The last record is written in part, or is another. */
  readonly damage: (how: 'cut' | 'changed') => void;
  /** A later Tollgate writes it: nothing can be read. */
  readonly succeedByNewer: () => void;
  readonly state: () => 'whole' | 'torn' | 'damaged' | 'newer';
}

export function createMemoryRunLog(): MemoryRunLog {
  const events: RunEvent[] = [];
  let owner = 0;
  let state: ReturnType<MemoryRunLog['state']> = 'whole';
  return {
    events,
    begin: () => {
      state = 'whole';
      return (owner += 1);
    },
    isHeldBy: (asked) => asked === owner,
    damage: (how) => {
      events.pop();
      state = how === 'cut' ? 'torn' : 'damaged';
    },
    succeedByNewer: () => {
      owner += 1;
      events.length = 0;
      state = 'newer';
    },
    state: () => state,
  };
}
