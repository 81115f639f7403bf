import type { ProcessIdentity } from './process-identity.js';

/** What this machine knows of its processes. */
export interface ProcessView {
  /** `hidden`: there is one, and it is somebody else's. */
  readonly ask: (pid: number) => 'there' | 'hidden' | 'gone';
  /** NaN where it cannot be told. */
  readonly startTimeOf: (pid: number) => number | undefined;
  readonly startTimePrecision: number;
}

/** Whether an owner still lives, as far as it can be known from here. A stopped process lives. */
export function judgeLife(owner: ProcessIdentity, here: ProcessIdentity, view: ProcessView): 'alive' | 'dead' | 'unknown' {
  if (owner.pidNamespace !== here.pidNamespace) return 'unknown';
  const isSameHost = owner.host === here.host && owner.machine === here.machine;
  // The boot id is of one start of one machine alone, whatever that is called; without it the name has to do.
  if (owner.bootId !== here.bootId) return isSameHost && owner.bootId !== '' && here.bootId !== '' ? 'dead' : 'unknown';
  if (here.bootId === '' && !isSameHost) return 'unknown';
  const answer = view.ask(owner.pid);
  if (answer === 'gone') return 'dead';
  const startTime = view.startTimeOf(owner.pid);
  if (startTime === undefined) return answer === 'hidden' ? 'unknown' : 'dead';
  if (Number.isNaN(startTime)) return 'unknown';
  return Math.abs(startTime - owner.startTime) <= view.startTimePrecision ? 'alive' : 'dead';
}
