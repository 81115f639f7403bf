export interface TransferLimits {
  /** Transfer processes at once. */
  readonly processes: number;
  /** Milliseconds a call may take that moves nothing. */
  readonly answerMs: number;
  /** What is moved has to come or go as fast as this, in bytes of a second. */
  readonly slowest: number;
  /** Milliseconds a call may take whatever it moves. */
  readonly longestMs: number;
  /** Milliseconds that calls which fail may hold up a run, all together. */
  readonly patienceMs: number;
  /** Failures in a row after which a service is left alone. */
  readonly failures: number;
  /** Milliseconds until it is tried again. */
  readonly restMs: number;
  /** Milliseconds without calls after «too many requests» that does not say how long. */
  readonly rateRestMs: number;
  /** New cache entries of this job in any minute; GitHub takes 200 of all jobs of a repository. */
  readonly savesPerMinute: number;
}

export const defaultLimits: TransferLimits = {
  processes: 3, answerMs: 10_000, slowest: 1024 ** 2, longestMs: 60_000, patienceMs: 45_000, failures: 3, restMs: 20_000, rateRestMs: 60_000, savesPerMinute: 150,
};
