import type { RunJson } from './run-json.js';

/** What `status --json` prints: the run, and who has the right to go on with it. */
export interface StatusJson extends RunJson {
  /** Null where nobody has it. */
  readonly owner: OwnerJson | null;
}

export interface OwnerJson {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  readonly last_seen: string;
  /** `unknown`: on another machine or in another container, where it cannot be seen from here. */
  readonly life: 'alive' | 'unknown' | 'dead';
}

export interface SeenOwner {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly lastSeen: number;
  readonly life: OwnerJson['life'];
}

export function toStatusJson(run: RunJson, owner: SeenOwner | undefined): StatusJson {
  if (owner === undefined) return { ...run, owner: null };
  const { pid, host, since, lastSeen, life } = owner;
  return { ...run, owner: { pid, host, since: new Date(since).toISOString(), last_seen: new Date(lastSeen).toISOString(), life } };
}
