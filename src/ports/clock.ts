/** Time: the wall's for people, a steady one for lengths. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly steady: () => number;
  /** Calls back once after a while; what it answers takes that back. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}
