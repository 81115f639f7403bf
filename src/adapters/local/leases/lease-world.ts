import type { ProcessView } from './judge-life.js';
import type { ProcessIdentity } from './process-identity.js';
import { identifySelf } from './process-identity.js';
import { readErrorCode } from '../processes/error-code.js';
import { readStartTime, startTimePrecision } from './read-start-time.js';

/** What leases need to know of the machine, besides their files. */
export interface LeaseWorld extends ProcessView {
  readonly identifySelf: () => ProcessIdentity;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls again and again, as long as there is something else to live for; what it answers ends that. */
  readonly every: (milliseconds: number, call: () => void) => () => void;
}

export const thisWorld: LeaseWorld = {
  identifySelf,
  now: Date.now,
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds).unref();
    return () => clearInterval(timer);
  },
  ask: (pid) => {
    try {
      process.kill(pid, 0);
      return 'there';
    } catch (error) {
      return readErrorCode(error) === 'ESRCH' ? 'gone' : 'hidden';
    }
  },
  startTimeOf: readStartTime,
  startTimePrecision,
};
